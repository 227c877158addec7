"""What goes into a count and what comes out of it.

Ballots are stored, never totals: one person's whole answer in one round. Marks are absolute
("idea 12 has 2 dots"), so the same mark sent twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Exposures = Mapping[int, Mapping[str, int]]
"""How many people of each group were shown each idea: idea -> group -> people."""


@dataclass(frozen=True, slots=True)
class RoundRule:
    """What one round asks for; it freezes at the first ballot, only `budget` may still rise.

    Attributes:
        method: a key of `METHODS`.
        budget: dots: the votes in a person's purse.
        cap: dots: the most votes one person may give one idea.
        quadratic: dots: whether n votes on an idea take n squared out of the purse.
        maximum: approval: the most ideas one person may approve, None for any number.
        places: ranked: the most ideas one person may rank, None for any number.
    """

    method: str
    budget: int = 5
    cap: int = 3
    quadratic: bool = False
    maximum: int | None = None
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's whole answer.

    Attributes:
        voter: whatever tells two people apart; nothing else is read from it.
        group: the key of the voter's declared group.
        marks: idea -> mark. An idea that is not in it was left blank.
        pairs: pairwise only: (the better, the worse) of each pair answered.
    """

    voter: str
    group: str
    marks: Mapping[int, int]
    pairs: Sequence[tuple[int, int]] = ()


def ballot_of(number: int, content: Mapping[str, Any]) -> Ballot:
    """A ballot from its line of the ledger; its voter is a number that stands for nobody."""
    marks = {int(idea): mark for idea, mark in content["marks"].items()}
    pairs = tuple((better, worse) for better, worse in content.get("pairs", ()))
    return Ballot(str(number), content["group"], marks, pairs)


@dataclass(frozen=True, slots=True)
class GroupCount:
    """What one group said about one idea.

    Attributes:
        people: distinct supporters.
        marks: the votes they gave (equal to `people` where a person has one voice).
        seen: people who answered, or were shown the idea in methods where silence is no answer.
            Where nobody counted who was shown what, everybody with a ballot is taken to have been.
        against: people who disagreed.
        passed: people who answered without taking a side.
    """

    people: int = 0
    marks: int = 0
    seen: int = 0
    against: int = 0
    passed: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one idea stands.

    Attributes:
        place: 1 is first; ideas that are level share a place and the next place is skipped.
        tied: whether another idea has the same place.
        score: what the method ranks by, None where nobody rated the idea.
        breadth: distinct supporters over all groups.
        seen: people who answered or were shown the idea, None where that was not counted.
        by_group: the split, one count for every group with a ballot.
    """

    idea: int
    place: int
    tied: bool
    score: float | None
    breadth: int
    seen: int | None
    by_group: Mapping[str, GroupCount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """A finished count.

    `standings` go by place; ideas that share one are listed by number, which means nothing.
    `rule_name` and `rule_version` say which way of counting made it and are kept with it.
    """

    rule: RoundRule
    standings: tuple[Standing, ...]
    ballots_cast: int
    rule_name: str
    rule_version: int
