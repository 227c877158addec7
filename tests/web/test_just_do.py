"""Small changes through the real pages: lines, a phone, a link, the desk and the public page."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel
from workshop.acts import programmes

__all__ = ["desk"]

LINES = {"kinds": ["words"], "money": "50", "days": "7", "people": "40", "never": "Medicine"}
RIGHT = {"money": "yes", "days": "yes", "people": "yes", "harm": "no", "never_0": "no"}
CHANGE = {"kind": "words", "text": "One letter, not three.", **RIGHT}


@pytest.fixture
def here(desk: Desk) -> Panel:
    found = panel(desk)
    own: dict[str, Any] = {"account_id": found.room.told.facilitator}
    stage = found.room.told.stage
    stage.perform(programmes.make_programme, **own, title="Checks for all", service="Checks")
    found.room.do(programmes.put_in_programme, **own, programme_id=1)
    return found


def phone(here: Panel, group: str = "staff") -> FlaskClient:
    client = here.desk.visitor()
    person = next(one for one in here.room.told.people if one.group == group)
    with client.session_transaction() as kept:
        kept["seats"] = {here.slug: person.receipt}
    return client


def public(here: Panel) -> str:
    return here.desk.visitor().get(f"/changes/{here.slug}").text


def test_from_the_lines_to_what_everybody_reads(here: Panel) -> None:
    nurse, address = phone(here), f"/w/{here.slug}/just-do-it"
    assert "Leaders haven’t said yet" in nurse.get(address).text
    assert here.leader.post("/just-do-it/1", data=LINES).status_code == 303
    assert "Is this part of it: Medicine?" in nurse.get(address).text
    outside = nurse.post(address, data={**CHANGE, "money": "no"})
    assert outside.status_code == 422
    assert "That’s outside the lines." in outside.text
    assert "One letter, not three." in outside.text
    assert nurse.post(address, data=CHANGE).status_code == 303
    assert "Staff are trying it" in public(here)
    told = {"change_id": "1", "outcome": "keep", "happened": "Fewer calls."}
    empty = nurse.post(f"{address}/tell", data={**told, "outcome": ""})
    assert (empty.status_code, "Fewer calls." in empty.text) == (422, True)
    assert nurse.post(f"{address}/tell", data=told).status_code == 303
    assert "Staff tried it and keep it" in public(here)
    assert "Fewer calls." in here.leader.get("/just-do-it").text


def test_a_leader_stops_a_change_and_says_why(here: Panel) -> None:
    here.leader.post("/just-do-it/1", data=LINES)
    nurse, address = phone(here), f"/w/{here.slug}/just-do-it"
    nurse.post(address, data=CHANGE)
    stop = "/just-do-it/changes/1"
    assert here.facilitator.post(stop, data={"reason": "No."}).status_code == 403
    empty = here.leader.post(stop, data={"reason": "", "change_id": "1"})
    assert (empty.status_code, "Please write something first." in empty.text) == (409, True)
    assert here.leader.post(stop, data={"reason": "The law asks for three."}).status_code == 303
    for page in (public(here), nurse.get(address).text):
        assert "The law asks for three." in page


def test_lines_that_are_wrong_come_back_with_their_words(here: Panel) -> None:
    sent = here.leader.post("/just-do-it/1", data={**LINES, "money": "lots"})
    assert sent.status_code == 422
    assert "Medicine" in sent.text
    assert here.leader.get("/just-do-it/99").status_code == 404
    assert here.facilitator.get("/just-do-it/1").status_code == 403


def test_citizens_are_told_whom_it_is_for(here: Panel) -> None:
    here.leader.post("/just-do-it/1", data=LINES)
    citizen, address = phone(here, "citizen"), f"/w/{here.slug}/just-do-it"
    assert "This is for staff" in citizen.get(address).text
    assert citizen.post(address, data=CHANGE).status_code == 422
    assert "One letter" not in public(here)


def test_a_team_with_a_link_needs_no_seat(here: Panel) -> None:
    here.leader.post("/just-do-it/1", data=LINES)
    made = here.leader.post(
        f"/workshops/{here.slug}/guests", data={"kind": "staff", "name": "Podiatry"}
    ).text
    team = here.desk.visitor()
    team.get(made.split('value="https://table.example')[1].split('"')[0])
    assert "Just do it" in team.get("/guest").text
    assert team.post("/guest/just-do-it", data=CHANGE).status_code == 303
    assert "One letter, not three." in team.get("/guest/just-do-it").text
    assert "Podiatry" not in public(here)
