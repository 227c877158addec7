"""A revealed round by how its votes came: phones, helpers, paper; and the hands beside them.

The same votes as in the ranking, told apart, so small channels are folded as small groups are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.reads.voting import ResultCard
from workshop.rules.roles import CHANNELS, IMPORTED, VOICES
from workshop.rules.voting import GroupCount
from workshop.rules.voting.shown import Split, shown_splits


@dataclass(frozen=True, slots=True)
class Raised:
    """The hands for one idea: all of them, and by group where a group is large enough.

    `at_least`: they were counted before ideas were merged, so there may have been more.
    """

    idea_id: int
    text: str
    hands: int
    split: Split
    at_least: bool


def came(card: ResultCard) -> tuple[tuple[str, int], ...]:
    """How many ballots came which way, in order; nothing where all of them came by phone."""
    found = tuple(
        (name, card.channels[name]) for name in (*CHANNELS, IMPORTED) if card.channels.get(name)
    )
    return () if [name for name, _ in found] == ["phone"] else found


def support(card: ResultCard) -> Mapping[int, Split]:
    """What each channel said of each idea; nothing where there was only one channel."""
    if not card.support:
        return {}
    ideas = [row.idea_id for row in card.rows]
    splits = shown_splits([card.support.get(str(idea), {}) for idea in ideas], tuple(CHANNELS))
    return dict(zip(ideas, splits, strict=True))


def raised(card: ResultCard, words: Mapping[int, str]) -> tuple[Raised, ...]:
    """The ideas that got hands, most first; `words` are those that may still be shown."""
    if not card.hands:
        return ()
    told = {int(idea): _counts(card.hands[idea]) for idea in card.hands if int(idea) in words}
    splits = shown_splits(list(told.values()))
    found = [
        Raised(
            idea,
            words.get(idea, ""),
            sum(one.people for one in count.values()),
            split,
            at_least=idea in card.hands_at_least,
        )
        for (idea, count), split in zip(told.items(), splits, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.hands, one.idea_id)))


def _counts(groups: Mapping[str, int]) -> dict[str, GroupCount]:
    return {
        group: GroupCount(people=groups[group], marks=groups[group], seen=groups[group])
        for group in VOICES
        if group in groups
    }
