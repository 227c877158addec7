"""Who goes home without anything: the share of voters with no idea of theirs chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from workshop.rules.fairness.plain import Key
from workshop.rules.fairness.profiles import Marks


def exclusion(ballots: Iterable[Marks], chosen: Collection[Key]) -> Fraction:
    """Share of all ballots, empty ones too, that support nothing in `chosen`; 0 without ballots."""
    return exclusion_by_group((("", ballot) for ballot in ballots), chosen).get("", Fraction(0))


def exclusion_by_group(
    ballots: Iterable[tuple[str, Marks]], chosen: Collection[Key]
) -> Mapping[str, Fraction]:
    """Exclusion within each group; a ballot comes with the group of its voter."""
    listed = frozenset(chosen)
    voters: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    for group, ballot in ballots:
        voters[group] += 1
        left_out[group] += not any(mark > 0 and key in listed for key, mark in ballot.items())
    return {group: Fraction(left_out[group], voters[group]) for group in voters}
