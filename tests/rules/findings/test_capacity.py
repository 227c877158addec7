"""What fits into so many person-months, in two ways, and what each way says of the other."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.rules.fairness.plain import Key
from workshop.rules.findings.capacity import MOST_MONTHS, Cast, capacity_of, exact, fit, worth
from workshop.rules.refusals import Refused
from workshop.rules.voting import RoundRule

IDEAS = range(6)
costs = st.lists(
    st.integers(0, 80).map(lambda tenths: Fraction(tenths, 10)), min_size=6, max_size=6
)
ballots = st.lists(
    st.tuples(
        st.sampled_from(["citizen", "staff"]),
        st.dictionaries(st.sampled_from(list(IDEAS)), st.integers(1, 3).map(Fraction), max_size=4),
    ),
    max_size=12,
)


def priced(found: list[Fraction]) -> dict[Key, Fraction]:
    return dict(enumerate(found))


@settings(deadline=None, max_examples=60)
@given(ballots, costs, st.integers(1, 300).map(lambda tenths: Fraction(tenths, 10)))
def test_neither_way_ever_costs_more_than_there_is(
    cast: list[Cast], found: list[Fraction], capacity: Fraction
) -> None:
    price = priced(found)
    made = fit(cast, price, capacity)

    for way in (made.plain, made.fair):
        assert way.months == sum(price[key] for key in way.chosen) <= capacity
        assert len(set(way.chosen)) == len(way.chosen)
        assert all(made.supporters[key] for key in way.chosen), "nobody’s idea is never chosen"
        missed, everybody = way.left_out["all"]
        assert 0 <= missed <= everybody == len(cast)
    assert made.reasons.keys() == set(made.plain.chosen) ^ set(made.fair.chosen)


@settings(deadline=None, max_examples=30)
@given(ballots, costs)
def test_with_room_for_everything_both_ways_choose_all_that_anybody_wants(
    cast: list[Cast], found: list[Fraction]
) -> None:
    made = fit(cast, priced(found), Fraction(1000))
    wanted = {key for _, wish in cast for key in wish}

    assert set(made.plain.chosen) == wanted
    assert made.same


def test_equal_shares_leave_something_to_the_few() -> None:
    # Seven people want two ideas and five a third one; there is room for two of the three.
    many: list[Cast] = [("citizen", {1: Fraction(1), 2: Fraction(1)})] * 7
    many.append(("citizen", {1: Fraction(1)}))
    few: list[Cast] = [("staff", {3: Fraction(1)})] * 5
    price: dict[Key, Fraction] = {1: Fraction(4), 2: Fraction(4), 3: Fraction(4)}
    made = fit([*many, *few], price, Fraction(9))

    assert made.plain.chosen == (1, 2)
    assert set(made.fair.chosen) == {1, 3}
    assert made.plain.left_out["all"] == [5, 13]
    assert made.fair.left_out["all"] == [0, 13]
    assert made.reasons[3] == (5, 0), "five had nothing before"
    assert made.reasons[2] == (7, 7), "those who wanted it have another one"


def test_support_counts_people_and_not_marks() -> None:
    one: Cast = ("citizen", {1: Fraction(9)})
    other: Cast = ("citizen", {2: Fraction(1)})
    cast = [one, other, other]
    made = fit(cast, {1: Fraction(1), 2: Fraction(1)}, Fraction(1))
    assert made.plain.chosen == (2,)


def test_a_yes_is_worth_what_the_idea_costs_and_marks_count_as_given() -> None:
    price: dict[Key, Fraction] = {1: Fraction(7, 2), 2: Fraction(0)}
    wish = {1: 1, 2: 1, 9: 1}
    assert worth(RoundRule("approval"), wish, price) == {1: Fraction(7, 2), 2: Fraction(1)}
    assert worth(RoundRule("dots"), {1: 3}, price) == {1: Fraction(3)}


@pytest.mark.parametrize(
    ("typed", "read"),
    [("20", Fraction(20)), (" 4,5 ", Fraction(9, 2)), ("0.1", Fraction(1, 10)), ("1e2", 100)],
)
def test_months_are_read_as_people_type_them(typed: str, read: Fraction) -> None:
    assert capacity_of(typed) == read


@pytest.mark.parametrize("typed", ["", "many", "0", "-3", "nan", "inf", str(MOST_MONTHS + 1)])
def test_what_is_no_number_of_months_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        capacity_of(typed)
    assert refused.value.code == "bad_capacity"


def test_tenths_add_up() -> None:
    assert sum(exact(0.1) for _ in range(10)) == 1
