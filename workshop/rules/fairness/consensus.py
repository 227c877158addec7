"""Agreement across groups as one number: group-informed consensus.

Source: Small et al., "Polis: Scaling deliberation by mapping high dimensional opinion spaces"
(2021): the product over groups of the smoothed share that agrees.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def agreement_rate(agrees: int, answered: int) -> Fraction:
    """Estimate the share of a group that agrees: (A + 1)/(S + 2), a half if nobody answered."""
    return Fraction(agrees + 1, answered + 2)


def consensus(cells: Iterable[tuple[int, int]]) -> Fraction:
    """Multiply the rates of all groups; a cell is (agrees, answered). 1 where there is no group."""
    product = Fraction(1)
    for agrees, answered in cells:
        product *= agreement_rate(agrees, answered)
    return product
