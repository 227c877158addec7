"""Promises that people took home, and the question back: did it happen?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from workshop.rules.fairness.folding import OTHERS, SMALLEST_GROUP, folding
from workshop.rules.refusals import N_, Refused
from workshop.rules.roles import VOICES

OUTCOMES: Final[Mapping[str, str]] = {
    "yes": N_("Yes"),
    "partly": N_("Partly"),
    "not_yet": N_("Not yet"),
}
"""What may have become of a promise."""

Tally = Mapping[tuple[str, str], int]
"""(group, outcome) -> how many answers."""


def asks(ask_on: str | None, day: date) -> bool:
    """Whether people are asked on `day`: from the day that the facilitator set."""
    return ask_on is not None and date.fromisoformat(ask_on) <= day


def outcome_of(key: str) -> str:
    """Return `key` where it is an outcome.

    Raises:
        Refused: `unknown_choice`.
    """
    if key not in OUTCOMES:
        raise Refused("unknown_choice")
    return key


@dataclass(frozen=True, slots=True)
class Kept:
    """What one group (or others) answered, by outcome."""

    group: str
    outcomes: Mapping[str, int]

    @property
    def answers(self) -> int:
        """How many answers there are."""
        return sum(self.outcomes.values())


def by_group(tally: Tally, people: Mapping[str, int]) -> tuple[Kept, ...]:
    """The answers by group, with small groups folded; nothing while the whole room is too small.

    `people` counts who made a promise. A group's size is no more than that and no more than its
    answers: whose answer is whose is not known, so it folds rather too early than too late. An
    answer is somebody's even where their promise is gone.
    """
    answers = {group: sum(_of(tally, {group}).values()) for group in VOICES}
    sizes = {
        group: max(1, min(people.get(group, 0), answers[group]))
        for group in VOICES
        if answers[group]
    }
    if sum(sizes.values()) < SMALLEST_GROUP:
        return ()
    names = folding(sizes)
    return tuple(
        Kept(name, _of(tally, {group for group, shown in names.items() if shown == name}))
        for name in (*VOICES, OTHERS)
        if name in names.values()
    )


def _of(tally: Tally, groups: set[str]) -> dict[str, int]:
    return {
        outcome: sum(n for (group, said), n in tally.items() if group in groups and said == outcome)
        for outcome in OUTCOMES
    }
