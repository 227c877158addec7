"""Hidden gems: why an idea is protected, and that coming late is no disadvantage."""

from __future__ import annotations

import pytest

from tests.rules.fairness.simulated import evenings
from workshop.rules.fairness.gems import REASONS, Prospect, line, reasons


def why(
    supporters: int = 1, seen: int = 20, sure: float = 0.5, reward: float | None = None
) -> tuple[str, ...]:
    idea = Prospect(supporters, seen, {"citizen": 0.1, "staff": sure}, reward)
    return reasons(idea, cut=0.6, room=30, least_reward=50)


def test_an_idea_that_was_seen_and_not_wanted_goes_out() -> None:
    assert why() == ()


@pytest.mark.parametrize(
    ("idea", "reason"),
    [
        (why(seen=5, supporters=0), "too_few_saw_it"),
        (why(supporters=9), "still_in_reach"),
        (why(sure=0.8), "one_group"),
        (why(reward=51), "high_reward"),
    ],
)
def test_each_reason_alone_protects_an_idea(idea: tuple[str, ...], reason: str) -> None:
    assert idea == (reason,)
    assert REASONS[reason]


def test_reasons_end_where_they_say() -> None:
    assert why(seen=6, supporters=0) == ()
    assert why(reward=50) == ()
    assert why(sure=0.79) == ()


def test_the_line_is_the_share_of_the_last_idea_above_the_cut() -> None:
    shares = {1: (8, 10), 2: (3, 4), 3: (1, 10), 4: (0, 0)}
    assert line(shares, 2) == 0.75
    assert line(shares, 4) == 0.0


def test_a_good_idea_posted_in_the_last_minutes_survives_as_often_as_one_posted_first() -> None:
    nights = 60
    first, late = evenings(nights, late=False), evenings(nights, late=True)
    # Two standard errors of a difference of two shares near 0.97, and near 0.8 for the list.
    assert abs(first.survived - late.survived) / nights <= 2 * (2 * 0.97 * 0.03 / nights) ** 0.5
    assert abs(first.listed - late.listed) / nights <= 2 * (2 * 0.8 * 0.2 / nights) ** 0.5
    assert late.too_few == 0
