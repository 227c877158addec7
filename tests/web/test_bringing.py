"""A vote from elsewhere is brought in a browser, told as imported, and goes out again."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.formats.test_brought import POLIS, packed
from tests.formats.test_pabulib import APPROVAL
from tests.web.desk import Desk, desk
from workshop.formats import pabulib
from workshop.formats.brought import read_brought
from workshop.reads import rooms
from workshop.reads.rooms import RoomCard
from workshop.rules.imports import MOST_SENT
from workshop.storage.models import Base, Post, Seat, Workshop
from workshop.web.sizes import TAKES_FILES

__all__ = ["desk"]


def brings(client: FlaskClient, *files: tuple[str, bytes], **fields: Any) -> TestResponse:
    given = [(io.BytesIO(data), name) for name, data in files]
    return client.post("/workshops/bring", data={"files": given, **fields})


def made(desk: Desk, answer: TestResponse) -> RoomCard:
    assert answer.status_code == 303, answer.text
    with desk.stage.store.read() as db:
        found = rooms.by_slug(db, answer.location.split("/")[2])
    assert found is not None
    return found


def how_many(desk: Desk, table: type[Base]) -> int:
    with desk.stage.store.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    return desk.visitor(desk.account("facilitator"))


def vote(people: int = 24) -> bytes:
    rows = "".join(f"v{n};{20 + n};{'1,2' if n % 3 else '2'}\n" for n in range(people))
    return APPROVAL.replace("a;34;1,2\nb;51;1\n", rows).replace("600;2;", "600;9;").encode()


def test_the_limits_are_said_before_anything_is_picked(client: FlaskClient) -> None:
    page = client.get("/workshops/bring").text
    assert "Up to 8 MB, 500 ideas and 10,000 ballots" in page
    assert 'href="/workshops/bring"' in client.get("/workshops/new").text


def test_a_vote_is_counted_from_its_ballots_and_marked_as_imported(
    desk: Desk, client: FlaskClient
) -> None:
    room = made(desk, brings(client, ("town.pb", vote())))
    assert (room.title, room.state) == ("A small town", "upcoming")
    assert how_many(desk, Seat) == 0
    page = client.get(f"/workshops/{room.slug}/results").text
    words = re.sub(r"<[^>]*>|\s+", " ", page)
    assert "24 imported people voted elsewhere. Nobody of them sat at this table." in words
    assert "1: the file says 9 votes, we counted 16." in words
    assert "Imported: 24 of 24" in words
    assert "seat--citizen" not in page
    assert "How sure are we about the top 1?" in page


def test_a_brought_vote_goes_out_as_it_came(desk: Desk, client: FlaskClient) -> None:
    room = made(desk, brings(client, ("town.pb", vote())))
    opened = next(step.round for step in room.steps if step.round)
    answer = client.get(f"/workshops/{room.slug}/rounds/{opened.id}/vote.pb")
    assert f'filename="vote-{room.slug}-{opened.id}.pb"' in answer.headers["Content-Disposition"]
    out, came = pabulib.parse(answer.text), pabulib.parse(vote().decode())
    assert out.remarks == ()
    assert [(one.key, one.cost, one.facts["name"]) for one in out.projects] == [
        (one.key, one.cost, one.facts["name"]) for one in came.projects
    ]
    assert sorted(one.choices for one in out.votes) == sorted(one.choices for one in came.votes)
    again = made(desk, brings(client, ("again.pb", answer.data)))
    same = read_brought([("again.pb", answer.data)])
    assert (same.method, len(same.ballots)) == ("approval", 24)
    assert again.slug != room.slug


def test_a_round_of_ours_goes_out_as_ballots_and_as_a_table(desk: Desk) -> None:
    told = desk.story(people=12, ideas=3, step="vote")
    for person in told.people:
        told.votes(person, told.ideas[0], 2)
    host = desk.visitor(told.facilitator)
    opened = told.room().last_round
    assert opened is not None
    where = f"/workshops/{told.room().slug}/rounds/{opened.id}"
    assert [host.get(f"{where}/{name}").status_code for name in FILES_OUT] == [409, 409]
    told.reveals()
    found = pabulib.parse(host.get(f"{where}/vote.pb").text)
    assert (found.vote_type, len(found.votes), found.remarks) == ("cumulative", 12, ())
    assert [one.facts["votes"] for one in found.projects] == ["12", "0", "0"]
    rows = host.get(f"{where}/result.csv").data.decode("utf-8-sig").splitlines()
    assert rows[0].startswith('"Place","Idea","Points","People for it"')
    assert rows[1].startswith('"1","Idea 1",24')
    assert [desk.visitor().get(f"{where}/{name}").status_code for name in FILES_OUT] == [302, 302]


FILES_OUT = ("vote.pb", "result.csv")


def test_a_conversation_becomes_a_sweep(desk: Desk, client: FlaskClient) -> None:
    room = made(desk, brings(client, ("polis.zip", packed(POLIS))))
    assert [(step.phase, step.method) for step in room.steps][1] == ("vote", "sweep")
    assert "1 imported person voted elsewhere" in client.get(f"/workshops/{room.slug}/results").text


def test_sending_the_form_twice_makes_one_workshop(desk: Desk, client: FlaskClient) -> None:
    first, second = (brings(client, ("a.pb", vote()), command_id="x" * 36) for _ in range(2))
    assert first.location == second.location
    assert how_many(desk, Workshop) == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pb", APPROVAL.replace("800.50", "-1").encode(), "Line 9: Money can’t be below zero"),
        ("a.pb", b"\xff\xfe", "Line 1: This isn’t text we can read (UTF-8)."),
        ("a.zip", packed({"folder/comments.csv": b""}), "There is a folder in it."),
        ("a.doc", b"hello", "This is neither."),
    ],
)
def test_a_wrong_file_leaves_nothing_behind(
    desk: Desk, client: FlaskClient, name: str, data: bytes, words: str
) -> None:
    answer = brings(client, (name, data))
    assert answer.status_code == 422
    assert words in answer.text
    assert "Nothing was made." in answer.text
    assert (how_many(desk, Workshop), how_many(desk, Post)) == (0, 0)


def test_a_file_that_is_far_too_large_is_told_so(
    desk: Desk, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert TAKES_FILES["plans.bring_file"] < 2 * MOST_SENT
    monkeypatch.setitem(TAKES_FILES, "plans.bring_file", 100_000)
    client.application.config["WTF_CSRF_ENABLED"] = True
    answer = brings(client, ("a.pb", b"x" * 200_000))
    assert answer.status_code == 413
    assert "That’s over 8 MB." in answer.text
    assert how_many(desk, Workshop) == 0


def test_the_room_goes_on_from_an_imported_vote(desk: Desk, client: FlaskClient) -> None:
    room = made(desk, brings(client, ("town.pb", vote())))
    for ending, fields in (("start", {}), ("step", {"position": 1}), ("step", {"position": 3})):
        assert client.post(f"/workshops/{room.slug}/{ending}", data=fields).status_code == 303
        assert client.get(f"/workshops/{room.slug}").status_code == 200
        screen = desk.visitor().get(f"/screen/{room.screen_token}")
        assert screen.status_code == 200
        visitor = desk.visitor()
        visitor.post(f"/j/{room.link_token}", data={"group": "staff", "language": "en"})
        phone = visitor.get(f"/w/{room.slug}")
        assert phone.status_code == 200
        if fields.get("position") == 1:
            assert "Imported" in phone.text
            assert "Imported" in screen.text
