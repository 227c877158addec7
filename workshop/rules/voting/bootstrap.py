"""How sure a place in the top k is where the score comes from whole ballots.

Source: Rubin, "The Bayesian bootstrap" (1981): ballots get random weights and the method's own
score is counted again and again. It is widened, because with a dozen ballots the plain bootstrap
says "at least 80 %" of things that come true two times in three.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from workshop.rules.fairness.certainty import DRAWS, open_choice, top_rates
from workshop.rules.voting.ballots import Ballot
from workshop.rules.voting.bradley_terry import Strengths

Floats = npt.NDArray[np.float64]
Rescore = Callable[[Floats], Floats]
"""(draws, ballots) weights, each row summing to the number of ballots -> (draws, ideas) scores."""

WIDENING: Final = 2.0
"""How much further than the plain bootstrap scores scatter. Found by simulating rooms of 12, 30 and
100 people: "at least 80 %" then comes true 83 to 99 times in 100, unless the ideas are so equally
liked (popularity differing by less than a third) that a dozen people cannot tell them apart."""

RANKING_DRAWS: Final = 1000
BATCH: Final = 100
"""Draws of whole pairwise tables held in memory at once."""

HELD: Final = 4_000_000
"""Numbers held in memory at once: an imported vote may have thousands of ballots."""


def bootstrap_top(
    rescore: Rescore, ballots: int, ideas: Sequence[int], k: int, seed: int, draws: int = DRAWS
) -> dict[int, float] | None:
    """Probability of each idea to be in the top `k`; None where there is nothing to choose.

    Args:
        rescore: the method's score for weighted ballots, see `marks_score` and the others.
        ballots: how many ballots there are.
        ideas: in the order of the scores.
        k: the length of the list.
        seed: published with the result.
        draws: how often ballots are weighted anew.
    """
    if not open_choice(len(ideas), k) or ballots == 0:
        return None
    chance = np.random.default_rng(seed)
    step = max(1, HELD // ballots)
    scores = [
        rescore(_weights(chance, min(step, draws - start), ballots))
        for start in range(0, draws, step)
    ]
    rates = top_rates(np.concatenate(scores), k, chance)
    return dict(zip(ideas, rates.tolist(), strict=True))


def _weights(chance: np.random.Generator, draws: int, ballots: int) -> Floats:
    """(draws, ballots) random weights, each row summing to the number of ballots."""
    weights = chance.gamma(1 / WIDENING**2, size=(draws, ballots))
    weights *= ballots / weights.sum(axis=1, keepdims=True)
    return weights


def strengths_top(
    fitted: Strengths, ideas: Sequence[int], k: int, seed: int, draws: int = DRAWS
) -> dict[int, float] | None:
    """Do the same for answers to "which of two", whose strengths have a covariance already."""
    if not open_choice(len(ideas), k):
        return None
    chance = np.random.default_rng(seed)
    theta = chance.multivariate_normal(fitted.theta, fitted.covariance, size=draws)
    return dict(zip(ideas, top_rates(theta, k, chance).tolist(), strict=True))


def marks_score(ideas: Sequence[int], ballots: Sequence[Ballot]) -> Rescore:
    """Sum marks: dots and approvals."""
    marks = _table(ideas, ballots, blank=0.0)
    return lambda weights: weights @ marks


def mean_score(ideas: Sequence[int], ballots: Sequence[Ballot]) -> Rescore:
    """Average the marks of those who rated an idea; one that nobody rated comes last."""
    marks = _table(ideas, ballots, blank=np.nan)
    rated = ~np.isnan(marks)
    given = np.where(rated, marks, 0.0)

    def rescore(weights: Floats) -> Floats:
        people = weights @ rated
        mean = weights @ given / np.maximum(people, np.finfo(np.float64).tiny)
        return np.where(rated.any(axis=0), mean, -np.inf)

    return rescore


def schulze_score(ideas: Sequence[int], ballots: Sequence[Ballot]) -> Rescore:
    """Count for each idea the others that do not beat it; meant for `RANKING_DRAWS` draws."""
    places = _table(ideas, ballots, blank=np.inf)
    places = np.where(places == 0, np.inf, places)

    def rescore(weights: Floats) -> Floats:
        parts = [
            _unbeaten(_above(weights[start : start + BATCH], places))
            for start in range(0, len(weights), BATCH)
        ]
        return np.concatenate(parts)

    return rescore


def consensus_score(
    ideas: Sequence[int], ballots: Sequence[Ballot], shown_as: Mapping[str, str]
) -> Rescore:
    """Multiply the smoothed rates of the groups of `shown_as` (group -> itself or "others")."""
    marks = _table(ideas, ballots, blank=np.nan)
    agrees, answered = (marks > 0).astype(np.float64), (~np.isnan(marks)).astype(np.float64)
    groups = np.array([shown_as[ballot.group] for ballot in ballots])

    def rescore(weights: Floats) -> Floats:
        product = np.ones((len(weights), len(ideas)))
        for group in np.unique(groups):
            inside = groups == group
            voices = weights[:, inside]
            product *= (voices @ agrees[inside] + 1) / (voices @ answered[inside] + 2)
        return product

    return rescore


def _table(ideas: Sequence[int], ballots: Sequence[Ballot], blank: float) -> Floats:
    """(ballots, ideas) marks, `blank` where there is none."""
    return np.array([[ballot.marks.get(idea, blank) for idea in ideas] for ballot in ballots])


def _above(weights: Floats, places: Floats) -> Floats:
    """(draws, ideas, ideas) how many weighted ballots put each idea above each other one."""
    step = max(1, HELD // places.shape[1] ** 2)
    table = np.zeros((len(weights), places.shape[1], places.shape[1]))
    for start in range(0, len(places), step):
        part = places[start : start + step]
        above = (part[:, :, None] < part[:, None, :]).astype(np.float64)
        table += np.tensordot(weights[:, start : start + step], above, axes=1)
    return table


def _unbeaten(tables: Floats) -> Floats:
    """(draws, ideas) Schulze scores of (draws, ideas, ideas) pairwise tables."""
    mirrored = tables.swapaxes(1, 2)
    strength = np.where(tables > mirrored, tables, 0.0)
    for middle in range(tables.shape[1]):
        through = np.minimum(strength[:, :, middle, None], strength[:, None, middle, :])
        np.maximum(strength, through, out=strength)
    beaten = (strength > strength.swapaxes(1, 2)).sum(axis=1)
    return np.asarray(tables.shape[1] - 1 - beaten, dtype=np.float64)
