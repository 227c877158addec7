"""K, the risk of doing an idea or of standing still, from what assessors answered.

K = 100 * (1 - product over factors of (1 - p_f * min(100, rho * i_f) / 100))  (METHODS: risk),
with p the residual likelihood, i the impact and rho the reversibility.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workshop.rules.refusals import Refused
from workshop.rules.scoring.risk import (
    BEARERS,
    FACTORS,
    IMPACTS,
    LIKELIHOODS,
    REVERSIBILITY,
    STANDING_STILL,
)

MOST_HARM = 100.0


@dataclass(frozen=True, slots=True)
class RiskScore:
    """One assessor's answer on one factor. Raises Refused `unknown_choice` off the tables.

    Attributes:
        band: the residual likelihood, a key of `LIKELIHOODS`.
        impact: how bad, a key of `IMPACTS`.
        bearers: who bears it, keys of `BEARERS`.
        mitigation: what would make it smaller.
        owner: who does that.
    """

    band: int
    impact: int
    bearers: tuple[str, ...] = ()
    mitigation: str = ""
    owner: str = ""

    def __post_init__(self) -> None:
        """Hold the answers to the tables; True is not a band although Python calls it 1."""
        levels = (self.band, self.impact)
        if any(type(level) is not int for level in levels):
            raise Refused("unknown_choice")
        if self.band not in LIKELIHOODS or self.impact not in IMPACTS:
            raise Refused("unknown_choice")
        if not set(self.bearers) <= BEARERS.keys():
            raise Refused("unknown_choice")


Risks = Mapping[str, RiskScore]
"""Answers by factor key."""


def rho(reversibility: str) -> float:
    """The factor by which being hard to undo makes harm worse; Refused for an unknown key."""
    if reversibility not in REVERSIBILITY:
        raise Refused("unknown_choice")
    return REVERSIBILITY[reversibility].factor


def combined(chances: ArrayLike, impacts: ArrayLike, factor: float) -> NDArray[np.float64]:
    """K (0-100) over the last axis, which runs over the risk factors.

    `chances` are probabilities, `impacts` harm from 0 to 100, `factor` is rho.
    """
    harm = np.minimum(MOST_HARM, factor * np.asarray(impacts, dtype=np.float64)) / MOST_HARM
    spared = 1.0 - np.asarray(chances, dtype=np.float64) * harm
    whole: NDArray[np.float64] = 100.0 * (1.0 - np.prod(spared, axis=-1))
    return whole


def risk(risks: Risks, reversibility: str) -> float:
    """K of doing it (0-100), each likelihood taken at the middle of its band.

    A factor nobody answered adds nothing. Raises Refused `unknown_choice` for an unknown key.
    """
    return _middle(risks, rho(reversibility))


def risk_of_standing_still(risks: Risks) -> float:
    """K of changing nothing (0-100): the same factors, with rho = 1."""
    return _middle(risks, STANDING_STILL)


def _middle(risks: Risks, factor: float) -> float:
    if not risks.keys() <= FACTORS.keys():
        raise Refused("unknown_choice")
    chances = [LIKELIHOODS[score.band].middle for score in risks.values()]
    impacts = [float(IMPACTS[score.impact].harm) for score in risks.values()]
    return float(combined(chances, impacts, factor))


def biggest_first(risks: Risks, reversibility: str) -> list[str]:
    """Factor keys, the one whose taking away lowers K most first; ties as in `FACTORS`."""
    return sorted(
        (key for key in FACTORS if key in risks),
        key=lambda gone: risk({k: v for k, v in risks.items() if k != gone}, reversibility),
    )


def to_be_made_safe(risks: Risks, reversibility: str, line: float) -> tuple[str, ...]:
    """The fewest factors, biggest first, without which K is no more than `line`.

    These are what the test beside a bold bet has to show: empty where K is under the line already.
    """
    left = dict(risks)
    gone: list[str] = []
    for key in biggest_first(risks, reversibility):
        if risk(left, reversibility) <= line:
            break
        gone.append(key)
        del left[key]
    return tuple(gone)
