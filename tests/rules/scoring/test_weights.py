"""Weights: only their proportions count, savings never do, and bad ones get a sentence."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.scoring import builders
from workshop.rules.refusals import Refused
from workshop.rules.scoring.criteria import (
    ANCHOR_POINTS,
    CRITERIA,
    DEFAULT_WEIGHTS,
    RANKED,
)
from workshop.rules.scoring.weights import from_order, from_swings, normalised, reward

values = st.fixed_dictionaries(dict.fromkeys(CRITERIA, builders.points))


def test_the_default_weights_are_those_of_the_methods() -> None:
    assert list(DEFAULT_WEIGHTS.items()) == [
        ("outcome", 0.3),
        ("equity", 0.2),
        ("empowerment", 0.2),
        ("staff", 0.15),
        ("learning", 0.15),
    ]
    assert math.isclose(sum(DEFAULT_WEIGHTS.values()), 1)


def test_every_point_of_every_criterion_has_its_own_words() -> None:
    for criterion in CRITERIA.values():
        assert len(set(criterion.anchors)) == len(ANCHOR_POINTS)


@given(values, builders.weights, st.sampled_from((0.001, 0.3, 3, 7, 1e6)))
def test_weights_scaled_by_a_constant_change_nothing_at_all(
    value: dict[str, float], weight: dict[str, float], scale: float
) -> None:
    scaled = {key: one * scale for key, one in weight.items()}

    assert normalised(scaled) == normalised(weight)
    assert reward(value, scaled) == reward(value, weight)


@given(values, builders.weights, builders.points)
def test_savings_never_move_the_reward(
    value: dict[str, float], weight: dict[str, float], other: int
) -> None:
    assert reward({**value, "savings": other}, weight) == reward(value, weight)


@given(values, builders.weights)
def test_the_reward_lies_between_the_worst_and_the_best_value(
    value: dict[str, float], weight: dict[str, float]
) -> None:
    asked = [value[key] for key in RANKED]

    assert min(asked) - 1e-6 <= reward(value, weight) <= max(asked) + 1e-6


def test_savings_cannot_be_given_a_weight() -> None:
    with pytest.raises(Refused) as no:
        normalised({**DEFAULT_WEIGHTS, "savings": 0.1})
    assert no.value.code == "savings_never_rank"


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ({}, "weights_zero"),
        ({"outcome": 0, "equity": 0}, "weights_zero"),
        ({"outcome": -1, "equity": 2}, "bad_weight"),
        ({"outcome": math.nan}, "bad_weight"),
        ({"outcome": math.inf}, "bad_weight"),
        ({"outcome": True}, "bad_weight"),
        ({"outcome": 1, "beauty": 1}, "unknown_criterion"),
    ],
)
def test_weights_that_cannot_be_used_get_their_own_sentence(
    weights: dict[str, float], code: str
) -> None:
    with pytest.raises(Refused) as no:
        normalised(weights)
    assert no.value.code == code


def test_huge_and_tiny_weights_stay_in_range() -> None:
    assert normalised({"outcome": 1e308, "equity": 1e308}) == {"outcome": 0.5, "equity": 0.5}
    assert normalised({"outcome": 1.0, "equity": 1e-300}) == {"outcome": 1.0}


def test_a_weighted_criterion_without_a_value_is_not_taken_for_zero() -> None:
    with pytest.raises(Refused) as no:
        reward({"outcome": 80}, DEFAULT_WEIGHTS)
    assert no.value.code == "missing_scores"


def test_an_answer_to_a_question_since_taken_out_changes_nothing() -> None:
    assert reward({"outcome": 80, "charm": 3}, {"outcome": 1}) == 80


def test_swing_points_become_shares_of_all_points() -> None:
    assert from_swings({"outcome": 100, "equity": 60, "staff": 40}) == {
        "outcome": 0.5,
        "equity": 0.3,
        "staff": 0.2,
    }
    with pytest.raises(Refused):
        from_swings({"outcome": 101})


def test_rank_order_centroid_gives_the_published_weights_of_three() -> None:
    given = from_order(["staff", "outcome", "equity"])
    assert list(given) == ["outcome", "equity", "staff"]
    assert list(given.values()) == pytest.approx([5 / 18, 2 / 18, 11 / 18])
