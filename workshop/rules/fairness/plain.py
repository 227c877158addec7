"""The plain list: most votes first. It stands beside every fairer list, for comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

Key = int | str
"""Whatever names an idea: its number in the room, its id in a file."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An idea that may be chosen.

    Attributes:
        score: what the round's method ranks by.
        votes: distinct supporters.
        cost: in the unit of the budget; 1 where a fixed number of ideas is chosen.
    """

    key: Key
    score: int | float | Fraction
    votes: int
    cost: Fraction = Fraction(1)


def draw(seed: str, key: Key) -> int:
    """Draw a number for one idea from a published seed, to break what is still level."""
    return int.from_bytes(sha256(f"{seed}/{key}".encode()).digest()[:8])


def ranking(candidates: Iterable[Candidate], seed: str) -> list[Candidate]:
    """Order by score, highest first; level ones by lower cost, more votes, then the seed."""
    return sorted(
        candidates, key=lambda one: (-one.score, one.cost, -one.votes, draw(seed, one.key))
    )


def within_budget(candidates: Iterable[Candidate], budget: Fraction, seed: str) -> list[Candidate]:
    """Take candidates in the order of `ranking`, skipping each that no longer fits the budget."""
    chosen = []
    for candidate in ranking(candidates, seed):
        if candidate.cost <= budget:
            budget -= candidate.cost
            chosen.append(candidate)
    return chosen


def best(candidates: Iterable[Candidate], k: int, seed: str) -> list[Candidate]:
    """Take the first `k` of `ranking`, whatever they cost."""
    return ranking(candidates, seed)[:k]
