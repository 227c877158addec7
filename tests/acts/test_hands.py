"""Raised hands as a queue without names, and a nudge that nobody is named by."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.story import Story, story
from workshop.acts import hands, running, seats
from workshop.reads import identity
from workshop.reads.hands import hands as hands_of
from workshop.rules.refusals import Refused
from workshop.storage.store import Store


def _queue(told: Story) -> list[int]:
    with told.stage.store.read() as db:
        return [hand.seat_id for hand in hands_of(db, told.room()).queue]


def _raises(told: Story, person: int, *, up: bool = True) -> None:
    told.do(hands.raise_hand, seat_id=told.people[person].seat, is_raised=up)


def test_hands_wait_in_the_order_in_which_they_went_up(store: Store) -> None:
    told = story(store)
    for person in (2, 0, 1):
        _raises(told, person)
        told.clock.pass_minutes(1)
    _raises(told, 2)  # Waving again loses nobody their place.
    assert _queue(told) == [told.people[person].seat for person in (2, 0, 1)]
    told.do(hands.lower_hands, seat_id=told.people[0].seat)
    assert _queue(told) == [told.people[person].seat for person in (2, 1)]
    _raises(told, 2, up=False)
    told.do(hands.lower_hands)
    assert _queue(told) == []


@pytest.fixture
def table(sqlite_store: Store) -> Story:
    return story(sqlite_store, people=4)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(waves=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=12))
def test_the_queue_holds_exactly_the_hands_that_are_up(
    table: Story, waves: list[tuple[int, bool]]
) -> None:
    table.do(hands.lower_hands)
    wanted: list[int] = []
    for person, up in waves:
        table.clock.pass_minutes(1)
        _raises(table, person, up=up)
        if up and person not in wanted:
            wanted.append(person)
        elif not up and person in wanted:
            wanted.remove(person)
    assert _queue(table) == [table.people[person].seat for person in wanted]


def test_the_sign_changes_with_the_hands_and_with_nothing_else(store: Store) -> None:
    told = story(store)
    with told.stage.store.read() as db:
        before = hands_of(db, told.room()).sign
    _raises(told, 0)
    with told.stage.store.read() as db:
        up = hands_of(db, told.room()).sign
    _raises(told, 1)
    told.do(hands.lower_hands, seat_id=told.people[1].seat)
    with told.stage.store.read() as db:
        assert hands_of(db, told.room()).sign == up != before


def test_only_ones_own_phone_is_told_that_ones_hand_is_up(store: Store) -> None:
    told = story(store)
    _raises(told, 0)
    with told.stage.store.read() as db:
        found = [identity.seat(db, told.workshop, person.receipt) for person in told.people]
    assert [seat.hand for seat in found if seat] == [True, False, False]


def test_whoever_was_asked_to_leave_has_no_hand_up(store: Store) -> None:
    told = story(store)
    _raises(told, 0)
    told.do(seats.remove_seat, seat_id=told.people[0].seat)
    assert _queue(told) == []
    with pytest.raises(Refused, match="removed"):
        _raises(told, 0)


def test_hands_come_down_when_the_meeting_ends(store: Store) -> None:
    told = story(store)
    _raises(told, 0)
    told.do(running.finish)
    assert _queue(told) == []
    with pytest.raises(Refused, match="finished"):
        _raises(told, 1)


def test_a_nudge_is_for_those_who_have_not_taken_part_and_rests_two_minutes(store: Store) -> None:
    told = story(store, people=2, problems=0, ideas=0)
    told.posts(told.people[0], "problem", "We wait for pills")
    told.do(hands.nudge)
    assert told.room().nudged_at == told.clock.now
    told.clock.pass_minutes(1.9)
    with pytest.raises(Refused, match="nudged_lately"):
        told.do(hands.nudge)
    told.clock.pass_minutes(0.1)
    told.do(hands.nudge)
    told.posts(told.people[1], "problem", "So do I")
    told.clock.pass_minutes(2)
    with pytest.raises(Refused, match="nobody_left"):
        told.do(hands.nudge)


def test_a_nudge_is_forgotten_when_the_room_moves_on_and_needs_something_to_do(
    store: Store,
) -> None:
    told = story(store)
    told.clock.pass_minutes(5)
    told.do(hands.nudge)
    told.moves_to("ideas")
    assert told.room().nudged_at is None
    told.moves_to("results")
    with pytest.raises(Refused, match="step_quiet"):
        told.do(hands.nudge)
