"""Whose voice the room has heard: posts and speaking time by group, never by person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workshop.rules.fairness.folding import OTHERS, SMALLEST_GROUP, folding

ENOUGH_POSTS: Final = 8
ENOUGH_MS: Final = 120_000
"""Below that many posts, or that much speaking, a share says nothing yet."""

QUIET: Final = 0.5
"""A group is quiet where its share of what was said is under this part of its share of people."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One shown group: its people, its posts, and how long it spoke in milliseconds."""

    group: str
    people: int
    posts: int
    spoken: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Every shown group, in the order given; `quiet` are those that were hardly heard yet."""

    voices: tuple[Voice, ...]
    quiet: tuple[str, ...]

    @property
    def posts(self) -> int:
        """All posts."""
        return sum(voice.posts for voice in self.voices)

    @property
    def spoken(self) -> int:
        """All speaking time, in milliseconds."""
        return sum(voice.spoken for voice in self.voices)


def balance(
    people: Mapping[str, int], posts: Mapping[str, int], spoken: Mapping[str, int]
) -> Balance | None:
    """The balance of voices, or None where no two groups can be shown.

    Groups of fewer than five people fold into others, so nobody can be told from a number. With
    one shown group there is nothing to compare.
    """
    here = {group: size for group, size in people.items() if size}
    names = folding(here)
    shown = list(dict.fromkeys(names.values()))
    folded = [
        Voice(
            name,
            sum(here[group] for group in here if names[group] == name),
            sum(posts.get(group, 0) for group in here if names[group] == name),
            sum(spoken.get(group, 0) for group in here if names[group] == name),
        )
        for name in sorted(shown, key=lambda name: name == OTHERS)
    ]
    if len(folded) < 2 or min(voice.people for voice in folded) < SMALLEST_GROUP:
        return None
    return Balance(tuple(folded), _quiet(folded))


def _quiet(voices: list[Voice]) -> tuple[str, ...]:
    """The groups that have less than half the share that their number would give them."""
    people = sum(voice.people for voice in voices)
    written, spoken = sum(v.posts for v in voices), sum(v.spoken for v in voices)
    heard = [(voice.posts, written) for voice in voices if written >= ENOUGH_POSTS]
    spoke = [(voice.spoken, spoken) for voice in voices if spoken >= ENOUGH_MS]
    return tuple(
        voice.group
        for number, voice in enumerate(voices)
        if any(
            found[number][0] * people < QUIET * voice.people * found[number][1]
            for found in (heard, spoke)
            if found
        )
    )
