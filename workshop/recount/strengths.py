"""Bradley-Terry strengths by Newton's method, with nothing but lists.

The likeliest strengths maximise the sum of wins * log sigma(th_i - th_j) minus the sum of
th_i ** 2 / (2 * 1.5 ** 2).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

SPREAD: Final = 1.5
DIGITS: Final = 9
"""Strengths that agree to so many digits are level."""


def strengths(ideas: Sequence[str], won: Mapping[tuple[str, str], int]) -> dict[str, float]:
    """The strength of each idea; `won` counts how often the first of two was preferred."""
    theta = dict.fromkeys(ideas, 0.0)
    for _ in range(200):
        slope = {idea: -theta[idea] / SPREAD**2 for idea in ideas}
        bend = {(a, b): float(a == b) / SPREAD**2 for a in ideas for b in ideas}
        for (a, b), times in won.items():
            chance = 1 / (1 + math.exp(theta[b] - theta[a]))
            slope[a] += times * (1 - chance)
            slope[b] -= times * (1 - chance)
            weight = times * chance * (1 - chance)
            for pair, sign in (((a, a), 1), ((b, b), 1), ((a, b), -1), ((b, a), -1)):
                bend[pair] += sign * weight
        step = _solve([[bend[a, b] for b in ideas] for a in ideas], [slope[a] for a in ideas])
        longest = max(map(abs, step), default=0.0)
        for idea, change in zip(ideas, step, strict=True):
            theta[idea] += change / max(1.0, longest)
        if longest < 1e-13:
            break
    return {idea: round(value, DIGITS) + 0.0 for idea, value in theta.items()}


def _solve(rows: list[list[float]], right: list[float]) -> list[float]:
    """Solve a system whose matrix needs no swapping of rows, by elimination."""
    n = len(right)
    for k in range(n):
        for i in range(k + 1, n):
            if factor := rows[i][k] / rows[k][k]:
                right[i] -= factor * right[k]
                rows[i][k:] = [
                    x - factor * y for x, y in zip(rows[i][k:], rows[k][k:], strict=True)
                ]
    found = [0.0] * n
    for k in reversed(range(n)):
        known = sum(rows[k][j] * found[j] for j in range(k + 1, n))
        found[k] = (right[k] - known) / rows[k][k]
    return found
