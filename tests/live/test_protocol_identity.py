"""Who speaks is read from the database on every event, and who has left is hung up on at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.live.room import Line, Room, Visit, serving, visit
from workshop.acts import accounts, seats

AT_ONCE = 1.0
"""Seconds within which every line of a person is closed once they have left."""


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with serving(tmp_path_factory.mktemp("identity"), people=3, ideas=3, step="vote") as served:
        yield served


def _behind_the_back(room: Room, statement: str, *given: object) -> None:
    """Change the database as another process would whose hint was lost: nobody here is told."""

    def change(db: Any) -> None:  # noqa: ANN401 - a session
        db.connection().exec_driver_sql(statement, given)

    room.product.store.write(change)


async def _codes(line: Line, idea: int) -> dict[str, str]:
    """What a phone is answered to everything that it can ask."""
    asked = {
        "mark.set": line.does("mark.set", idea, idea_id=idea, value=1),
        "ballot.done": line.does("ballot.done", idea, done=True),
        "idea.post": line.does("idea.post", idea, text="Mine"),
        "mine": line.ask("mine", {}),
        "catch_up": line.ask("catch_up", {"seq": 0}),
    }
    return {name: (await one).get("code", "ok") for name, one in asked.items()}


def test_a_person_removed_by_another_process_may_do_and_see_nothing_more(room: Room) -> None:
    async def come(here: Visit) -> None:
        line = await here.line(0)
        assert (await _codes(line, room.told.ideas[0]))["mark.set"] == "ok"
        seat = room.told.people[0].seat
        _behind_the_back(room, "UPDATE seat SET removed_at = 1 WHERE id = ?", seat)
        codes = await _codes(line, room.told.ideas[1])
        assert codes == dict.fromkeys(codes, "removed")

    visit(room, come)


def test_a_person_who_only_watches_from_now_on_may_only_look(room: Room) -> None:
    async def come(here: Visit) -> None:
        line = await here.line(0)
        seat = room.told.people[0].seat
        _behind_the_back(room, "UPDATE seat SET \"group\" = 'watching' WHERE id = ?", seat)
        codes = await _codes(line, room.told.ideas[1])
        looking = {"mine": "ok", "catch_up": "ok"}
        assert codes == {**dict.fromkeys(codes, "watching"), **looking}
        assert room.rows("SELECT count(*) FROM mark") == [(0,)]

    visit(room, come)


def test_a_receipt_that_is_no_longer_the_seats_opens_nothing(room: Room) -> None:
    async def come(here: Visit) -> None:
        line = await here.line(0)
        seat = room.told.people[0].seat
        _behind_the_back(room, "UPDATE seat SET receipt_hash = 'another' WHERE id = ?", seat)
        codes = await _codes(line, room.told.ideas[1])
        assert codes == dict.fromkeys(codes, "removed")

    visit(room, come)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE account SET epoch = epoch + 1",
        "UPDATE account SET role = 'leader'",
    ],
    ids=["signed out elsewhere", "another role"],
)
def test_a_facilitator_who_is_one_no_more_runs_nothing(room: Room, change: str) -> None:
    async def come(here: Visit) -> None:
        line = await here.line("host")
        assert (await line.does("timer.set", 1, action="pause"))["ok"]
        _behind_the_back(room, change)
        answer = await line.does("timer.set", 2, action="resume")
        assert answer["code"] == "sign_in"
        assert (await line.ask("catch_up", {"seq": 0}))["code"] == "sign_in"

    visit(room, come)


@pytest.mark.parametrize("way", ["asked to leave", "gets up", "signs out"])
def test_every_line_of_a_person_who_left_is_closed_within_a_second(room: Room, way: str) -> None:
    async def come(here: Visit) -> None:
        browser, token, seq = await here.page("host" if way == "signs out" else 0)
        lines = [await here.open(browser, token, seq) for _ in range(5)]
        other = await here.line(1)
        began = time.monotonic()
        if way == "signs out":
            number = room.told.facilitator
            room.told.stage.perform(accounts.sign_out_everywhere, account_id=number)
        else:
            act = seats.leave if way == "gets up" else seats.remove_seat
            room.told.do(act, seat_id=room.told.people[0].seat)
        await asyncio.gather(*(line.ends() for line in lines))
        await asyncio.gather(*(line.breaks() for line in lines))
        assert time.monotonic() - began < AT_ONCE
        assert (await other.ask("mine", {}))["ok"]

    visit(room, come)
