"""Home: the list of workshops, a new one, and inviting people who sign in."""

from __future__ import annotations

import re

from tests.web.desk import Desk, desk
from workshop.reads import identity, rooms
from workshop.web.when import from_wall, to_wall

__all__ = ["desk"]

ABOUT = {
    "title": "Coming home from prison",
    "service": "Probation",
    "goal": "Everybody has somewhere to sleep on the first night.",
    "better_for": "People leaving after a short stay",
    "place": "The library",
    "starts_at": "2026-06-04T10:00",
    "template": "hour",
}


def test_without_a_workshop_the_list_offers_to_make_one(desk: Desk) -> None:
    page = desk.visitor(desk.account("facilitator")).get("/workshops").text
    assert "No workshop yet" in page
    assert "/workshops/new" in page


def test_a_list_holds_only_ones_own_workshops(desk: Desk) -> None:
    told = desk.story()
    own = desk.visitor(told.facilitator).get("/workshops").text
    other = desk.visitor(desk.account("facilitator")).get("/workshops").text
    everybody = desk.visitor(desk.account("administrator")).get("/workshops").text
    assert told.room().slug in own
    assert told.room().slug not in other
    assert told.room().slug in everybody


def test_nobody_makes_a_workshop_without_signing_in(desk: Desk) -> None:
    answer = desk.visitor().get("/workshops/new")
    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_a_workshop_is_made_from_a_template_and_opens_its_plan(desk: Desk) -> None:
    account = desk.account("facilitator")
    client = desk.visitor(account)
    answer = client.post("/workshops/new", data=ABOUT)
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "Coming home from prison" in page
    assert "4 June, 10:00" in page
    assert "Open the doors" in page
    with desk.stage.store.read() as db:
        (made,) = rooms.hosted_by(db, account)
    assert [step.phase for step in made.steps][:2] == ["welcome", "problems"]


def test_a_goal_left_out_is_asked_for_and_the_rest_is_kept(desk: Desk) -> None:
    client = desk.visitor(desk.account("facilitator"))
    answer = client.post("/workshops/new", data={**ABOUT, "goal": "", "template": "half-day"})
    assert answer.status_code == 422
    assert "Please write something first." in answer.text
    assert "Coming home from prison" in answer.text
    assert re.search(r'value="half-day" checked', answer.text)


def test_an_unknown_template_is_refused_in_words(desk: Desk) -> None:
    client = desk.visitor(desk.account("facilitator"))
    answer = client.post("/workshops/new", data={**ABOUT, "template": "none"})
    assert answer.status_code == 422
    assert "Please pick one from the list." in answer.text


def test_an_invitation_is_shown_once_and_works_for_its_role(desk: Desk) -> None:
    client = desk.visitor(desk.account("administrator"))
    page = client.post("/people", data={"role": "leader"}).text
    found = re.search(r"https://table\.example/invitation/([\w-]+)", page)
    assert found is not None
    assert found[1] not in client.get("/people").text
    with desk.stage.store.read() as db:
        assert identity.pass_role(db, "invite", found[1], desk.stage.clock()) == "leader"


def test_only_an_administrator_invites(desk: Desk) -> None:
    client = desk.visitor(desk.account("facilitator"))
    assert client.get("/people").status_code == 403
    assert client.post("/people", data={"role": "administrator"}).status_code == 403


def test_an_unknown_role_is_refused(desk: Desk) -> None:
    client = desk.visitor(desk.account("administrator"))
    assert client.post("/people", data={"role": "king"}).status_code == 409


def test_the_time_that_was_typed_is_the_time_that_is_read() -> None:
    typed = to_wall(1_780_000_000_000)
    assert typed is not None
    assert from_wall(typed.replace(tzinfo=None)) == 1_780_000_000_000
    assert from_wall(None) is None
    assert to_wall(None) is None
