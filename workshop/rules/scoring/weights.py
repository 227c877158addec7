"""How much each criterion counts, and the reward that follows.

Weights are relative: multiplying all of them by one number changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Final

from workshop.rules.refusals import Refused
from workshop.rules.scoring.criteria import CRITERIA, Criterion

_DIGITS: Final = 12


def normalised(
    weights: Mapping[str, float], criteria: Mapping[str, Criterion] = CRITERIA
) -> dict[str, float]:
    """The positive weights, in the order of `criteria`, scaled to sum to 1.

    Raises Refused: `unknown_criterion` for a key that the table no longer holds, `bad_weight` for
    one that is negative or not a number, `savings_never_rank` for a positive weight on a criterion
    that must not rank, `weights_zero` where nothing is left.
    """
    for key, weight in weights.items():
        _check(key, weight, criteria)
    largest = max(weights.values(), default=0.0)
    if largest <= 0:
        raise Refused("weights_zero")
    # Dividing by the largest first keeps huge and tiny weights in range. Rounding makes equal
    # proportions equal to the last digit, so that scaled weights give the very same draws.
    relative = {key: weights.get(key, 0.0) / largest for key in criteria}
    total = sum(relative.values())
    shares = {key: round(part / total, _DIGITS) for key, part in relative.items()}
    return {key: share for key, share in shares.items() if share > 0}


def _check(key: str, weight: float, criteria: Mapping[str, Criterion]) -> None:
    if key not in criteria:
        raise Refused("unknown_criterion")
    if isinstance(weight, bool) or not isfinite(weight) or weight < 0:
        raise Refused("bad_weight")
    if weight > 0 and not criteria[key].ranked:
        raise Refused("savings_never_rank")


def from_swings(
    swings: Mapping[str, float], criteria: Mapping[str, Criterion] = CRITERIA
) -> dict[str, float]:
    """Weights by swing: with all at their worst, which move to best matters most.

    That one gets 100 points and the others their share of it, 0 to 100. Raises Refused as
    `normalised` does, and `score_range` for points above 100.
    """
    if any(points > 100 for points in swings.values()):
        raise Refused("score_range")
    return normalised(swings, criteria)


def from_order(
    keys: Sequence[str], criteria: Mapping[str, Criterion] = CRITERIA
) -> dict[str, float]:
    """Rank-order centroid weights of criteria put in order, the most important first.

    w_(r) = (1/n) * sum over j = r..n of 1/j (METHODS: reward). Raises Refused as `normalised`.
    """
    count = len(keys)
    centroid = {
        key: sum(1 / place for place in range(rank, count + 1)) / count
        for rank, key in enumerate(keys, start=1)
    }
    return normalised(centroid, criteria)


def reward(
    values: Mapping[str, float],
    weights: Mapping[str, float],
    criteria: Mapping[str, Criterion] = CRITERIA,
) -> float:
    """R = sum of w_c v_c with the weights summing to 1; values and R run from 0 to 100.

    Values of criteria without a weight are left alone, so savings and questions that a programme
    has since taken out never move R. Raises Refused `missing_scores` where a weighted criterion has
    no value, and as `normalised`.
    """
    shares = normalised(weights, criteria)
    if not shares.keys() <= values.keys():
        raise Refused("missing_scores")
    return sum(share * values[key] for key, share in shares.items())
