"""Whatever anybody sends over a live connection, it harms nobody else and nothing stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.live.room import Line, Room, Visit, envelope, serving, visit
from workshop.factory import FRAME_BYTES


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with serving(tmp_path_factory.mktemp("hostile"), people=3, step="problems") as served:
        yield served


def test_a_frame_that_is_too_big_ends_its_own_connection_alone(room: Room) -> None:
    async def come(here: Visit) -> None:
        browser, token, seq = await here.page(0)
        bad, good = await here.open(browser, token, seq), await here.line(1)
        assert (await bad.does("problem.post", text="Stored before"))["ok"]
        rows = room.rows("SELECT id, text, state FROM post ORDER BY id")
        frame = "420" + json.dumps(["command", envelope("problem.post", {"text": "x"})])
        await bad.socket.send_str(frame.ljust(FRAME_BYTES + 1))
        await bad.breaks()
        assert room.rows("SELECT id, text, state FROM post ORDER BY id") == rows
        assert (await good.does("problem.post", text="And after"))["ok"]
        back = await here.open(browser, token, seq)
        assert (await back.ask("mine", {}))["ok"]

    visit(room, come)


def test_a_frame_just_small_enough_is_read(room: Room) -> None:
    async def come(here: Visit) -> None:
        line = await here.line(0)
        sent = envelope("problem.post", {"text": "It fits"}, "it just fits in")
        answer = line._asked[77] = asyncio.get_running_loop().create_future()
        await line.socket.send_str(f"4277{json.dumps(['command', sent])}".ljust(FRAME_BYTES))
        assert (await asyncio.wait_for(answer, 20))["ok"]
        assert room.rows("SELECT count(*) FROM post WHERE text = 'It fits'") == [(1,)]

    visit(room, come)


BAD: dict[str, list[tuple[str, Any]]] = {
    "unknown_command": [
        ("admin", {}),
        ("*", {}),
        ("disconnecting", {"sid": "x"}),
        ("command", envelope("no.such", {})),
        ("command", envelope("room", {})),
    ],
    "bad_value": [
        ("command", None),
        ("command", []),
        ("command", "words"),
        ("command", 1.5),
        ("command", {}),
        ("command", envelope("problem.post", {"text": 7})),
        ("command", envelope("problem.post", {"text": None})),
        ("command", envelope("problem.post", {"text": ["a"]})),
        ("command", envelope("problem.post", {"text": "a", "seat_id": 1})),
        ("command", envelope("problem.post", {"text": "a", "kind": "pledge"})),
        ("command", envelope("problem.post", [])),
        ("command", envelope("mark.set", {"idea_id": 2**53, "value": 1})),
        ("command", envelope("mark.set", {"idea_id": 1, "value": float("nan")})),
        ("command", envelope("mark.set", {"idea_id": 1, "value": float("inf")})),
        ("command", envelope("mark.set", {"idea_id": 1, "value": True})),
        ("command", envelope("mark.set", {"idea_id": "1", "value": 1})),
        ("command", {**envelope("mark.set", {}), "who": "administrator"}),
        ("command", {**envelope("goal.post", {"text": "a"}), "n": -1}),
        ("command", {**envelope("goal.post", {"text": "a"}), "device": "d" * 41}),
        ("alike", {}),
        ("alike", {"kind": "problem", "text": ["a"]}),
        ("alike", {"kind": "problem", "text": "a", "seat_id": 1}),
        ("catch_up", {}),
        ("catch_up", {"seq": "0"}),
        ("catch_up", {"seq": None}),
    ],
}


@pytest.mark.parametrize("code", BAD)
def test_what_is_not_our_wire_is_answered_with_a_sentence(room: Room, code: str) -> None:
    async def come(here: Visit) -> None:
        before = room.rows("SELECT seq FROM workshop")
        for event, data in BAD[code]:
            line = await here.line(0)
            answer = await line.ask(event, data)
            assert (answer["ok"], answer["code"], answer["again"]) == (False, code, None), data
            assert answer["message"].endswith(".")
            await line.close()
        assert room.rows("SELECT seq FROM workshop") == before

    visit(room, come)


DEEP = "[" * 5_000 + "]" * 5_000
NOISE: list[str | bytes] = [
    "",
    "4",
    "9",
    "42",
    "42[",
    "42[]",
    "42{}",
    "42[7]",
    "42[null,{}]",
    '42["command"',
    '429999999999999999999["command",{}]',
    '42["command",NaN]',
    '420["command",' + DEEP + "]",
    '420["command",{"id":"12345678","n":1,"device":"","kind":"problem.post","body":' + DEEP + "}]",
    '451-["command",{"_placeholder":true,"num":0}]',
    '4599-["command",{"_placeholder":true,"num":0}]',
    '450-["command",{"_placeholder":true,"num":7}]',
    "43[]",
    "430[1]",
    "46-[]",
    '42/admin,["command",{}]',
    "40/admin,",
    "41",
    "1",
    "6",
    '42["connect",{}]',
    '42["disconnect",{}]',
    "\ud7ff\x00\x1b[2J",
    b"\x00\xff\xfe",
    b"",
    b"4" * 4_000,
]


@pytest.mark.parametrize("place", range(0, len(NOISE), 8))
def test_noise_harms_nobody_but_whoever_makes_it(
    room: Room, place: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def come(here: Visit) -> None:
        quiet = await here.line(1)
        before = room.rows("SELECT seq FROM workshop")
        browser, token, seq = await here.page(0)
        for noise in NOISE[place : place + 8]:
            line = await here.open(browser, token, seq)
            await _sent(line, noise)
            assert _served(await quiet.ask("catch_up", {"seq": quiet.seq})), noise
            await line.close()
        assert room.rows("SELECT seq FROM workshop") == before
        again = await here.open(browser, token, seq)
        assert _served(await again.ask("mine", {}))

    visit(room, come)
    assert [row.getMessage() for row in caplog.records if row.getMessage() == "fault"] == []


def _served(answer: dict[str, Any]) -> bool:
    """Whether somebody was answered as usual; a person who asks that often is told to wait."""
    return bool(answer["ok"] or answer["code"] == "too_fast")


async def _sent(line: Line, noise: str | bytes) -> None:
    if isinstance(noise, bytes):
        await line.socket.send_bytes(noise)
    else:
        await line.socket.send_str(noise)


def test_a_runaway_page_is_slowed_down_and_the_others_are_not(room: Room) -> None:
    async def come(here: Visit) -> None:
        fast, calm = await here.line(0), await here.line(1)
        answers = await asyncio.gather(*(fast.ask("mine", {}) for _ in range(60)))
        slowed = [answer for answer in answers if not answer["ok"]]
        assert {answer["code"] for answer in slowed} == {"too_fast"}
        assert all(answer["again"] > 0 for answer in slowed)
        assert (await calm.ask("mine", {}))["ok"]

    visit(room, come)
