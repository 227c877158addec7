"""The table of PERT quantiles against the exact distribution."""

from __future__ import annotations

from collections.abc import Callable
from math import comb
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.scoring import pert

PHI = NormalDist().cdf
TOLERANCE = 0.00002


def quantile(t: float, score: float) -> float:
    rows = pert.rows_for(np.array([t]))
    return float(pert.read(rows, np.array([0]), np.array([score]))[0])


def exact_chance(whole: int, place: float) -> float:
    """P(Beta(1 + whole, 5 - whole) <= place) for a whole number: a binomial sum of 5 tries."""
    return sum(
        comb(5, tries) * place**tries * (1 - place) ** (5 - tries) for tries in range(whole + 1, 6)
    )


def simpson_chance(t: float, place: float, steps: int = 8000) -> float:
    """P(Beta(1 + 4t, 5 - 4t) <= place) by Simpson's rule after place = sin(angle) ** 2."""

    def area(end: float) -> float:
        angle = np.linspace(0, np.arcsin(np.sqrt(end)), steps + 1)
        rise, fall = np.sin(angle), np.abs(np.cos(angle))
        density = rise ** (8 * t + 1) * fall ** (9 - 8 * t)
        inner = 4 * density[1:-1:2].sum() + 2 * density[2:-1:2].sum()
        return float((density[0] + inner + density[-1]) * angle[1] / 3)

    return area(place) / area(1.0)


def inverse(chance_at: Callable[[float], float], chance: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if chance_at(middle) < chance else (low, middle)
    return (low + high) / 2


@pytest.mark.parametrize("whole", range(5))
@pytest.mark.parametrize("score", [-4.9, -3, -1.2816, -0.4, 0, 0.7, 1.2816, 2.5, 4.9])
def test_the_table_gives_the_exact_quantiles_of_whole_shapes(whole: int, score: float) -> None:
    exact = inverse(lambda place: exact_chance(whole, place), PHI(score))

    assert quantile(whole / 4, score) == pytest.approx(exact, abs=TOLERANCE)


@given(st.floats(0, 1), st.floats(-4, 4))
def test_the_table_holds_between_its_rows_and_columns(t: float, score: float) -> None:
    exact = inverse(lambda place: simpson_chance(t, place), PHI(score))

    assert quantile(t, score) == pytest.approx(exact, abs=TOLERANCE)


@given(st.floats(0, 1), st.floats(-6, 6), st.floats(-6, 6))
def test_a_higher_chance_is_never_a_lower_value(t: float, one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert 0 <= quantile(t, low) <= quantile(t, high) <= 1


@given(st.floats(0, 1), st.floats(-5, 5))
def test_a_score_turned_round_is_its_mirror(t: float, score: float) -> None:
    assert quantile(t, score) == pytest.approx(1 - quantile(1 - t, -score), abs=TOLERANCE)


@pytest.mark.parametrize("t", [0, 0.1, 0.5, 0.83, 1])
def test_the_mean_and_the_variance_are_those_of_the_pert_distribution(t: float) -> None:
    scores = np.array([NormalDist().inv_cdf((n + 0.5) / 20_000) for n in range(20_000)])
    values = pert.read(pert.rows_for(np.array([t])), np.zeros(20_000, dtype=np.int64), scores)

    alpha, beta = 1 + 4 * t, 5 - 4 * t
    assert values.mean() == pytest.approx(alpha / 6, abs=TOLERANCE)
    assert values.var() == pytest.approx(alpha * beta / (36 * 7), abs=TOLERANCE)


def test_a_score_without_width_has_a_shape_all_the_same() -> None:
    flat = np.array([40.0])

    assert pert.shape(flat, flat, flat) == 0.5
