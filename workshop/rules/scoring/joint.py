"""A whole portfolio drawn together: whose numbers they are, who is among the best, who beats whom.

All ideas of one yardstick meet the same drawn weights in every draw, so that two of them are always
compared under equal terms. An idea's own figures depend on nothing but itself, its yardstick and
the seed; only P(top) and the pairs look at the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workshop.rules.scoring.appraisal import SEED, Appraisal, appraisal_of
from workshop.rules.scoring.draws import reward_draws, stream, weight_draws
from workshop.rules.scoring.simulation import (
    DRAWS,
    RULE_VERSION,
    TOP,
    Case,
    Spread,
    chances_of_top,
    outlook_of,
    pairwise,
    risks_of,
)
from workshop.rules.scoring.yardstick import BUILT_IN, Yardstick

Draws = NDArray[np.float64]

PAIRED: Final = 100
"""Of how many ideas, the most promising first, every pair is told."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An idea and the yardstick that it is measured by."""

    case: Case
    yard: Yardstick = BUILT_IN


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Every idea's numbers by key, and `better[i][j]` = P(i > j) for the `keys` that are paired.

    `keys` stand in the order of their median reward, the highest first.
    """

    appraisals: Mapping[str, Appraisal]
    keys: tuple[str, ...]
    better: tuple[tuple[float, ...], ...]
    seed: int = SEED
    version: str = RULE_VERSION
    draws: int = DRAWS
    top: int = TOP


def draw_portfolio(
    ideas: Sequence[Measured],
    seed: int = SEED,
    *,
    draws: int = DRAWS,
    progress: Callable[[int], None] = lambda _done: None,
) -> Portfolio:
    """Draw every idea, all in the same run. Slow: about 6 ms an idea at 5,000 draws.

    The same ideas, yardsticks and seed give the same numbers. `progress` hears how many ideas are
    done. Raises Refused as `simulate`.
    """
    rows: dict[tuple[tuple[str, float], ...], Draws] = {}
    rewards = np.empty((len(ideas), draws))
    risks = []
    for place, idea in enumerate(ideas):
        shares = idea.yard.shares(idea.case.assessments)
        key = tuple(shares.items())
        if key not in rows:
            rows[key] = weight_draws(seed, shares, draws)
        rng, case = stream(seed, idea.case.key), idea.case
        rewards[place] = reward_draws(rng, case.assessments, case.facts.evidence, shares, rows[key])
        risks.append(risks_of(rng, case, draws, tuple(idea.yard.watched)))
        progress(place + 1)
    keys, better = _pairs(ideas, rewards)
    return Portfolio(_appraisals(ideas, rewards, risks, seed), keys, better, seed, draws=draws)


def _appraisals(
    ideas: Sequence[Measured],
    rewards: Draws,
    risks: Sequence[tuple[Spread, Spread | None]],
    seed: int,
) -> dict[str, Appraisal]:
    """The numbers of every idea, from the draws of all."""
    tops = chances_of_top(rewards, TOP)
    return {
        idea.case.key: appraisal_of(
            case=idea.case,
            yard=idea.yard,
            outlook=outlook_of(
                idea.case.key, rewards[place], risks[place], tops[place], idea.yard.lines.reward
            ),
            seed=seed,
            among=len(ideas),
        )
        for place, idea in enumerate(ideas)
    }


def _pairs(
    ideas: Sequence[Measured], rewards: Draws
) -> tuple[tuple[str, ...], tuple[tuple[float, ...], ...]]:
    """The most promising ideas by median reward, and P(the one > the other) for every two."""
    middle = np.median(rewards, axis=1)
    best = sorted(range(len(ideas)), key=lambda place: -float(middle[place]))[:PAIRED]
    better = np.round(pairwise(rewards[best]), 4).tolist()
    return tuple(ideas[place].case.key for place in best), tuple(tuple(row) for row in better)
