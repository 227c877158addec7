"""Who supports what, as arrays: the common ground of Equal Shares and sequential Phragmén."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
import numpy.typing as npt

from workshop.rules.fairness.plain import Key, draw

Floats = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.intp]
Number = int | float | Fraction
Marks = Mapping[int, Number] | Mapping[str, Number] | Mapping[Key, Number]
"""One ballot: idea -> marks. Only marks above zero are support."""

CLOSE: Final = 1e-9
"""Two amounts closer than this share of them count as equal; tests hold it against fractions."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A vote, with identical ballots collapsed into one kind of voter.

    Attributes:
        ideas: the keys; every other list goes by the place of an idea in it.
        costs: exact.
        people: (kinds,) how many people cast each kind of ballot.
        supporters: for each idea the kinds that support it.
        utilities: for each idea what it is worth to each of `supporters`.
        votes: distinct supporters of each idea.
        voters: everybody with a ballot, also an empty one.
        draws: a number for each idea from the published seed, for what is still level.
    """

    ideas: tuple[Key, ...]
    costs: tuple[Fraction, ...]
    people: Floats
    supporters: tuple[Indexes, ...]
    utilities: tuple[Floats, ...]
    votes: tuple[int, ...]
    voters: int
    draws: tuple[int, ...]

    def preference(self, idea: int) -> tuple[Fraction, int, int]:
        """Sort key among ideas that are level: lower cost, more votes, then the seed."""
        return (self.costs[idea], -self.votes[idea], self.draws[idea])

    def supported(self) -> list[int]:
        """List the ideas that anybody supports."""
        return [idea for idea, votes in enumerate(self.votes) if votes]


def profile_of(
    ballots: Iterable[Marks], costs: Mapping[Key, Fraction], *, seed: str, by_cost: bool
) -> Profile:
    """Collapse `ballots` over the ideas of `costs`.

    Args:
        ballots: one for each voter.
        costs: what each idea costs; marks on anything else are left out.
        seed: published; breaks ties.
        by_cost: whether a supported idea is worth its cost (municipal approvals) or its marks.
    """
    alike = Counter(_support(ballot, costs, by_cost=by_cost) for ballot in ballots)
    backers: dict[Key, list[tuple[int, float]]] = {key: [] for key in costs}
    for kind, support in enumerate(alike):
        for key, worth in support:
            backers[key].append((kind, float(worth)))
    people = np.array(list(alike.values()), dtype=np.float64)
    kinds = [np.array([kind for kind, _ in backers[key]], dtype=np.intp) for key in costs]
    return Profile(
        ideas=tuple(costs),
        costs=tuple(costs.values()),
        people=people,
        supporters=tuple(kinds),
        utilities=tuple(np.array([worth for _, worth in backers[key]]) for key in costs),
        votes=tuple(int(people[kind].sum()) for kind in kinds),
        voters=alike.total(),
        draws=tuple(draw(seed, key) for key in costs),
    )


def _support(
    ballot: Marks, costs: Mapping[Key, Fraction], *, by_cost: bool
) -> frozenset[tuple[Key, Number]]:
    return frozenset(
        (key, costs[key] if by_cost else mark)
        for key, mark in ballot.items()
        if mark > 0 and key in costs
    )
