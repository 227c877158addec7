"""The rehearsal button as its page: who may press it, what it says, and where its room is not."""

from __future__ import annotations

import io
import json
import subprocess
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.story import Story
from tests.web.desk import Desk, desk, press
from workshop.acts.workshops import create_workshop
from workshop.reads import rooms
from workshop.reads.rooms import RoomCard
from workshop.rules.policies import IN_REHEARSAL, ROUTES
from workshop.rules.rehearsals import SILENT_MS
from workshop.storage.models import Rehearsal
from workshop.web import stand_ins
from workshop.web.stand_ins import StandIns, last_line

__all__ = ["desk"]


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[StandIns]:
    """Nobody is sent: what would have been is noted."""
    noted: list[StandIns] = []

    def note(one: StandIns) -> None:
        noted.append(one)

    monkeypatch.setattr(StandIns, "begin", note)
    return noted


@pytest.fixture
def told(desk: Desk) -> Story:
    return desk.story()


def page(client: FlaskClient, told: Story) -> str:
    return client.get(f"/workshops/{told.room().slug}/rehearsal").get_data(as_text=True)


def starts(client: FlaskClient, told: Story, **fields: str) -> TestResponse:
    given = {"people": "30", "seconds": "60", **fields}
    return press(client, told.room(), "rehearsal", **given)


def copy_of(desk: Desk, told: Story) -> RoomCard:
    with desk.stage.store.read() as db:
        row = db.get_one(Rehearsal, told.workshop)
        found = rooms.by_id(db, row.room_id or 0)
    assert found is not None
    return found


def test_the_button_makes_a_copy_and_sends_the_stand_ins_to_it(
    desk: Desk, told: Story, sent: list[StandIns]
) -> None:
    client = desk.visitor(told.facilitator)
    assert "Start the rehearsal" in page(client, told)
    assert starts(client, told).status_code == 303
    copy, (one,) = copy_of(desk, told), sent
    assert copy.title == f"Rehearsal: {told.room().title}"
    assert (one.room, one.order["room"], one.order["people"]) == (copy.slug, copy.slug, 30)
    assert one.order["sites"][0] == "https://table.example"
    shown = page(client, told)
    assert "The rehearsal is going on" in shown
    assert f"https://table.example/screen/{copy.screen_token}" in shown
    assert one.order["remote"] not in shown, "the remote is the stand-ins’ alone"


def test_a_second_press_shows_the_one_that_goes_on(
    desk: Desk, told: Story, sent: list[StandIns]
) -> None:
    client = desk.visitor(told.facilitator)
    starts(client, told)
    assert starts(client, told).status_code == 303
    assert len(sent) == 1


def test_another_workshop_waits_and_hears_nothing_of_whose_it_is(
    desk: Desk, told: Story, sent: list[StandIns]
) -> None:
    starts(desk.visitor(told.facilitator), told)
    olu = desk.account("facilitator")
    about: dict[str, Any] = {
        "title": "Other",
        "service": "Checks",
        "goal": "None waits.",
        "better_for": "All",
    }
    made = desk.stage.perform(create_workshop, account_id=olu, template="hour", **about)
    other = Story(desk.stage, told.clock, made.workshop_id or 0, olu)
    client = desk.visitor(olu)
    shown = page(client, other)
    assert "A rehearsal of another workshop is going on here." in shown
    assert told.room().title not in shown
    assert "Start the rehearsal" not in shown
    answer = starts(client, other)
    assert answer.status_code == 409
    assert "Please wait until it is over." in answer.text
    assert len(sent) == 1


@pytest.mark.parametrize("people", ["9", "301", "", "many", "3e2", str(10**30)])
def test_a_wrong_number_gets_a_sentence_and_makes_no_room(
    desk: Desk, told: Story, sent: list[StandIns], people: str
) -> None:
    answer = starts(desk.visitor(told.facilitator), told, people=people)
    assert answer.status_code == 422
    assert "whole number from 10 to 300" in answer.get_data(as_text=True)
    assert sent == []


