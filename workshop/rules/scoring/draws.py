"""Random draws of one idea's reward and risk: every doubt the assessors wrote down, played out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from workshop.rules.refusals import Refused
from workshop.rules.scoring import pert
from workshop.rules.scoring.assessment import Assessment
from workshop.rules.scoring.harm import Risks, combined
from workshop.rules.scoring.risk import FACTORS, IMPACTS, LIKELIHOODS

Array = NDArray[np.float64]

CORRELATION: Final = 0.5
"""Between any two criteria of one idea: who rates one part high tends to rate the others high."""

CONCENTRATION: Final = 50.0
"""How firmly the weights are held: they are drawn from Dirichlet(CONCENTRATION * w)."""


def stream(seed: int, key: str) -> np.random.Generator:
    """The random numbers of one idea. They depend on `seed` and `key` alone.

    So an idea's figures stay the same whoever else is in the backlog and in whatever order.
    """
    return np.random.default_rng([seed, crc32(key.encode())])


def weight_draws(seed: int, shares: Mapping[str, float], count: int) -> Array:
    """Weights of shape (count, criteria), each row summing to 1, in the order of `shares`.

    `shares` are normalised positive weights. All ideas of one run share these rows, so that two
    ideas are always compared under the same weights.
    """
    parts = CONCENTRATION * np.array(list(shares.values()))
    return stream(seed, "weights").dirichlet(parts, size=count)


def reward_draws(
    rng: np.random.Generator,
    assessments: Sequence[Assessment],
    evidence: int,
    shares: Mapping[str, float],
    weights: Array,
) -> Array:
    """R (0-100) for each row of `weights`: one assessor picked, then PERT by criterion.

    Criteria are tied by a Gaussian copula with `CORRELATION`. Raises Refused `no_scores` without
    assessors and `missing_scores` where one left a weighted criterion out.
    """
    lows, likely, highs = _ranges(assessments, evidence, list(shares))
    count, criteria = len(weights), len(shares)
    pick = rng.integers(len(assessments), size=count)
    common = rng.standard_normal((count, 1))
    own = rng.standard_normal((count, criteria))
    scores = sqrt(CORRELATION) * common + sqrt(1.0 - CORRELATION) * own
    rows = pert.rows_for(pert.shape(lows, likely, highs))
    which = pick[:, np.newaxis] * criteria + np.arange(criteria)
    values = lows[pick] + (highs - lows)[pick] * pert.read(rows, which, scores)
    return np.asarray(np.einsum("dc,dc->d", weights, values))


def _ranges(
    assessments: Sequence[Assessment], evidence: int, keys: Sequence[str]
) -> tuple[Array, Array, Array]:
    """Low, likely and high after evidence widening, each of shape (assessors, criteria)."""
    if not assessments:
        raise Refused("no_scores")
    if any(key not in one.scores for one in assessments for key in keys):
        raise Refused("missing_scores")
    wide = [[one.scores[key].widened(evidence) for key in keys] for one in assessments]
    cells = np.array([[(s.low, s.likely, s.high) for s in row] for row in wide])
    return cells[..., 0], cells[..., 1], cells[..., 2]


def risk_draws(
    rng: np.random.Generator,
    answers: Sequence[Risks],
    factor: float,
    count: int,
    factors: Sequence[str] = tuple(FACTORS),
) -> Array:
    """K (0-100) of `count` draws: one assessor's answers picked, each chance uniform in its band.

    `factor` is rho, and `factors` are the keys that count. One that the picked assessor left out
    adds nothing; where nobody answered anything, every K is 0.
    """
    given = [risks for risks in answers if risks]
    if not given:
        return np.zeros(count)
    lows = _cells(given, factors, {band: row.low for band, row in LIKELIHOODS.items()})
    highs = _cells(given, factors, {band: row.high for band, row in LIKELIHOODS.items()})
    harms = np.array([[_harm(risks, key) for key in factors] for risks in given])
    pick = rng.integers(len(given), size=count)
    even = rng.random((count, len(factors)))
    return combined(lows[pick] + (highs - lows)[pick] * even, harms[pick], factor)


def _cells(given: Sequence[Risks], factors: Sequence[str], edge: Mapping[int, float]) -> Array:
    return np.array(
        [[edge[risks[key].band] if key in risks else 0.0 for key in factors] for risks in given]
    )


def _harm(risks: Risks, key: str) -> float:
    return float(IMPACTS[risks[key].impact].harm) if key in risks else 0.0
