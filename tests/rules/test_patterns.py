"""What looks as if one person had many votes is found, and whoever only sits together is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.patterns import (
    KINDS,
    Arrival,
    arrivals_together,
    ballots_alike,
    mark_of,
)

NINE = 1_790_000_000_000
Ballots = dict[int, tuple[tuple[int, int], ...]]


def comes(
    people: int, every_ms: int, *, first: int = 1, place: str = "", device: str = "", at: int = 0
) -> list[Arrival]:
    return [Arrival(first + n, NINE + at + n * every_ms, place, device) for n in range(people)]


def found(arrivals: list[Arrival], venue: str = "") -> list[tuple[str, int, int]]:
    return [(one.kind, len(one.seats), one.seconds) for one in arrivals_together(arrivals, venue)]


def test_twelve_seats_from_one_place_within_eight_seconds_are_told() -> None:
    assert found(comes(12, 700, place="a")) == [("place", 12, 8)]
    assert found(comes(7, 100, place="a")) == []
    assert found(comes(12, 5_000, place="a")) == []


def test_a_burst_is_told_once_however_long_it_goes_on() -> None:
    assert found(comes(200, 1_000, place="a")) == [("place", 200, 199)]


def test_the_place_where_the_room_was_opened_is_no_pattern() -> None:
    assert found(comes(200, 50, place="hall"), venue="hall") == []


def test_nor_is_a_place_to_which_people_keep_coming() -> None:
    before = [
        one for n in range(3) for one in comes(2, 10, first=50 + n, place="a", at=-60_000 * (n + 2))
    ]
    assert found([*before, *comes(12, 500, place="a")]) == []
    assert found([*before[:4], *comes(12, 500, place="a")]) == [("place", 12, 6)]


def test_three_seats_from_one_browser_are_told_and_not_a_second_time_for_their_place() -> None:
    assert found(comes(3, 9_000, place="a", device="d")) == [("device", 3, 18)]
    assert found(comes(2, 100, device="d")) == []
    assert found(comes(12, 100, place="a", device="d")) == [("device", 12, 2)]


def test_seats_of_which_nobody_knows_where_they_came_from_are_no_pattern() -> None:
    assert found(comes(40, 10)) == []


def alike(arrivals: list[Arrival], ballots: Ballots) -> list[tuple[str, int]]:
    return [(one.kind, len(one.seats)) for one in ballots_alike(arrivals, ballots)]


def test_the_same_unusual_ballot_from_people_who_came_together_is_told() -> None:
    came = [*comes(6, 2_000, place="a"), *comes(30, 20_000, first=100, at=600_000)]
    ballots: Ballots = {one.seat: ((one.seat % 7, 2), (one.seat % 5 + 9, 1)) for one in came}
    ballots |= dict.fromkeys(range(1, 7), ((3, 3), (4, 2)))
    assert alike(came, ballots) == [("alike", 6)]
    assert alike(came, {**ballots, 1: ((3, 2), (4, 2)), 2: ((3, 1),)}) == []


def test_a_popular_ballot_is_no_pattern_and_nor_is_a_room_of_one_mind() -> None:
    came = comes(30, 1_000)
    every_second: Ballots = {one.seat: ((one.seat % 2, 1),) for one in came}
    assert alike(came, every_second) == []
    assert alike(came, dict.fromkeys(every_second, ((1, 1),))) == []
    assert alike(came, dict.fromkeys(every_second, ())) == []


def test_a_mark_cannot_be_read_and_is_another_one_in_another_room() -> None:
    mark = mark_of("key", "place", "203.0.113.9")
    assert mark == mark_of("key", "place", "203.0.113.9")
    assert len({mark, mark_of("other", "place", "203.0.113.9"), mark_of("key", "place", "x")}) == 3
    assert "203" not in mark
    assert mark_of("", "place", "203.0.113.9") == mark_of("key", "place", "") == ""


def test_one_household_has_one_network_and_thousands_of_addresses() -> None:
    home = mark_of("key", "place", "2001:db8:1:2::1")
    assert home == mark_of("key", "place", "2001:db8:1:2:aaaa::9")
    assert home != mark_of("key", "place", "2001:db8:1:3::1")


anybody = st.builds(
    Arrival,
    st.integers(1, 60),
    st.integers(NINE, NINE + 120_000),
    st.sampled_from(("", "a", "b")),
    st.sampled_from(("", "d", "e")),
)


@pytest.mark.parametrize("venue", ["", "a"])
@given(st.lists(anybody, max_size=40, unique_by=lambda one: one.seat))
def test_any_arrivals_give_patterns_of_their_own_seats_in_any_order(
    venue: str, arrivals: list[Arrival]
) -> None:
    told = arrivals_together(arrivals, venue)
    assert {one.kind for one in told} <= set(KINDS)
    assert all(one.seats <= {each.seat for each in arrivals} for one in told)
    assert len({one.key for one in told}) == len(told)
    again = arrivals_together(arrivals[::-1], venue)
    assert {one.key for one in again} == {one.key for one in told}
