"""Few votes: how sure a share of supporters is, and how sure an idea's place in the top k.

Sources: Wilson, "Probable inference, the law of succession, and statistical inference" (1927) for
the interval; an empirical Bayes prior by the method of moments for the places.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from workshop.rules.refusals import N_

Floats = npt.NDArray[np.float64]
Shares = Mapping[int, tuple[int, int]]
"""Idea -> (people who support it, people who saw it)."""

Z: Final = 1.645
"""Standard deviations of a 90 % interval."""

DRAWS: Final = 5000
IN: Final = 0.8
OUT: Final = 0.2
LEAST_KAPPA: Final = 2.0
MOST_KAPPA: Final = 100.0
LEAST_VARIANCE: Final = 1e-5

BANDS: Final[dict[str, str]] = {
    "in": N_("In"),
    "contested": N_("Contested"),
    "out": N_("Out"),
}
"""Bands of the chance to be in the top k, by key."""


def wilson(supporters: int, seen: int, z: float = Z) -> tuple[float, float]:
    """Lowest and highest credible share of supporters; (0, 1) where nobody saw the idea.

    centre (p + z^2/2n)/(1 + z^2/n), half-width z sqrt(p(1-p)/n + z^2/4n^2)/(1 + z^2/n).
    """
    if seen == 0:
        return (0.0, 1.0)
    share, shrink = supporters / seen, 1 + z * z / seen
    centre = (share + z * z / (2 * seen)) / shrink
    half = z * sqrt(share * (1 - share) / seen + z * z / (4 * seen * seen)) / shrink
    return (max(0.0, centre - half), min(1.0, centre + half))


def prior(shares: Shares) -> tuple[float, float]:
    """Learn what ideas of this room are like: (mu, kappa), their mean share and its weight.

    mu = sum k / sum n, kept inside (0, 1); kappa = mu (1 - mu) / max(var(p) - mean over n >= 2 of
    p (1 - p)/(n - 1), 1e-5) - 1, kept between 2 and 100: how many people the prior counts for.
    """
    seen = [counts for counts in shares.values() if counts[1]]
    supporters, people = sum(k for k, _ in seen), sum(n for _, n in seen)
    mu = supporters / people if 0 < supporters < people else (supporters + 1) / (people + 2)
    rates = np.array([k / n for k, n in seen])
    noise = [k / n * (1 - k / n) / (n - 1) for k, n in seen if n > 1]
    variance = float(rates.var()) if len(rates) else 0.0
    between = max(variance - (float(np.mean(noise)) if noise else 0.0), LEAST_VARIANCE)
    return mu, min(max(mu * (1 - mu) / between - 1, LEAST_KAPPA), MOST_KAPPA)


def posterior_means(shares: Shares) -> dict[int, float]:
    """Estimate each idea's share; the order to show. Few votes pull towards the room's mean."""
    mu, kappa = prior(shares)
    return {idea: (k + kappa * mu) / (n + kappa) for idea, (k, n) in shares.items()}


def in_top(shares: Shares, k: int, seed: int, draws: int = DRAWS) -> dict[int, float] | None:
    """Probability of each idea to be among the `k` with the highest true share.

    Draws theta ~ Beta(supporters + kappa mu, rest + kappa (1 - mu)) for each idea. None where
    there is nothing to choose: fewer than two ideas, or no more than k.
    """
    if not open_choice(len(shares), k):
        return None
    mu, kappa = prior(shares)
    ideas = sorted(shares)
    agrees = np.array([shares[idea][0] for idea in ideas])
    seen = np.array([shares[idea][1] for idea in ideas])
    chance = np.random.default_rng(seed)
    theta = chance.beta(
        agrees + kappa * mu, seen - agrees + kappa * (1 - mu), size=(draws, len(ideas))
    )
    return dict(zip(ideas, top_rates(theta, k, chance), strict=True))


def band(probability: float) -> str:
    """Name the band of a chance to be in the top k: a key of `BANDS`."""
    if probability >= IN:
        return "in"
    return "out" if probability < OUT else "contested"


def open_choice(ideas: int, k: int) -> bool:
    """Whether there is anything to choose: two ideas at least, and more than fit the list."""
    return ideas >= 2 and 0 < k < ideas


def top_rates(scores: Floats, k: int, chance: np.random.Generator) -> Floats:
    """(ideas,) how often each is among the k best of a row of (draws, ideas) `scores`.

    Equal scores are drawn by lot.
    """
    lots = chance.random(scores.shape)
    order = np.lexsort((lots, -scores), axis=1)
    hits = np.zeros(scores.shape[1])
    np.add.at(hits, order[:, :k].ravel(), 1)
    return hits / len(scores)
