"""Whether the room kept exactly what it had acknowledged: nothing lost, nothing counted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

Marks = Mapping[int, int]
"""Idea -> mark, of one person."""


class Wrong(NamedTuple):
    """Marks that were acknowledged and are not there, and marks beyond what was acknowledged."""

    lost: int = 0
    doubled: int = 0


NOTHING: Final = Wrong()


def of_person(acknowledged: Marks, unsure: Marks, found: Marks) -> Wrong:
    """Hold one person's own ballot against what they were acknowledged.

    A mark of `unsure` was sent and never answered: it may stand, and it may not.
    """
    lost = doubled = 0
    for idea in acknowledged.keys() | found.keys():
        known, stands = acknowledged.get(idea), found.get(idea)
        if stands == known or (idea in unsure and stands == unsure[idea]):
            continue
        more = stands is not None and (known is None or stands > known)
        lost, doubled = lost + (not more), doubled + more
    return Wrong(lost, doubled)


def of_ballots(people: Iterable[Marks], file: Mapping[str, Any]) -> Wrong:
    """Hold the revealed ballots, which name nobody, against everybody's marks.

    Every person's ballot has to be in the file once, and no other.
    """
    cast = Counter(_ballot(marks) for marks in people if marks)
    told = Counter(
        _ballot({int(idea): int(mark) for idea, mark in ballot["marks"].items()})
        for ballot in file["ballots"]
    )
    return Wrong((cast - told).total(), (told - cast).total())


def _ballot(marks: Marks) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(marks.items()))