def test_strangers_see_neither_the_page_nor_the_room(desk: Desk, told: Story) -> None:
    starts(desk.visitor(told.facilitator), told)
    copy = copy_of(desk, told)
    no = {302, 303, 403, 404}
    for client in (desk.visitor(), desk.visitor(desk.account("leader"))):
        assert client.get(f"/workshops/{told.room().slug}/rehearsal").status_code in no
        assert client.get(f"/workshops/{copy.slug}").status_code in no


def test_to_every_other_route_a_rehearsal_is_not_there(desk: Desk, told: Story) -> None:
    client = desk.visitor(told.facilitator)
    starts(client, told)
    copy = copy_of(desk, told)
    closed = [
        rule.rule.replace("<slug>", copy.slug)
        for rule in desk.product.app.url_map.iter_rules()
        if rule.arguments == {"slug"}
        and "GET" in (rule.methods or ())
        and rule.endpoint not in IN_REHEARSAL
    ]
    assert len(closed) > 10
    assert {path: client.get(path).status_code for path in closed} == dict.fromkeys(closed, 404)
    assert ROUTES.keys() >= IN_REHEARSAL
    assert client.get(f"/workshops/{copy.slug}").status_code == 200
    assert copy.slug not in client.get("/workshops").get_data(as_text=True)
    assert copy.slug not in client.get("/changes").get_data(as_text=True)


def test_the_copy_says_to_whoever_joins_that_it_is_one(desk: Desk, told: Story) -> None:
    starts(desk.visitor(told.facilitator), told)
    shown = desk.visitor().get(f"/j/{copy_of(desk, told).link_token}").get_data(as_text=True)
    assert "This is only a rehearsal." in shown
    shown = desk.visitor().get(f"/j/{told.room().link_token}").get_data(as_text=True)
    assert "This is only a rehearsal." not in shown


def test_it_is_stopped_and_a_lost_one_reads_as_broken_off(desk: Desk, told: Story) -> None:
    client = desk.visitor(told.facilitator)
    starts(client, told)
    assert press(client, told.room(), "rehearsal/stop").status_code == 303
    with desk.stage.store.read() as db:
        assert db.get_one(Rehearsal, told.workshop).figures["outcome"] == "stopped"
    desk.stage.store.write(_grows_silent)
    shown = page(client, told)
    assert "The rehearsal stopped half way." in shown
    assert "Rehearse again" in shown


def _grows_silent(db: Session) -> None:
    row = db.scalars(select(Rehearsal)).one()
    row.beat_at -= SILENT_MS


def test_a_clock_that_says_nothing_sensible_says_nothing(desk: Desk, told: Story) -> None:
    starts(desk.visitor(told.facilitator), told, clock="٣" * 12)
    with desk.stage.store.read() as db:
        assert db.get_one(Rehearsal, told.workshop).ground["clock"] is None


def test_no_setting_of_the_server_goes_along_with_the_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LONGTABLE_SECRET_KEY", "CANARY")
    assert "CANARY" not in repr(stand_ins._environ())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"", {}),
        (b'{"people": 1}', {}),
        (b'{"people": 1}\n', {"people": 1}),
        (b'{"people": 1}\n{"people": 2}\n{"peop', {"people": 2}),
        (b"Traceback\n", {}),
        (b"[]\n", {}),
    ],
)
def test_only_whole_lines_of_the_child_are_read(written: bytes, read: dict[str, int]) -> None:
    assert last_line(io.BytesIO(written)) == read


def test_a_child_that_cannot_be_started_leaves_no_room(
    desk: Desk, told: Story, sent: list[StandIns], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk.visitor(told.facilitator)
    starts(client, told)

    def fails(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", fails)
    sent[0].hold()
    assert "The rehearsal stopped half way." in page(client, told)
    with desk.stage.store.read() as db:
        assert db.get_one(Rehearsal, told.workshop).room_id is None


def test_the_order_is_plain_json(desk: Desk, told: Story, sent: list[StandIns]) -> None:
    starts(desk.visitor(told.facilitator), told)
    assert json.loads(json.dumps(sent[0].order)) == sent[0].order
