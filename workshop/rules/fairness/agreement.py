"""Agreement across declared groups: who agrees, how surely, and on which shelf an idea belongs.

Source of the rates and the consensus: Small et al., "Polis: Scaling deliberation by mapping high
dimensional opinion spaces" (2021).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Final

from workshop.rules.fairness.beta import beta_tail
from workshop.rules.fairness.consensus import agreement_rate, consensus
from workshop.rules.refusals import N_

SURE: Final = 0.8
"""A group surely supports an idea from this probability on."""

SURELY_NOT: Final = 0.2
"""A group surely does not support an idea up to this probability."""

SIGNIFICANT: Final = 1.28
"""A z above this is significant at 90 %, one-sided."""

HALF: Final = 0.5
"""The threshold of support in a sweep: more than half of those who answered agree."""

SHELVES: Final[dict[str, str]] = {
    "common ground": N_("Common ground"),
    "divided": N_("Divided"),
    "agreed no": N_("Agreed no"),
    "one group's wish": N_("One group’s wish"),
    "needs more votes": N_("Needs more votes"),
}
"""Shelves by key, in the order in which they are tested; the first that holds is the idea's."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one group said about one idea: how many agree, of how many who answered or saw it."""

    agrees: int
    answered: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """One idea seen by all groups.

    Attributes:
        product: group-informed consensus, the product of `rates`, exact.
        shown: the geometric mean of `rates`, which rooms with more groups can be compared by.
        weakest: the group that agrees least; the first by name among equals.
        rates: smoothed share of each group that agrees, (A + 1)/(S + 2).
        sure: probability that more than the group's threshold really supports the idea.
        shelf: a key of `SHELVES`.
        unsure: the groups that are neither sure nor surely not.
    """

    product: Fraction
    shown: float
    weakest: str
    rates: Mapping[str, Fraction]
    sure: Mapping[str, float]
    shelf: str
    unsure: tuple[str, ...]


def agreement(cells: Mapping[str, Cell], thresholds: Mapping[str, float]) -> Agreement:
    """Judge one idea by the answers of each group (at least one) and each group's threshold."""
    product = consensus((cell.agrees, cell.answered) for cell in cells.values())
    rates = {name: agreement_rate(cell.agrees, cell.answered) for name, cell in cells.items()}
    sure = {name: certainty(cell, thresholds[name]) for name, cell in cells.items()}
    return Agreement(
        product=product,
        shown=float(product) ** (1 / len(cells)),
        weakest=min(sorted(rates), key=rates.__getitem__),
        rates=rates,
        sure=sure,
        shelf=shelf(sure),
        unsure=tuple(name for name, chance in sure.items() if SURELY_NOT < chance < SURE),
    )


def certainty(cell: Cell, threshold: float) -> float:
    """Probability that more than `threshold` of the group supports the idea.

    P(Beta(A + 1, S - A + 1) > threshold): what the answers leave of a uniform prior.
    """
    return beta_tail(cell.agrees + 1, cell.answered - cell.agrees + 1, threshold)


def shelf(sure: Mapping[str, float]) -> str:
    """Name the shelf for the certainties of all groups: a key of `SHELVES`."""
    yes = [chance >= SURE for chance in sure.values()]
    no = [chance <= SURELY_NOT for chance in sure.values()]
    if all(yes):
        return "common ground"
    if any(yes) and any(no):
        return "divided"
    if all(no):
        return "agreed no"
    return "one group's wish" if sum(yes) == 1 else "needs more votes"


def support_thresholds(ideas: Mapping[int, Mapping[str, Cell]]) -> dict[str, float]:
    """Average each group's support over all ideas: the threshold for dots and limited approvals.

    Kept inside (0, 1) as if one more answer had been yes and one no, where a group supported
    nothing, everything, or saw nothing.
    """
    agrees: dict[str, int] = {}
    answered: dict[str, int] = {}
    for cells in ideas.values():
        for name, cell in cells.items():
            agrees[name] = agrees.get(name, 0) + cell.agrees
            answered[name] = answered.get(name, 0) + cell.answered
    return {
        name: agrees[name] / total
        if 0 < agrees[name] < total
        else float(agreement_rate(agrees[name], total))
        for name, total in answered.items()
    }


def consensus_z(cell: Cell) -> float:
    """Test whether a group agrees: z = 2 sqrt(S + 1) ((A + 1)/(S + 1) - 1/2), see `SIGNIFICANT`."""
    tried = cell.answered + 1
    return 2 * sqrt(tried) * ((cell.agrees + 1) / tried - HALF)


def sets_apart(cells: Mapping[str, Cell]) -> dict[str, tuple[float, float]]:
    """Say how each group differs from everyone else: group -> (R, z).

    R = p of the group / p of everyone else; z is the two-proportion test with one agreeing answer
    added to each side, as Polis does.
    """
    agrees = sum(cell.agrees for cell in cells.values())
    answered = sum(cell.answered for cell in cells.values())
    told = {}
    for name, cell in cells.items():
        rest = Cell(agrees - cell.agrees, answered - cell.answered)
        ratio = agreement_rate(cell.agrees, cell.answered) / agreement_rate(
            rest.agrees, rest.answered
        )
        told[name] = (float(ratio), _two_proportions(cell, rest))
    return told


def _two_proportions(one: Cell, other: Cell) -> float:
    n, m = one.answered + 1, other.answered + 1
    pooled = (one.agrees + other.agrees + 2) / (n + m)
    if pooled >= 1:
        return 0.0
    gap = (one.agrees + 1) / n - (other.agrees + 1) / m
    return gap / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
