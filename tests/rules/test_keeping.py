"""When words go by themselves, and that a promised day only comes closer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.keeping import DAY_MS, DEFAULT, PERIODS, chosen, ends, is_over
from workshop.rules.refusals import Refused

TIMES = st.integers(0, 4_000_000_000_000)
DAYS = st.sampled_from(sorted(PERIODS))


@given(DAYS, TIMES, TIMES)
def test_words_go_on_their_day_and_not_a_moment_before(days: int, finished: int, last: int) -> None:
    end = ends(days, finished)
    assert end == finished + days * DAY_MS
    assert not is_over(days, finished_at=finished, last_at=last, now=end - 1)
    assert is_over(days, finished_at=finished, last_at=last, now=end)


@given(DAYS, TIMES)
def test_a_workshop_that_nobody_ended_counts_from_what_happened_last(days: int, last: int) -> None:
    assert not is_over(days, finished_at=None, last_at=last, now=last + days * DAY_MS - 1)
    assert is_over(days, finished_at=None, last_at=last, now=last + days * DAY_MS)


@given(TIMES)
def test_without_a_period_nothing_goes(now: int) -> None:
    assert not is_over(None, finished_at=0, last_at=0, now=now)


@given(DAYS, DAYS | st.none())
def test_once_people_were_told_a_day_it_only_comes_closer(days: int, before: int | None) -> None:
    assert chosen(days, before, told=False) == days
    if before is not None and days > before:
        with pytest.raises(Refused, match="keep_longer"):
            chosen(days, before, told=True)
    else:
        assert chosen(days, before, told=True) == days


def test_only_listed_periods_may_be_chosen() -> None:
    assert DEFAULT in PERIODS
    with pytest.raises(Refused, match="unknown_choice"):
        chosen(7, None, told=False)
