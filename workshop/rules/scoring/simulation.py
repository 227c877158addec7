"""How sure we are: P10, P50 and P90 of reward and risk, and how firm each comparison is.

`Run` and the weights belong beside every stored result: with them anybody can draw the same numbers
again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workshop.rules.scoring.assessment import Assessment, ItemFacts
from workshop.rules.scoring.criteria import CRITERIA, Criterion
from workshop.rules.scoring.draws import reward_draws, risk_draws, stream, weight_draws
from workshop.rules.scoring.harm import rho
from workshop.rules.scoring.risk import FACTORS, STANDING_STILL
from workshop.rules.scoring.weights import normalised

RULE_VERSION: Final = "scoring-1"
"""Changes whenever the same input and seed would give other numbers."""

DRAWS: Final = 5_000
REWARD_LINE: Final = 50.0
TOP: Final = 10

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """The 10th, 50th and 90th percentile of something on 0-100."""

    p10: float
    p50: float
    p90: float

    @property
    def width(self) -> float:
        """P90 - P10: 8 in 10 of our estimates fall inside it."""
        return self.p90 - self.p10


@dataclass(frozen=True, slots=True)
class Case:
    """One idea as the simulation sees it; `key` is stable and unlike every other in the run."""

    key: str
    facts: ItemFacts
    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """How the draws are made, stored with every result.

    Attributes:
        seed: 0 or more; the same seed gives the same numbers.
        line: the leaders' reward line R*, 0-100.
        top: how many places P(top) asks about.
        draws: how many times every idea is drawn.
        version: the rule that made the numbers.
    """

    seed: int
    line: float = REWARD_LINE
    top: int = TOP
    draws: int = DRAWS
    version: str = RULE_VERSION


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the draws say of one idea.

    Attributes:
        key: the case's key.
        reward: R.
        risk: K of doing it.
        still: K of standing still, or None where nobody answered.
        mean: the mean of R.
        p_reward: P(R >= the reward line).
        p_top: P(among the best `top` of this run).
        evpi: E[max(R - line, 0)] - max(E[R] - line, 0), in points of reward: high means that a test
            is worth more than deciding now.
    """

    key: str
    reward: Spread
    risk: Spread
    still: Spread | None
    mean: float
    p_reward: float
    p_top: float
    evpi: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """A whole run. `better[i][j]` is P(idea i has more reward than idea j), ties counted half."""

    run: Run
    weights: dict[str, float]
    outlooks: tuple[Outlook, ...]
    better: tuple[tuple[float, ...], ...]


def simulate(
    cases: Sequence[Case],
    weights: Mapping[str, float],
    run: Run,
    *,
    criteria: Mapping[str, Criterion] = CRITERIA,
    progress: Callable[[int], None] = lambda _done: None,
) -> Simulation:
    """Draw every case many times (METHODS: uncertainty). The same input gives the same answer.

    `weights` need not sum to 1; `progress` hears how many cases are done. Raises Refused for
    weights that cannot be used and for missing scores.
    """
    shares = normalised(weights, criteria)
    rows = weight_draws(run.seed, shares, run.draws)
    rewards = np.empty((len(cases), run.draws))
    risks: list[tuple[Spread, Spread | None]] = []
    for place, case in enumerate(cases):
        rng = stream(run.seed, case.key)
        rewards[place] = reward_draws(rng, case.assessments, case.facts.evidence, shares, rows)
        risks.append(risks_of(rng, case, run.draws))
        progress(place + 1)
    tops = chances_of_top(rewards, run.top)
    outlooks = tuple(
        outlook_of(case.key, rewards[place], risks[place], tops[place], run.line)
        for place, case in enumerate(cases)
    )
    better = tuple(tuple(row) for row in pairwise(rewards).tolist())
    return Simulation(run, shares, outlooks, better)


def risks_of(
    rng: np.random.Generator, case: Case, draws: int, factors: Sequence[str] = tuple(FACTORS)
) -> tuple[Spread, Spread | None]:
    """K of doing it, and of standing still or None, over the risk `factors` that count."""
    doing = [one.risks for one in case.assessments]
    still = [one.still for one in case.assessments]
    of_doing = spread(risk_draws(rng, doing, rho(case.facts.reversibility), draws, factors))
    if not any(still):
        return of_doing, None
    return of_doing, spread(risk_draws(rng, still, STANDING_STILL, draws, factors))


def outlook_of(
    key: str, reward: Array, risks: tuple[Spread, Spread | None], p_top: float, line: float
) -> Outlook:
    """What the draws of one idea say."""
    return Outlook(
        key=key,
        reward=spread(reward),
        risk=risks[0],
        still=risks[1],
        mean=float(reward.mean()),
        p_reward=float((reward >= line).mean()),
        p_top=p_top,
        evpi=worth_of_knowing(reward, line),
    )


def worth_of_knowing(reward: Array, line: float) -> float:
    """EVPI from draws of R: E[max(R - line, 0)] - max(E[R] - line, 0).

    That is the smaller of what is hoped for above the line and what is feared below it, and worked
    out so it is never negative, nor a speck above 0 where nothing is left to know.
    """
    above = np.maximum(reward - line, 0.0).mean()
    below = np.maximum(line - reward, 0.0).mean()
    return float(min(above, below))


def spread(values: Array) -> Spread:
    """P10, P50 and P90 of a row of draws."""
    return Spread(*np.percentile(values, (10, 50, 90)).tolist())


def chances_of_top(rewards: Array, top: int) -> list[float]:
    """P(among the best `top`) by idea, from rewards of shape (ideas, draws).

    With no more ideas than places everybody is in.
    """
    if len(rewards) <= top:
        return [1.0] * len(rewards)
    bar = np.partition(rewards, -top, axis=0)[-top]
    return [float(share) for share in (rewards >= bar).mean(axis=1)]


def pairwise(rewards: Array) -> Array:
    """P(row i > row j) over the draws, of shape (ideas, ideas); a tie counts half."""
    better = np.full((len(rewards), len(rewards)), 0.5)
    for one in range(len(rewards) - 1):
        ahead = (rewards[one] > rewards[one + 1 :]).mean(axis=1)
        level = (rewards[one] == rewards[one + 1 :]).mean(axis=1)
        better[one, one + 1 :] = ahead + level / 2
        better[one + 1 :, one] = 1.0 - better[one, one + 1 :]
    return better
