"""A backlog is brought in through the browser: looked at first, then whole, or refused."""

from __future__ import annotations

import html
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.formats.backlog_rows import BARE, FULL
from tests.web.desk import Desk, desk
from tests.web.panel import panel
from workshop.formats.json_file import write_json
from workshop.rules.brought import MOST_SENT
from workshop.storage.models import Base, Command, Decision, Item, Workshop

__all__ = ["desk"]

WHERE: dict[str, Any] = {"workshop": "Harbour, workshop 2", "service": "Living well"}
GOOD = replace(FULL, reason="People want it.", conditions="On Fridays", change_mind="Six weeks")
FILE = write_json([GOOD, replace(BARE, **WHERE, wording="One letter for all")])


def posts(client: FlaskClient, **fields: Any) -> TestResponse:
    """Send a form with a file in it, built in memory: the test client leaves large ones open."""
    boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post("/backlog/bring", data=body, content_type=kind)


def picks(client: FlaskClient, data: bytes) -> TestResponse:
    return posts(client, file=FileStorage(io.BytesIO(data), "b.json"))


def presses(client: FlaskClient, looked: TestResponse) -> TestResponse:
    """Send the second form of the page as it stands."""
    text = html.unescape(looked.text.split('name="backlog" value="')[1].split('"', 1)[0])
    # A browser sends every line break of a field as two signs.
    sent = text.replace("\n", "\r\n")
    return posts(client, backlog=sent, command_id="one")


def how_many(desk: Desk, table: type[Base]) -> int:
    with desk.stage.store.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def leader(desk: Desk) -> FlaskClient:
    return desk.visitor(desk.account("leader"))


def test_a_file_is_looked_at_before_anything_is_stored(desk: Desk, leader: FlaskClient) -> None:
    assert "Bring in a backlog" in leader.get("/backlog").text
    page = picks(leader, FILE)
    assert page.status_code == 200
    for words in ("2 ideas are in the file", "in your name", "One yearly check-up", "One letter"):
        assert words in page.text
    assert how_many(desk, Item) == how_many(desk, Workshop) == 0


def test_what_was_looked_at_is_brought_and_told_as_imported(
    desk: Desk, leader: FlaskClient
) -> None:
    done = presses(leader, picks(leader, FILE))
    assert done.status_code == 303
    listed = leader.get(done.location).text
    assert "In the backlog now: 2 ideas from 2 workshops." in listed
    assert "imported" in listed
    with desk.stage.store.read() as db:
        item, slug = db.execute(
            select(Item.id, Workshop.slug).join(Workshop).where(Item.title == "One yearly check-up")
        ).one()
    page = leader.get(f"/backlog/{item}").text
    assert "What the file says" in page
    assert "between 64 and 80" in page
    assert "Reward, part by part" not in page
    public = desk.visitor().get(f"/changes/{slug}").text
    for words in ("People want it.", "On Fridays", "came in a file from another table"):
        assert words in public
    again = json.loads(leader.get("/backlog/export/json").data)["items"]
    assert {(row["title"], row["figures"]) for row in again} == {
        ("One yearly check-up", "imported"),
        ("One letter", ""),
    }


def test_pressing_twice_brings_once(desk: Desk, leader: FlaskClient) -> None:
    looked = picks(leader, FILE)
    first, second = presses(leader, looked), presses(leader, looked)
    assert first.location == second.location
    assert how_many(desk, Item) == 2


def test_what_is_here_already_is_said(desk: Desk, leader: FlaskClient) -> None:
    presses(leader, picks(leader, FILE))
    assert "2 of them are in your backlog already" in picks(leader, FILE).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Please pick a file first."),
        (b"\xff\xfe", "This isn’t JSON we can read."),
        (b"[1]", "This isn’t a backlog saved by Longtable."),
        (FILE.replace(b'"effort": 8.0', b'"effort": -8'), "Item 1: we can’t read “effort”."),
        (FILE.replace(b"2027-01-16", b"mid January"), "Item 1, “answer_by”: Please give a day"),
        (b" " * (MOST_SENT + 1), "That’s over 2 MB."),
    ],
)
def test_a_bad_file_is_refused_by_item_and_field_and_nothing_is_stored(
    desk: Desk, leader: FlaskClient, data: bytes, said: str
) -> None:
    answer = picks(leader, data)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Nothing was stored." in answer.text
    assert how_many(desk, Item) == how_many(desk, Workshop) == how_many(desk, Decision) == 0


def test_what_comes_back_is_judged_again(desk: Desk, leader: FlaskClient) -> None:
    """The text of the second form has been in a browser, where anybody may change it."""
    spoiled = FILE.replace(b'"stage": "pilot"', b'"stage": "moon"').decode()
    answer = leader.post("/backlog/bring", data={"backlog": spoiled})
    assert answer.status_code == 422
    assert "Item 1: we can’t read “stage”." in answer.text
    assert how_many(desk, Item) == how_many(desk, Command) == 0


def test_a_large_backlog_fits(desk: Desk, leader: FlaskClient) -> None:
    """More than any other form may carry in one field."""
    many = [replace(GOOD, title=f"Idea {n}", reason="Long " * 190) for n in range(400)]
    data = write_json(many)
    assert len(data) > (leader.application.config["MAX_FORM_MEMORY_SIZE"] or 0)
    looked = picks(leader, data)
    assert "And 388 more." in looked.text
    assert presses(leader, looked).status_code == 303
    assert how_many(desk, Item) == 400


def test_what_a_file_says_is_data(desk: Desk, leader: FlaskClient) -> None:
    nasty = "<script>alert(1)</script>\"'&amp;"
    row = replace(GOOD, title=nasty, workshop=nasty, reason=nasty)
    looked = picks(leader, write_json([row]))
    assert "<script>alert" not in looked.text
    assert presses(leader, looked).status_code == 303
    with desk.stage.store.read() as db:
        assert db.scalars(select(Item.title)).one() == nasty


def test_only_leaders_bring(desk: Desk) -> None:
    here = panel(desk)
    assert "Bring in a backlog" not in here.facilitator.get("/backlog").text
    assert here.facilitator.get("/backlog/bring").status_code == 403
    assert picks(here.facilitator, FILE).status_code == 403
    boss = desk.visitor(desk.account("administrator"))
    assert boss.get("/backlog/bring").status_code == 200


def test_what_was_voted_on_elsewhere_has_no_ballots_to_choose_by(leader: FlaskClient) -> None:
    presses(leader, picks(leader, write_json([replace(GOOD, stage="candidate", effort=2.0)])))
    page = leader.get("/backlog/choose?months=5")
    assert page.status_code == 200
    assert "No ballots that can be counted again" in page.text
    assert "No vote behind these ideas tells it by group." in leader.get("/backlog").text
