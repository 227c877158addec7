"""What goes with a ballot: that one is done, and the whole of it, as a secret vote takes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CastBallot:
    """The ideas on it, and in the same order the mark on each, or nothing."""

    idea_ids: list[int]
    values: list[int]


@dataclass(frozen=True, slots=True)
class Done:
    """Whether one is done voting."""

    done: bool
