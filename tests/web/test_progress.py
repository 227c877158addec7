"""An item goes on, through the real pages: stages, tests, pilots, evidence, talk, the public."""

from __future__ import annotations

import pytest

from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel
from workshop.acts import talking
from workshop.rules.trials import TRIAL_OUTCOMES, TRIED

__all__ = ["desk"]

TEST = {"what": "Ring ten people", "who": "Tomasz", "ends_on": "2026-10-01"}
PILOT = {
    "place": "Elm Road",
    "who": "40 people",
    "works_if": "7 in 10 come",
    "stop_if": "Eyes wait 6 weeks",
    "begins_on": "2026-10-01",
    "ends_on": "2026-12-01",
}
CAME = {"outcome": "failed", "happened": "Three came.", "learned": "Mornings don’t suit."}


@pytest.fixture
def here(desk: Desk) -> Panel:
    return panel(desk)


def goes(here: Panel, ending: str, **data: str) -> tuple[int, str]:
    answer = here.leader.post(f"/backlog/{here.item}{ending}", data=data)
    return answer.status_code, answer.text


def item_page(here: Panel) -> str:
    return here.leader.get(f"/backlog/{here.item}").text


def public(here: Panel) -> str:
    return here.desk.visitor().get(f"/changes/{here.slug}").text


def test_an_item_is_parked_with_a_reason_and_a_day_for_all_to_read(here: Panel) -> None:
    parked = {"to": "parked", "reason": "No room before spring.", "seen": "0"}
    status, text = goes(here, "/stage", **parked)
    assert status == 409
    assert "Please say when you’ll look at it again." in text
    assert "No room before spring." in text
    assert goes(here, "/stage", **parked, review_on="2027-03-01")[0] == 303
    assert "It comes back on 1 March 2027." in item_page(here)
    told = public(here)
    assert "Not now, and why" in told
    assert "No room before spring." in told
    assert "We look again on 1 March 2027." in told


def test_a_move_that_may_not_be_is_not_on_the_list(here: Panel) -> None:
    page = here.leader.get(f"/backlog/{here.item}/stage").text
    assert 'value="pilot"' in page
    assert 'value="adopted"' not in page
    status, text = goes(here, "/stage", to="adopted", reason="Now.", seen="0")
    assert status == 422
    assert "Now." in text


def test_a_pilot_needs_a_plan_and_a_failed_one_is_told_openly(here: Panel) -> None:
    move = {"to": "pilot", "reason": "People want it.", "seen": "0"}
    status, text = goes(here, "/stage", **move)
    assert status == 409
    assert "Please plan the pilot first" in text
    assert goes(here, "/pilot", **PILOT)[0] == 303
    assert goes(here, "/stage", **move)[0] == 303
    assert "7 in 10 come" in public(here)
    page = item_page(here)
    number = page.split(f"/backlog/{here.item}/trials/")[1].split('"')[0]
    status, text = goes(here, f"/trials/{number}", **{**CAME, "learned": ""})
    assert status == 422
    assert "Three came." in text
    assert goes(here, f"/trials/{number}", **CAME)[0] == 303
    told = public(here)
    for words in ("We tried it. It didn’t work", "Three came.", "Mornings don’t suit."):
        assert words in told
    assert "We’re doing" not in told
    assert here.leader.get(f"/backlog/{here.item}/trials/{number}").status_code == 404


def test_days_in_the_wrong_order_keep_every_word(here: Panel) -> None:
    status, text = goes(here, "/pilot", **{**PILOT, "ends_on": "2026-09-01"})
    assert status == 409
    assert "The last day can’t come before the first." in text
    assert "Eyes wait 6 weeks" in text


def test_a_test_is_planned_and_shown_where_the_list_says_what_is_next(here: Panel) -> None:
    status, text = goes(here, "/test", what="Ring ten people")
    assert status == 422
    assert "Ring ten people" in text
    facts = {"title": "Idea 1", "facet": "mission", "evidence": "4", "reversible": "weeks"}
    assert goes(here, "/edit", **facts, owner="Tomasz")[0] == 303
    assert goes(here, "/test", **TEST)[0] == 303
    assert "Ring ten people" in here.leader.get("/backlog").text


def test_evidence_and_desk_talk_stand_on_the_page(here: Panel) -> None:
    assert goes(here, "/evidence", text="It helped next door.", strength="3")[0] == 303
    assert goes(here, "/talk", text="Ask podiatry first.")[0] == 303
    assert goes(here, "/talk", text="")[0] == 422
    page = item_page(here)
    assert "It helped next door." in page
    assert "Strength 3 of 5" in page
    assert "Ask podiatry first." in page
    assert "Ask podiatry first." not in public(here)


def test_a_facilitator_plans_but_does_not_move(here: Panel) -> None:
    address = f"/backlog/{here.item}"
    assert here.facilitator.post(f"{address}/test", data=TEST).status_code == 303
    moved = here.facilitator.post(f"{address}/stage", data={"to": "stopped", "reason": "No."})
    assert moved.status_code == 403
    assert "/stage" not in here.facilitator.get(address).text


def test_what_the_room_says_of_an_idea_is_read_at_the_desk(here: Panel) -> None:
    told = here.room.told
    told.moves_to("ideas")
    said = {"idea_id": told.ideas[0], "stance": "concern", "text": "Who drives people there?"}
    person = told.people[0]
    told.do(talking.comment, seat_id=person.seat, receipt=person.receipt, **said)
    assert "Who drives people there?" in item_page(here)


@pytest.mark.parametrize("outcome", TRIAL_OUTCOMES)
def test_people_read_what_came_of_it_under_what_they_said(here: Panel, outcome: str) -> None:
    goes(here, "/test", **TEST)
    number = item_page(here).split(f"/backlog/{here.item}/trials/")[1].split('"')[0]
    goes(here, f"/trials/{number}", **{**CAME, "outcome": outcome})
    seat = here.room.told.people[0]
    phone = here.desk.visitor()
    with phone.session_transaction() as kept:
        kept["seats"] = {here.slug: seat.receipt}
    mine = phone.get(f"/w/{here.slug}/mine").text
    assert TRIED[outcome] in mine
    assert "Mornings don’t suit." in mine
