"""Would the order change if the weights did? Flip weights, and what moves under other weights.

R_i is a straight line in the weight of one criterion when the others keep their proportions:
R_i(w) = (1 - w) r_i + w v_ic, with r_i the reward from all the others. Where two lines cross lies
the flip weight w* = (r_j - r_i) / ((v_ic - v_jc) + (r_j - r_i))  (METHODS: sensitivity).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.rules.refusals import N_
from workshop.rules.scoring.criteria import CRITERIA, Criterion
from workshop.rules.scoring.weights import normalised, reward

Values = Mapping[str, float]
"""Expected values (0-100) by criterion key."""

KEEPS_PLACE = N_("It keeps its place while %(criterion)s weighs between %(low)s and %(high)s.")
ALWAYS_KEEPS_PLACE = N_("No weight on %(criterion)s alone changes its place.")


def without(
    values: Values,
    criterion: str,
    weights: Mapping[str, float],
    criteria: Mapping[str, Criterion] = CRITERIA,
) -> float:
    """The reward (0-100) from every criterion but one, their weights scaled to sum to 1.

    Raises Refused `weights_zero` where no other criterion has a weight.
    """
    rest = {key: weight for key, weight in weights.items() if key != criterion}
    return reward(values, rest, criteria)


def flip_weight(
    one: Values,
    other: Values,
    criterion: str,
    weights: Mapping[str, float],
    criteria: Mapping[str, Criterion] = CRITERIA,
) -> float | None:
    """The weight (0-1) of `criterion` at which two ideas swap, or None where none in 0..1 does."""
    rest = without(one, criterion, weights, criteria)
    gap = without(other, criterion, weights, criteria) - rest
    slope = (one[criterion] - other[criterion]) + gap
    if slope == 0:
        return None
    weight = gap / slope
    return weight if 0 <= weight <= 1 else None


def steady_range(
    ideas: Mapping[str, Values],
    key: str,
    criterion: str,
    weights: Mapping[str, float],
    criteria: Mapping[str, Criterion] = CRITERIA,
) -> tuple[float, float]:
    """Between which weights (0-1) of `criterion` the idea `key` keeps its place in the order.

    (0, 1) means that no weight on this criterion alone changes its place.
    """
    shares = normalised(weights, criteria)
    if len(shares) < 2:
        # One criterion alone is all of the reward: its weight has nothing to be weighed against.
        return 0.0, 1.0
    now = shares.get(criterion, 0.0)
    flips = [
        flip_weight(ideas[key], values, criterion, weights, criteria)
        for other, values in ideas.items()
        if other != key
    ]
    found = [flip for flip in flips if flip is not None]
    low = max((flip for flip in found if flip <= now), default=0.0)
    high = min((flip for flip in found if flip > now), default=1.0)
    return low, high


@dataclass(frozen=True, slots=True)
class Move:
    """An idea that changes its place: first is 1."""

    key: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Stability:
    """How an order bears other weights: `kept` of the first `top` stay among them."""

    kept: int
    top: int
    moves: tuple[Move, ...]


def order(ideas: Mapping[str, Values], weights: Mapping[str, float]) -> list[str]:
    """Idea keys by reward, the highest first; level ideas keep the order they came in."""
    return sorted(ideas, key=lambda key: -reward(ideas[key], weights))


def stability(
    ideas: Mapping[str, Values],
    before: Mapping[str, float],
    after: Mapping[str, float],
    top: int = 10,
) -> Stability:
    """What other weights would do to the order: how many of the first stay, and who moves."""
    old, new = order(ideas, before), order(ideas, after)
    first = min(top, len(old))
    places = {key: place for place, key in enumerate(new, start=1)}
    moves = tuple(
        Move(key, place, places[key])
        for place, key in enumerate(old, start=1)
        if places[key] != place
    )
    return Stability(len({*old[:first]} & {*new[:first]}), first, moves)
