"""Keeping a plan, making workshops from it, and carrying it away in a file and back."""

from __future__ import annotations

import io
import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.story import Story
from tests.web.desk import Desk, desk
from workshop.formats.pack_file import read_pack
from workshop.reads import rooms
from workshop.reads.plans import pack_of

__all__ = ["desk"]

ABOUT = {
    "title": "Coming home",
    "service": "Probation",
    "goal": "A bed on the first night.",
    "better_for": "People after a short stay",
}


def kept(desk: Desk) -> tuple[Story, FlaskClient]:
    """A workshop whose plan its facilitator has kept as "Tuesday"."""
    told = desk.story(step="problems")
    client = desk.visitor(told.facilitator)
    answer = client.post(f"/workshops/{told.room().slug}/plan/save", data={"title": "Tuesday"})
    assert answer.status_code == 303
    return told, client


def test_a_kept_plan_is_offered_for_the_next_workshop_and_makes_it(desk: Desk) -> None:
    told, client = kept(desk)
    page = client.get("/workshops/new").text
    assert "Tuesday" in page
    value = page.split('value="plan-')[1].split('"')[0]
    answer = client.post("/workshops/new", data={**ABOUT, "template": f"plan-{value}"})
    assert answer.status_code == 303
    with desk.stage.store.read() as db:
        made = rooms.by_slug(db, answer.location.split("/")[2])
    assert made is not None
    assert pack_of(made).steps == pack_of(told.room()).steps
    assert (made.title, made.state) == ("Coming home", "upcoming")


def test_a_template_that_is_nobodys_or_no_number_makes_nothing(desk: Desk) -> None:
    client = desk.visitor(desk.account("facilitator"))
    for template in ("plan-1", "plan-x", "plan-", "plan-" + "9" * 40):
        answer = client.post("/workshops/new", data={**ABOUT, "template": template})
        assert answer.status_code == 422, template
        assert "Coming home" in answer.text


def test_a_name_that_is_taken_is_said_beside_it_and_stays_typed(desk: Desk) -> None:
    told, client = kept(desk)
    address = f"/workshops/{told.room().slug}/plan/save"
    again = client.post(address, data={"title": "Tuesday"})
    assert again.status_code == 422
    assert "You have a template of that name already." in again.text
    assert 'value="Tuesday"' in again.text
    assert client.post(address, data={"title": ""}).status_code == 422


def test_templates_are_renamed_and_thrown_away_from_their_page(desk: Desk) -> None:
    _, client = kept(desk)
    page = client.get("/templates").text
    number = page.split("/templates/")[1].split("/")[0]
    empty = client.post(f"/templates/{number}/rename", data={"title": ""})
    assert empty.status_code == 422
    assert "Please write something first." in empty.text
    client.post(f"/templates/{number}/rename", data={"title": "Wednesday"})
    assert "Wednesday" in client.get("/templates").text
    client.post(f"/templates/{number}/remove")
    assert "No template yet" in client.get("/templates").text


def brings(client: FlaskClient, data: bytes, **more: Any) -> TestResponse:
    file = (io.BytesIO(data), "pack.json")
    return client.post(
        "/workshops/import", data={"pack": file, **more}, content_type="multipart/form-data"
    )


def test_a_plan_goes_out_as_a_file_and_comes_in_as_an_equal_workshop(desk: Desk) -> None:
    told = desk.story(people=2, problems=2, step="ideas")
    client = desk.visitor(told.facilitator)
    file = client.get(f"/workshops/{told.room().slug}/plan/pack")
    assert file.mimetype == "application/json"
    assert "attachment" in file.headers["Content-Disposition"]
    assert "Problem 1" not in file.text
    assert read_pack(file.data) == pack_of(told.room())
    other = desk.visitor(desk.account("facilitator"))
    answer = brings(other, file.data)
    assert answer.status_code == 303
    page = other.get(answer.location).text
    assert "Made from the file." in page
    with desk.stage.store.read() as db:
        made = rooms.by_slug(db, answer.location.split("/")[2])
    assert made is not None
    assert pack_of(made) == pack_of(told.room())


def test_one_file_sent_twice_makes_one_workshop(desk: Desk) -> None:
    told = desk.story(step="ideas")
    client = desk.visitor(told.facilitator)
    data = client.get(f"/workshops/{told.room().slug}/plan/pack").data
    first = brings(client, data, command_id="one press")
    assert first.location == brings(client, data, command_id="one press").location


def test_a_bad_file_is_shown_with_its_wrong_line_and_makes_nothing(desk: Desk) -> None:
    told = desk.story(step="ideas")
    client = desk.visitor(told.facilitator)
    whole = json.loads(client.get(f"/workshops/{told.room().slug}/plan/pack").data)
    whole["steps"][1]["minutes"] = "<b>12</b>"
    answer = brings(client, json.dumps(whole, indent=1).encode())
    assert answer.status_code == 422
    assert "“minutes”: Please use a whole number from 0 to 600." in answer.text
    assert "Line " in answer.text
    assert "&lt;b&gt;12&lt;/b&gt;" in answer.text
    assert "<b>12</b>" not in answer.text
    with desk.stage.store.read() as db:
        assert len(rooms.hosted_by(db, told.facilitator)) == 1


def test_no_file_at_all_is_asked_for_again(desk: Desk) -> None:
    client = desk.visitor(desk.account("facilitator"))
    assert client.post("/workshops/import", data={}).status_code == 422
    assert brings(client, b"").status_code == 422
