"""Bradley-Terry: how strong ideas are, from answers to "which of two".

Source: Bradley and Terry, "Rank analysis of incomplete block designs" (1952). With a normal prior
of spread tau the likeliest strengths maximise
sum of wins_ij * log sigma(th_i - th_j) - sum th_i^2 / (2 tau^2). The sum is strictly concave, so
Newton's method finds its one maximum; the inverse Hessian there is the covariance. Batch only:
rating answer by answer would depend on who answered first.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

TAU: Final = 1.5
STEPS: Final = 100
CLOSE_ENOUGH: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Strengths:
    """(ideas,) strengths around 0, and their (ideas, ideas) covariance."""

    theta: Floats
    covariance: Floats

    def better(self, one: int, other: int) -> float:
        """Probability that idea `one` is really stronger than `other` (places, not keys)."""
        between = self.covariance[[one, other]][:, [one, other]]
        spread = sqrt(float(between[0, 0] + between[1, 1] - 2 * between[0, 1]))
        return (1 + erf(float(self.theta[one] - self.theta[other]) / spread / sqrt(2))) / 2

    def spread(self) -> Floats:
        """(ideas,) standard deviation of each strength."""
        return np.asarray(np.sqrt(np.diag(self.covariance)), dtype=np.float64)


def strengths(wins: npt.NDArray[np.int64], tau: float = TAU) -> Strengths:
    """Fit strengths to (ideas, ideas) `wins`: how often the row's idea was preferred."""
    met = (wins + wins.T).astype(np.float64)
    theta = np.zeros(len(wins))
    for _ in range(STEPS):
        chance = _sigma(theta[:, None] - theta[None, :])
        slope = (wins - met * chance).sum(axis=1) - theta / tau**2
        step = np.linalg.solve(_curvature(met, chance, tau), slope)
        # Far from the maximum a whole Newton step can overshoot; no strength moves by more than
        # one at a time, and close to it the steps are whole.
        theta += step / max(1.0, float(np.abs(step).max(initial=0.0)))
        if np.abs(step).max(initial=0.0) < CLOSE_ENOUGH:
            break
    chance = _sigma(theta[:, None] - theta[None, :])
    covariance = np.asarray(np.linalg.inv(_curvature(met, chance, tau)), dtype=np.float64)
    return Strengths(theta, covariance)


def outcome_entropy(fitted: Strengths) -> Floats:
    """(ideas, ideas) how open the next answer on a pair is, in nats: most where it is even."""
    chance = _sigma(fitted.theta[:, None] - fitted.theta[None, :])
    return np.asarray(-chance * np.log(chance) - (1 - chance) * np.log1p(-chance))


def _curvature(met: Floats, chance: Floats, tau: float) -> Floats:
    """Minus the Hessian: positive definite because of the prior."""
    weight = met * chance * (1 - chance)
    return np.asarray(np.diag(weight.sum(axis=1) + 1 / tau**2) - weight)


def _sigma(gap: Floats) -> Floats:
    return np.asarray(0.5 * (1 + np.tanh(gap / 2)))
