"""Flip weights and rank stability."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.scoring import builders
from workshop.rules.scoring.criteria import DEFAULT_WEIGHTS, RANKED
from workshop.rules.scoring.sensitivity import Move, flip_weight, order, stability, steady_range
from workshop.rules.scoring.weights import reward

values = st.fixed_dictionaries(dict.fromkeys(RANKED, builders.points))
FAIR = dict.fromkeys(RANKED, 50) | {"equity": 90}
GOOD = dict.fromkeys(RANKED, 60) | {"equity": 40}


def reweighted(criterion: str, weight: float) -> dict[str, float]:
    rest = {key: one for key, one in DEFAULT_WEIGHTS.items() if key != criterion}
    total = sum(rest.values())
    return {key: one / total * (1 - weight) for key, one in rest.items()} | {criterion: weight}


def test_the_flip_weight_of_two_ideas_worked_out_by_hand() -> None:
    # 50 (1 - w) + 90 w = 60 (1 - w) + 40 w gives w = 10 / 60.
    assert flip_weight(FAIR, GOOD, "equity", DEFAULT_WEIGHTS) == pytest.approx(1 / 6)


@given(values, values, builders.weights, st.sampled_from(RANKED))
def test_at_the_flip_weight_two_ideas_are_level(
    one: dict[str, float], other: dict[str, float], weights: dict[str, float], criterion: str
) -> None:
    weight = flip_weight(one, other, criterion, weights)
    if weight is None:
        return
    rest = {key: w for key, w in weights.items() if key != criterion}
    total = sum(rest.values())
    at = {key: w / total * (1 - weight) for key, w in rest.items()} | {criterion: weight}

    assert reward(one, at) == pytest.approx(reward(other, at), abs=1e-6)


def test_no_flip_where_one_idea_is_better_whatever_the_weight() -> None:
    better = {key: one + 5 for key, one in GOOD.items()}

    assert flip_weight(better, GOOD, "equity", DEFAULT_WEIGHTS) is None
    assert steady_range({"a": better, "b": GOOD}, "a", "equity", DEFAULT_WEIGHTS) == (0.0, 1.0)


def test_an_idea_keeps_its_place_between_two_flips() -> None:
    ideas = {
        "fair": FAIR,
        "good": GOOD,
        "even": dict.fromkeys(RANKED, 57) | {"equity": 70},
    }
    low, high = steady_range(ideas, "even", "equity", DEFAULT_WEIGHTS)

    assert 0 < low < DEFAULT_WEIGHTS["equity"] < high < 1
    here = order(ideas, DEFAULT_WEIGHTS).index("even")
    for weight, steady in ((low + 0.01, True), (high - 0.01, True), (high + 0.01, False)):
        assert (order(ideas, reweighted("equity", weight)).index("even") == here) is steady


def test_other_weights_show_who_moves_and_how_many_of_the_first_stay() -> None:
    ideas = {"fair": FAIR, "good": GOOD, "poor": dict.fromkeys(RANKED, 5)}
    outcome_only = {"outcome": 1.0}

    assert order(ideas, DEFAULT_WEIGHTS) == ["fair", "good", "poor"]
    moved = stability(ideas, DEFAULT_WEIGHTS, outcome_only, top=1)
    assert (moved.kept, moved.top) == (0, 1)
    assert moved.moves == (Move("fair", 1, 2), Move("good", 2, 1))


@given(st.dictionaries(st.text(min_size=1), values, max_size=5), builders.weights)
def test_the_same_weights_move_nobody(
    ideas: dict[str, dict[str, float]], weights: dict[str, float]
) -> None:
    scaled = {key: 3 * one for key, one in weights.items()}
    found = stability(ideas, weights, scaled)

    assert found.moves == ()
    assert found.kept == found.top == len(ideas)
