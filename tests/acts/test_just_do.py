"""Leaders set the lines, staff change something, tell how it went, and are stopped with reasons."""

from __future__ import annotations

from typing import Any

import pytest

from tests.revealed import Revealed, revealed
from tests.story import Person
from workshop.acts import erasing, guests, just_do, programmes
from workshop.acts.offers import Giver
from workshop.reads import just_do as reading
from workshop.reads.just_do import SmallChangeCard
from workshop.rules.refusals import Refused
from workshop.storage.store import Store

LINES: dict[str, Any] = {
    "kinds": ["words"],
    "money": 50,
    "days": 7,
    "people": 40,
    "never": "Medicine",
}
RIGHT = {"money": "yes", "days": "yes", "people": "yes", "harm": "no", "never_0": "no"}
CHANGE = {"kind": "words", "text": "One letter, not three.", "answers": RIGHT}


@pytest.fixture
def room(store: Store) -> Revealed:
    """A room in a programme, with lines."""
    found = revealed(store)
    own: dict[str, Any] = {"account_id": found.told.facilitator}
    stage = found.told.stage
    made = stage.perform(programmes.make_programme, **own, title="Checks", service="Checks")
    found.do(programmes.put_in_programme, **own, programme_id=made.answer["programme"])
    stage.perform(just_do.set_lines, account_id=found.leader, programme_id=1, **LINES)
    return found


def giver(person: Person) -> Giver:
    return {"seat_id": person.seat, "receipt": person.receipt, "guest_id": 0}


def staff(room: Revealed) -> list[Person]:
    return [one for one in room.told.people if one.group == "staff"]


def starts(room: Revealed, who: Giver, **given: Any) -> int:
    number: int = room.do(just_do.start_change, giver=who, **{**CHANGE, **given}).answer["change"]
    return number


def changes(room: Revealed) -> tuple[SmallChangeCard, ...]:
    with room.told.stage.store.read() as db:
        return reading.of_room(db, room.told.workshop)


def test_staff_change_something_and_tell_how_it_went(room: Revealed) -> None:
    nurse = giver(staff(room)[0])
    number = starts(room, nurse)
    assert [one.state for one in changes(room)] == ["trying"]
    told = {"change_id": number, "outcome": "keep", "happened": "Fewer calls."}
    room.do(just_do.tell_change, giver=nurse, **told)
    (one,) = changes(room)
    assert (one.state, one.outcome, one.happened) == ("told", "keep", "Fewer calls.")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"answers": {**RIGHT, "money": "no"}}, "outside_lines"),
        ({"answers": {**RIGHT, "never_0": "yes"}}, "outside_lines"),
        ({"kind": "times"}, "outside_lines"),
        ({"answers": {}}, "missing_answers"),
        ({"text": ""}, "empty"),
    ],
)
def test_what_is_outside_the_lines_does_not_begin(
    room: Revealed, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        starts(room, giver(staff(room)[0]), **given)
    assert changes(room) == ()


def test_only_staff_and_only_where_leaders_have_set_lines(room: Revealed) -> None:
    citizen = next(one for one in room.told.people if one.group == "citizen")
    with pytest.raises(Refused, match="staff_only"):
        starts(room, giver(citizen))
    own = {"account_id": room.told.facilitator, "programme_id": None}
    room.do(programmes.put_in_programme, **own)
    with pytest.raises(Refused, match="no_lines"):
        starts(room, giver(staff(room)[0]))


def test_a_team_comes_by_a_link_and_a_partner_does_not(room: Revealed) -> None:
    numbers = {}
    for kind in ("staff", "partner"):
        made = room.do(guests.make_guest, kind=kind, name=kind, token=f"token of {kind}")
        numbers[kind] = made.answer["guest"]
    starts(room, {"seat_id": 0, "receipt": "", "guest_id": numbers["staff"]})
    with pytest.raises(Refused, match="staff_only"):
        starts(room, {"seat_id": 0, "receipt": "", "guest_id": numbers["partner"]})


def test_a_leader_stops_a_change_with_a_reason_and_nobody_else_does(room: Revealed) -> None:
    nurse = giver(staff(room)[0])
    number = starts(room, nurse)
    stop = {"change_id": number, "account_id": room.leader, "reason": "The law asks for three."}
    for given, code in (
        ({"account_id": room.told.facilitator}, "not_allowed"),
        ({"reason": ""}, "empty"),
        ({"change_id": 999}, "not_found"),
    ):
        with pytest.raises(Refused, match=code):
            room.do(just_do.stop_change, **{**stop, **given})
    room.do(just_do.stop_change, **stop)
    assert [(one.state, one.reason) for one in changes(room)] == [
        ("stopped", "The law asks for three.")
    ]
    told = {"change_id": number, "outcome": "keep", "happened": "It went well."}
    with pytest.raises(Refused, match="change_stopped"):
        room.do(just_do.tell_change, giver=nurse, **told)


def test_nobody_tells_of_somebody_elses_change(room: Revealed) -> None:
    first, second = staff(room)[:2]
    told = {"change_id": starts(room, giver(first)), "outcome": "drop", "happened": "No."}
    with pytest.raises(Refused, match="not_found"):
        room.do(just_do.tell_change, giver=giver(second), **told)


def test_so_many_at_once_and_no_more(room: Revealed) -> None:
    nurse = giver(staff(room)[0])
    for _ in range(5):
        starts(room, nurse)
    with pytest.raises(Refused, match="many_trying"):
        starts(room, nurse)


def test_only_a_leader_sets_lines(room: Revealed) -> None:
    stage = room.told.stage
    with pytest.raises(Refused, match="not_allowed"):
        stage.perform(just_do.set_lines, account_id=room.told.facilitator, programme_id=1, **LINES)
    with pytest.raises(Refused, match="not_found"):
        stage.perform(just_do.set_lines, account_id=room.leader, programme_id=99, **LINES)


def test_rubbing_out_takes_small_changes_along(room: Revealed) -> None:
    first, second = staff(room)[:2]
    starts(room, giver(first), text="CANARY")
    starts(room, giver(second))
    room.do(erasing.rub_out, seat_id=first.seat, receipt=first.receipt)
    assert [one.text for one in changes(room)] == ["One letter, not three."]
