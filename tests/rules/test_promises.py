"""Promises: kept, open, soon or late, by the calendar alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.promises import SOON_DAYS, Promise, Tally, promise, tally, today

MONDAY = date(2026, 1, 12)


def stands(
    answer_by: str | None = None,
    *,
    answered: bool = False,
    review_on: str | None = None,
    done: bool = False,
) -> Promise:
    return promise(answer_by, answered=answered, review_on=review_on, done=done, day=MONDAY)


@pytest.mark.parametrize(
    ("by", "state", "days"),
    [
        (None, "none", 0),
        ("2026-01-11", "late", 1),
        ("2026-01-12", "soon", 0),
        ("2026-01-26", "soon", SOON_DAYS),
        ("2026-01-27", "open", SOON_DAYS + 1),
    ],
)
def test_an_open_promise_is_told_by_the_days_that_are_left(
    by: str | None, state: str, days: int
) -> None:
    assert (stands(by).state, stands(by).days) == (state, days)


def test_an_answer_keeps_the_promise_however_late_it_was_due() -> None:
    assert stands("2026-01-01", answered=True).state == "answered"


def test_the_next_look_is_a_promise_too() -> None:
    assert stands(answered=True, review_on="2026-02-01").due == date(2026, 2, 1)
    assert stands(answered=True, review_on="2026-01-10").is_late


def test_what_is_done_is_never_late() -> None:
    assert stands(answered=True, review_on="2026-01-10", done=True).state == "answered"


def test_a_day_ends_at_midnight() -> None:
    assert today(1_768_262_399_999) == date(2026, 1, 12)
    assert today(1_768_262_400_000) == date(2026, 1, 13)


@given(st.integers(-1000, 1000))
def test_whoever_was_promised_an_answer_waits_until_there_is_one(offset: int) -> None:
    by = (MONDAY + timedelta(days=offset)).isoformat()
    assert stands(by).waits
    assert stands(by).is_late is (offset < 0)
    assert not stands(by, answered=True).waits


def test_promises_are_counted_each_in_one_place() -> None:
    made = [
        Promise("answered"),
        Promise("late", MONDAY - timedelta(3), 3),
        Promise("late", MONDAY - timedelta(9), 9),
        Promise("open", MONDAY + timedelta(40), 40),
        Promise("soon", MONDAY + timedelta(2), 2),
    ]
    assert tally(made) == Tally(5, 1, 2, 9, MONDAY + timedelta(2))
    assert tally([]) == Tally(0, 0, 0, 0, None)


@given(
    st.lists(
        st.builds(
            promise,
            st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat),
            answered=st.booleans(),
            review_on=st.none()
            | st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(date.isoformat),
            done=st.booleans(),
            day=st.just(MONDAY),
        )
    )
)
def test_every_promise_is_answered_late_or_still_ahead(made: list[Promise]) -> None:
    found = tally(made)
    ahead = [one for one in made if one.state in {"open", "soon"}]
    assert found.promised == found.answered + found.late + len(ahead)
    assert (found.next is None) == (not ahead)
    assert (found.days > 0) == (found.late > 0)
    assert found.next is None or found.next >= MONDAY
