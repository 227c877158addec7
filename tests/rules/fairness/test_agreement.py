"""Agreement across groups: rates, certainty, shelves, and what sets a group apart."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.fairness.agreement import (
    SHELVES,
    SIGNIFICANT,
    Cell,
    agreement,
    certainty,
    consensus_z,
    sets_apart,
    shelf,
    support_thresholds,
)
from workshop.rules.fairness.beta import beta_tail

cells = st.integers(0, 60).flatmap(
    lambda answered: st.builds(Cell, st.integers(0, answered), st.just(answered))
)
rooms = st.dictionaries(st.sampled_from(("citizen", "staff", "partner")), cells, min_size=1)
shares = st.floats(0.01, 0.99)


def judged(**groups: tuple[int, int]) -> str:
    room = {name: Cell(*counts) for name, counts in groups.items()}
    return agreement(room, dict.fromkeys(room, 0.5)).shelf


@given(st.integers(1, 40), st.integers(1, 40), shares)
def test_the_beta_tail_is_a_binomial_sum_for_whole_parameters(a: int, b: int, x: float) -> None:
    n = a + b - 1
    exact = sum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a))
    assert beta_tail(a, b, x) == pytest.approx(exact, abs=1e-12)


@given(st.floats(0.1, 500), st.floats(0.1, 500), shares)
def test_the_two_tails_of_a_beta_make_one(a: float, b: float, x: float) -> None:
    assert beta_tail(a, b, x) + beta_tail(b, a, 1 - x) == pytest.approx(1, abs=1e-9)


def test_the_beta_tail_ends_where_the_distribution_does() -> None:
    assert (beta_tail(2, 3, -1), beta_tail(2, 3, 0), beta_tail(2, 3, 1)) == (1.0, 1.0, 0.0)
    assert beta_tail(20_001, 10_001, 0.5) == pytest.approx(1)


def test_the_product_is_exact_and_the_weakest_group_is_named() -> None:
    room = {"citizen": Cell(8, 10), "staff": Cell(1, 4), "partner": Cell(1, 4)}
    found = agreement(room, dict.fromkeys(room, 0.5))
    assert found.product == Fraction(9, 12) * Fraction(2, 6) * Fraction(2, 6)
    assert found.shown == pytest.approx((1 / 12) ** (1 / 3))
    assert found.weakest == "partner"
    assert found.rates["citizen"] == Fraction(3, 4)


def test_a_group_that_has_not_answered_counts_one_half() -> None:
    found = agreement({"citizen": Cell(0, 0)}, {"citizen": 0.5})
    assert found.product == Fraction(1, 2)
    assert found.sure["citizen"] == pytest.approx(0.5)
    assert (found.shelf, found.unsure) == ("needs more votes", ("citizen",))


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"citizen": (9, 10), "staff": (5, 6)}, "common ground"),
        ({"citizen": (9, 10), "staff": (1, 6)}, "divided"),
        ({"citizen": (1, 10), "staff": (1, 6)}, "agreed no"),
        ({"citizen": (9, 10), "staff": (3, 6)}, "one group's wish"),
        ({"citizen": (5, 10), "staff": (1, 6)}, "needs more votes"),
        ({"citizen": (9, 10), "staff": (5, 6), "partner": (2, 4)}, "needs more votes"),
        ({"citizen": (9, 10), "staff": (2, 4), "partner": (0, 5)}, "divided"),
    ],
)
def test_the_first_shelf_that_holds_is_the_idea_s(
    groups: dict[str, tuple[int, int]], expected: str
) -> None:
    assert judged(**groups) == expected


def test_certainties_at_the_edge_count_as_sure() -> None:
    assert shelf({"a": 0.8, "b": 0.8}) == "common ground"
    assert shelf({"a": 0.2, "b": 0.2}) == "agreed no"
    assert shelf({"a": 0.8, "b": 0.2}) == "divided"


@given(rooms)
def test_every_idea_lies_on_a_shelf_that_has_a_name(room: dict[str, Cell]) -> None:
    found = agreement(room, dict.fromkeys(room, 0.5))
    assert found.shelf in SHELVES
    assert 0 < found.product < 1
    assert found.rates[found.weakest] == min(found.rates.values())
    if found.shelf == "needs more votes":
        assert found.unsure


@given(cells, shares)
def test_one_more_agreement_never_lowers_the_certainty(cell: Cell, threshold: float) -> None:
    more = Cell(cell.agrees + 1, cell.answered + 1)
    assert certainty(more, threshold) >= certainty(cell, threshold) - 1e-12


def test_the_threshold_of_dots_is_the_group_s_mean_support() -> None:
    ideas = {
        1: {"citizen": Cell(5, 10), "staff": Cell(0, 4)},
        2: {"citizen": Cell(1, 10), "staff": Cell(0, 4)},
    }
    assert support_thresholds(ideas) == {"citizen": 0.3, "staff": 0.1}


def test_a_group_that_supports_nothing_or_everything_keeps_a_threshold_inside() -> None:
    ideas = {1: {"citizen": Cell(4, 4), "staff": Cell(0, 0)}}
    assert support_thresholds(ideas) == {"citizen": pytest.approx(5 / 6), "staff": 0.5}


def test_the_consensus_test_of_polis() -> None:
    assert consensus_z(Cell(9, 9)) == pytest.approx(10**0.5)
    assert consensus_z(Cell(5, 11)) == 0
    assert consensus_z(Cell(9, 9)) > SIGNIFICANT


def test_what_sets_a_group_apart_is_measured_against_everyone_else() -> None:
    told = sets_apart({"citizen": Cell(10, 12), "staff": Cell(1, 8), "partner": Cell(2, 4)})
    ratio, z = told["citizen"]
    assert ratio == pytest.approx((11 / 14) / (4 / 14))
    pooled = 15 / 26
    assert z == pytest.approx((11 / 13 - 4 / 13) / (pooled * (1 - pooled) * 2 / 13) ** 0.5)
    assert told["staff"][1] < 0


def test_where_everybody_agrees_nothing_sets_a_group_apart() -> None:
    assert sets_apart({"citizen": Cell(5, 5), "staff": Cell(3, 3)})["staff"][1] == 0
