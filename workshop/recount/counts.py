"""Counting ballots by each way of voting, in plain Python and from the words of the rules."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from workshop.recount.strengths import strengths

Ballots = Sequence[Mapping[str, Any]]
Scores = dict[str, "float | Fraction | int | None"]
SMALLEST: Final = 5
"""Groups with fewer people are counted together."""


def _marks(ballots: Ballots, idea: str) -> list[int]:
    return [ballot["marks"][idea] for ballot in ballots if idea in ballot["marks"]]


def added(ideas: Sequence[str], ballots: Ballots) -> Scores:
    """Dots and approvals: all marks added up."""
    return {idea: sum(_marks(ballots, idea)) for idea in ideas}


def average(ideas: Sequence[str], ballots: Ballots) -> Scores:
    """Scores: the mean of those who rated an idea."""
    given = {idea: _marks(ballots, idea) for idea in ideas}
    return {idea: Fraction(sum(all_), len(all_)) if all_ else None for idea, all_ in given.items()}


def agreement(ideas: Sequence[str], ballots: Ballots) -> Scores:
    """The sweep: for each group (agree + 1) / (answered + 2), multiplied over the groups."""
    names = together(Counter(ballot["group"] for ballot in ballots))
    found: Scores = {}
    for idea in ideas:
        product, answers = Fraction(1), 0
        for name in set(names.values()):
            inside = [ballot for ballot in ballots if names[ballot["group"]] == name]
            given = _marks(inside, idea)
            answers += len(given)
            product *= Fraction(sum(1 for mark in given if mark > 0) + 1, len(given) + 2)
        found[idea] = product if answers else None
    return found


def together(sizes: Mapping[str, int]) -> dict[str, str]:
    """The name under which each group is counted: its own, or "others" where it is small."""
    names = {group: group for group in sizes}
    for group, size in sorted(sizes.items(), key=lambda pair: (pair[1], pair[0])):
        others = sum(n for one, n in sizes.items() if names[one] == "others")
        if group != "others" and (size < SMALLEST or 0 < others < SMALLEST):
            names[group] = "others"
    return names


def schulze(ideas: Sequence[str], ballots: Ballots) -> Scores:
    """Rankings: how many other ideas do not beat this one by a stronger path."""
    wins = {(a, b): sum(_above(ballot, a, b) for ballot in ballots) for a in ideas for b in ideas}
    path = {(a, b): n if n > wins[b, a] else 0 for (a, b), n in wins.items()}
    for middle in ideas:
        for a in ideas:
            for b in ideas:
                path[a, b] = max(path[a, b], min(path[a, middle], path[middle, b]))
    beaten = {b: sum(path[a, b] > path[b, a] for a in ideas if a != b) for b in ideas}
    return {idea: len(ideas) - 1 - beaten[idea] for idea in ideas}


def _above(ballot: Mapping[str, Any], one: str, other: str) -> bool:
    places = ballot["marks"]
    return (places.get(one) or math.inf) < (places.get(other) or math.inf)


def stronger(ideas: Sequence[str], ballots: Ballots) -> Scores:
    """Pairs: the likeliest strengths; None for an idea that nobody met."""
    won: Counter[tuple[str, str]] = Counter()
    for ballot in ballots:
        won.update((str(a), str(b)) for a, b in ballot.get("pairs", ()))
    met = {idea for pair in won for idea in pair}
    found = strengths(ideas, won)
    return {idea: found[idea] if idea in met else None for idea in ideas}


WAYS: Final[dict[str, Callable[[Sequence[str], Ballots], Scores]]] = {
    "dots": added,
    "approval": added,
    "score": average,
    "ranked": schulze,
    "pairwise": stronger,
    "sweep": agreement,
}


def places(scores: Scores) -> dict[str, tuple[int, bool]]:
    """Place of each idea and whether it is shared; after two on place 1 comes place 3."""
    worth = {idea: -math.inf if score is None else score for idea, score in scores.items()}
    every = list(worth.values())
    return {
        idea: (1 + sum(other > mine for other in every), every.count(mine) > 1)
        for idea, mine in worth.items()
    }
