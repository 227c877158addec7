"""The beta distribution's tail, which the standard library does not have.

Source: the continued fraction of NIST's Digital Library of Mathematical Functions, 8.17.22,
evaluated by Lentz's method.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p
from typing import Final

STEPS: Final = 10_000
CLOSE_ENOUGH: Final = 1e-15
TINY: Final = 1e-300
"""Stands in for a zero that would be divided by."""


def beta_tail(a: float, b: float, x: float) -> float:
    """Probability that a Beta(a, b) variable is above `x`; a and b are above 0."""
    if x <= 0:
        return 1.0
    if x >= 1:
        return 0.0
    # The fraction converges fast below the mean only; above it the mirrored tail is taken.
    if x < (a + 1) / (a + b + 2):
        return 1 - _front(a, b, x) * _fraction(a, b, x) / a
    return _front(b, a, 1 - x) * _fraction(b, a, 1 - x) / b


def _front(a: float, b: float, x: float) -> float:
    """x^a (1-x)^b / B(a, b), in logarithms so that large counts do not overflow."""
    return exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))


def _fraction(a: float, b: float, x: float) -> float:
    above, below = 1.0, 1 / ((1 - (a + b) * x / (a + 1)) or TINY)
    value = below
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for term in (even, odd):
            below = 1 / ((1 + term * below) or TINY)
            above = (1 + term / above) or TINY
            change = above * below
            value *= change
        if abs(change - 1) < CLOSE_ENOUGH:
            break
    return value
