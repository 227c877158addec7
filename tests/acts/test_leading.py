"""What a partner may do for an item that they lead, and what stays a leader's."""

from __future__ import annotations

from typing import Any

import pytest

from tests.revealed import Revealed, revealed
from workshop.acts import decisions, guests, stages, trials
from workshop.reads.backlog import backlog
from workshop.reads.item_card import ItemCard
from workshop.reads.items import ItemPage, item_page
from workshop.rules.refusals import Refused
from workshop.storage.store import Store

PILOT = {
    "kind": "pilot",
    "place": "Quay Pharmacy",
    "who": "20 people",
    "works_if": "15 of 20 come back",
    "stop_if": "Somebody gets the wrong box",
    "begins_on": "2020-01-01",
    "ends_on": "2030-01-01",
}
CAME = {"outcome": "stopped", "happened": "Two got the wrong box.", "learned": "Check names."}


@pytest.fixture
def room(store: Store) -> Revealed:
    return revealed(store)


@pytest.fixture
def item(room: Revealed) -> int:
    return room.promotes()


def partner(room: Revealed, name: str = "Quay Pharmacy") -> int:
    given = {"kind": "partner", "name": name, "token": f"token of {name}"}
    number: int = room.do(guests.make_guest, **given).answer["guest"]
    return number


def answered(room: Revealed, item: int, *, agree: bool) -> None:
    said = {"account_id": room.leader, "reason": "They know people."}
    room.do(guests.answer_lead, item_id=item, adoption_id=1, agree=agree, **said)


def leading(room: Revealed, item: int) -> int:
    """A partner who leads the item."""
    quay = partner(room)
    room.do(guests.ask_to_lead, item_id=item, guest_id=quay, why="We open until eight.")
    answered(room, item, agree=True)
    return quay


def decided(room: Revealed, item: int, answer: str = "test") -> None:
    said = {"answer": answer, "reason": "Many want it."}
    room.do(decisions.decide, item_id=item, account_id=room.leader, **said)


def page(room: Revealed, item: int) -> ItemPage:
    now = room.told.clock()
    with room.told.stage.store.read() as db:
        found = item_page(db, backlog(db, now=now), item, now=now)
    assert found is not None
    return found


def card(room: Revealed, item: int) -> ItemCard:
    return page(room, item).card


def test_whoever_leads_plans_the_pilot_begins_it_and_tells_what_came_of_it(
    room: Revealed, item: int
) -> None:
    own: dict[str, Any] = {"item_id": item, "guest_id": leading(room, item)}
    decided(room, item)
    room.do(trials.plan_trial, **own, **PILOT)
    room.do(stages.move_stage, **own, to="pilot", reason="The shelves are up.")
    room.do(decisions.report_outcome, **own, text="We have begun.", done=False)
    (pilot,) = card(room, item).trials
    room.do(trials.end_trial, **own, trial_id=pilot.id, **CAME)
    seen = page(room, item)
    (ended,) = seen.card.trials
    assert (ended.outcome, ended.planned_by, ended.told_by) == (
        "stopped",
        "Quay Pharmacy",
        "Quay Pharmacy",
    )
    assert [(one.text, one.by) for one in seen.news] == [("We have begun.", "Quay Pharmacy")]
    assert seen.card.stage == "pilot"
    assert [one.moved.by for one in seen.history if one.moved] == ["Quay Pharmacy"]


def test_what_the_desk_says_bears_no_partners_name(room: Revealed, item: int) -> None:
    leading(room, item)
    decided(room, item)
    room.do(trials.plan_trial, item_id=item, **PILOT)
    room.do(decisions.report_outcome, item_id=item, text="We ask around.", done=False)
    seen = page(room, item)
    assert (seen.card.trials[0].planned_by, seen.news[0].by) == ("", "")


@pytest.mark.parametrize("who", ["ended", "asked", "other"])
def test_whoever_does_not_lead_says_nothing_for_an_item(
    room: Revealed, item: int, who: str
) -> None:
    quay = partner(room) if who == "asked" else leading(room, item)
    if who == "asked":
        room.do(guests.ask_to_lead, item_id=item, guest_id=quay, why="We would.")
    if who == "ended":
        answered(room, item, agree=False)
    if who == "other":
        quay = partner(room, "Mind")
    decided(room, item)
    room.do(trials.plan_trial, item_id=item, **PILOT)
    before = page(room, item)
    own: dict[str, Any] = {"item_id": item, "guest_id": quay}
    trial = before.card.trials[0].id
    for act, more in (
        (trials.plan_trial, PILOT),
        (trials.end_trial, {"trial_id": trial, **CAME}),
        (stages.move_stage, {"to": "pilot", "reason": "Now."}),
        (decisions.report_outcome, {"text": "Done.", "done": True}),
    ):
        with pytest.raises(Refused, match="lead_over"):
            room.do(act, **own, **more)
    assert page(room, item) == before


@pytest.mark.parametrize("to", ["adopted", "parked", "stopped", "assessed"])
def test_a_partner_adopts_parks_and_stops_nothing(room: Revealed, item: int, to: str) -> None:
    own: dict[str, Any] = {"item_id": item, "guest_id": leading(room, item)}
    decided(room, item)
    with pytest.raises(Refused, match="leaders_decide"):
        room.do(stages.move_stage, **own, to=to, reason="We would.", review_on="2031-01-01")


def test_a_partner_opens_nothing_again_that_a_leader_has_ended(room: Revealed, item: int) -> None:
    own: dict[str, Any] = {"item_id": item, "guest_id": leading(room, item)}
    room.do(trials.plan_trial, **own, **PILOT)
    decided(room, item, "no")
    with pytest.raises(Refused, match="leaders_decide"):
        room.do(stages.move_stage, **own, to="pilot", reason="We go on.")


def test_a_partner_plans_before_a_pilot_begins(room: Revealed, item: int) -> None:
    own: dict[str, Any] = {"item_id": item, "guest_id": leading(room, item)}
    with pytest.raises(Refused, match="pilot_first"):
        room.do(stages.move_stage, **own, to="pilot", reason="We begin.")
    room.do(trials.plan_trial, **own, **PILOT)
    with pytest.raises(Refused, match="pilot_begun"):
        room.do(trials.plan_trial, **own, **{**PILOT, "works_if": "Somebody comes"})
    with pytest.raises(Refused, match="answer_first"):
        room.do(decisions.report_outcome, **own, text="It goes well.", done=False)


def test_what_a_partner_has_done_is_told_and_a_leader_still_adopts(
    room: Revealed, item: int
) -> None:
    own: dict[str, Any] = {"item_id": item, "guest_id": leading(room, item)}
    decided(room, item, "yes")
    room.do(decisions.report_outcome, **own, text="Everybody gets a box now.", done=True)
    seen = card(room, item)
    assert (seen.is_done, seen.stage) == (True, "pilot")


def test_nobody_moves_an_item_without_saying_who_they_are(room: Revealed, item: int) -> None:
    leading(room, item)
    room.do(trials.plan_trial, item_id=item, **PILOT)
    with pytest.raises(Refused, match="not_allowed"):
        room.do(stages.move_stage, item_id=item, to="pilot", reason="Now.")
