"""From which day people are asked, and which counts of their answers may be shown."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from workshop.rules.fairness.folding import OTHERS, SMALLEST_GROUP
from workshop.rules.pledges import OUTCOMES, asks, by_group
from workshop.rules.roles import VOICES

TALLY = st.dictionaries(
    st.tuples(st.sampled_from(VOICES), st.sampled_from(sorted(OUTCOMES))), st.integers(1, 9)
)
PEOPLE = st.fixed_dictionaries({group: st.integers(0, 9) for group in VOICES})


@given(st.dates(date(2020, 1, 2), date(2090, 1, 1)))
def test_people_are_asked_from_the_day_on(day: date) -> None:
    assert asks(day.isoformat(), day)
    assert asks(day.isoformat(), day + timedelta(days=400))
    assert not asks(day.isoformat(), day - timedelta(days=1))
    assert not asks(None, day)


@given(TALLY, PEOPLE)
@example(
    {("citizen", "not_yet"): 1, ("partner", "not_yet"): 5}, {"citizen": 0, "staff": 0, "partner": 5}
)
def test_no_group_is_told_by_fewer_than_five(
    tally: dict[tuple[str, str], int], people: dict[str, int]
) -> None:
    shown = by_group(tally, people)
    for kept in shown:
        assert kept.answers >= SMALLEST_GROUP
        if kept.group != OTHERS:
            assert people[kept.group] >= SMALLEST_GROUP
    if shown:
        assert sum(kept.answers for kept in shown) == sum(tally.values())
