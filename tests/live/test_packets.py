"""No page can speak in the library's own name, and nothing damaged gets past the door."""

from __future__ import annotations

import asyncio
import logging

import pytest
from socketio.packet import CONNECT, DISCONNECT, EVENT

from tests.live.room import Visit, serving, visit
from workshop.acts import seats
from workshop.live.packets import NOT_OURS, StrictPacket

DAMAGED = [
    "", "2", "2[", "2{}", "2[]", "2[7]", "2[null]", '2"command"', '2["connect",{}]',
    '2["disconnect"]', "3[]", "30[1]", "4", '51-["command",{"_placeholder":true,"num":0}]',
    "6-[]", "9", "é", "2" + "9" * 200 + "[]", "2" + "[" * 50_000,
]  # fmt: skip


@pytest.mark.parametrize("said", [*DAMAGED, b"", b"2[]", b"\xff"])
def test_what_is_not_our_wire_becomes_an_event_that_nobody_handles(
    said: str | bytes,
) -> None:
    packet = StrictPacket(encoded_packet=said)
    assert (packet.packet_type, packet.data, packet.attachment_count) == (EVENT, [NOT_OURS], 0)


def test_what_is_our_wire_is_left_as_it_is() -> None:
    hello, bye = StrictPacket(encoded_packet='0{"token":"x"}'), StrictPacket(encoded_packet="1")
    carried: object = hello.data
    assert (hello.packet_type, carried) == (CONNECT, {"token": "x"})
    assert bye.packet_type == DISCONNECT
    said = StrictPacket(encoded_packet='27["command",{"n":1}]')
    assert (said.packet_type, said.id, said.data) == (EVENT, 7, ["command", {"n": 1}])


@pytest.mark.parametrize("word", ["connect", "disconnect"])
def test_a_page_that_pretends_to_have_left_is_turned_out_like_any_other(
    tmp_path_factory: pytest.TempPathFactory, word: str
) -> None:
    with serving(tmp_path_factory.mktemp("pretends"), people=2, step="problems") as room:

        async def come(here: Visit) -> None:
            line = await here.line(0)
            answer = await line.ask(word, {})
            assert answer["code"] == "unknown_command"
            seat = room.told.people[0].seat
            await asyncio.to_thread(room.told.do, seats.remove_seat, seat_id=seat)
            await line.ends()

        visit(room, come)


def test_the_libraries_print_nothing_past_our_own_log() -> None:
    for name in ("socketio.server", "engineio.server"):
        assert logging.getLogger(name).handlers == []
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
