"""Few votes: intervals that cover, bands that come true, and no single winner in a band."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.fairness.simulated import TASTES, covered
from workshop.rules.fairness.certainty import (
    band,
    in_top,
    posterior_means,
    prior,
    wilson,
)

counts = st.integers(0, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_the_interval_of_a_known_case() -> None:
    assert wilson(8, 10) == pytest.approx((0.5408, 0.9314), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


@given(counts)
def test_the_interval_holds_the_share_and_stays_a_share(seen: tuple[int, int]) -> None:
    low, high = wilson(*seen)
    assert 0 <= low <= high <= 1
    if seen[1]:
        assert low <= seen[0] / seen[1] + 1e-12
        assert high >= seen[0] / seen[1] - 1e-12


@pytest.mark.parametrize("people", [12, 30, 100])
@pytest.mark.parametrize("taste", TASTES)
def test_the_interval_covers_the_truth_nine_times_in_ten(people: int, taste: str) -> None:
    assert 0.88 <= covered(people, TASTES[taste], 40_000) <= 0.93


def test_the_prior_learns_how_much_ideas_differ() -> None:
    alike = dict.fromkeys(range(10), (5, 10))
    apart = {n: (10 * (n % 2), 10) for n in range(10)}
    assert prior(alike) == (0.5, 100.0)
    assert prior(apart) == (0.5, 2.0)


def test_the_prior_stays_inside_where_nobody_or_everybody_agrees() -> None:
    assert prior({1: (0, 8)})[0] == pytest.approx(0.1)
    assert prior({1: (8, 8)})[0] == pytest.approx(0.9)
    assert prior({1: (0, 0)})[0] == 0.5
    assert prior({}) == (0.5, 100.0)


def test_few_votes_pull_towards_the_mean_so_a_late_idea_is_not_buried() -> None:
    shares = {1: (22, 40), 2: (5, 6), 3: (2, 40), 4: (16, 40), 5: (0, 0)}
    means = posterior_means(shares)
    assert sorted(means, key=lambda idea: -means[idea]) == [2, 1, 4, 5, 3]
    assert means[2] < 5 / 6
    assert wilson(*shares[2])[0] < wilson(*shares[2])[1]


def test_there_are_no_bands_without_a_choice() -> None:
    assert in_top({1: (3, 5)}, 1, seed=1) is None
    assert in_top({1: (3, 5), 2: (1, 5)}, 2, seed=1) is None


def test_the_chances_of_all_ideas_add_up_to_the_length_of_the_list() -> None:
    chances = in_top({1: (9, 10), 2: (5, 10), 3: (5, 10), 4: (1, 10)}, 2, seed=1)
    assert chances is not None
    assert sum(chances.values()) == pytest.approx(2)
    assert chances[1] > 0.8 > chances[2] > 0.2 > chances[4]
    assert chances == in_top({4: (1, 10), 2: (5, 10), 3: (5, 10), 1: (9, 10)}, 2, seed=1)


@pytest.mark.parametrize(("chance", "name"), [(0.8, "in"), (0.79, "contested"), (0.2, "contested")])
def test_bands_begin_where_they_say(chance: float, name: str) -> None:
    assert band(chance) == name
    assert band(0.19) == "out"
