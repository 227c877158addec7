"""A line of the green engine: straight to the socket, in order, bounded, and ended politely."""

from __future__ import annotations

import queue
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from engineio.exceptions import SocketIsClosedError
from engineio.packet import MESSAGE, Packet
from hypothesis import given
from hypothesis import strategies as st

from workshop.live.frames import text_frame
from workshop.live.lines import LONGEST_QUEUE, GreenLine


class Socket:
    """Takes so many bytes and no more until somebody reads."""

    def __init__(self, room: int) -> None:
        self.room, self.taken, self.is_shut = room, b"", False
        self.fd = self

    def send(self, data: bytes, _flags: int) -> int:
        if self.is_shut:
            raise BrokenPipeError
        if not self.room:
            raise BlockingIOError
        fits = data[: self.room]
        self.room -= len(fits)
        self.taken += fits
        return len(fits)

    def sendall(self, data: bytes) -> None:
        if self.is_shut:
            raise BrokenPipeError
        self.taken += data

    def shutdown(self, _how: int) -> None:
        self.is_shut = True


class End:
    """Stands where the library's own end of a line does."""

    def __init__(self) -> None:
        self.closed = False
        self.how: list[dict[str, Any]] = []
        self.queue: queue.Queue[Packet] = queue.Queue()
        self.server = SimpleNamespace(
            max_http_buffer_size=100, reason=SimpleNamespace(TRANSPORT_CLOSE="gone")
        )
        self.heard: list[object] = []
        self.send: Callable[[Packet], None]

    def close(self, **how: Any) -> None:
        if not how["abort"]:
            self.send(Packet(MESSAGE, "goodbye"))
        self.closed = True
        self.how.append(how)

    def receive(self, packet: Packet) -> None:
        self.heard.append(packet.data)


def _line(room: int, *words: str) -> tuple[GreenLine, End, Socket, list[Callable[[], None]]]:
    """A line, both its ends, and the tasks that it started; nobody runs them yet."""
    end, socket = End(), Socket(room)
    tasks: list[Callable[[], None]] = []
    said = iter([*words, None])
    web = SimpleNamespace(socket=socket, wait=lambda: next(said), _send=None)
    return GreenLine(end, web, tasks.append), end, socket, tasks


def _say(line: GreenLine, words: str) -> str:
    return line.send(text_frame(words), Packet(MESSAGE, words))


@given(st.integers(0, 400), st.lists(st.text(max_size=40), max_size=LONGEST_QUEUE))
def test_every_frame_goes_out_once_whole_and_in_order(room: int, said: list[str]) -> None:
    line, _, socket, tasks = _line(room)
    ways = [_say(line, words) for words in said]
    assert len(tasks) <= 1
    assert ways == sorted(ways)  # first those that went direct, then those that wait
    for task in tasks:
        task()
    assert socket.taken == b"".join(map(text_frame, said))


def test_what_waits_is_bounded_and_then_no_more_is_taken() -> None:
    line, _, _, _ = _line(room=0)
    ways = [_say(line, str(number)) for number in range(LONGEST_QUEUE + 2)]
    assert ways == ["queued"] * LONGEST_QUEUE + ["dropped"] * 2


def test_a_goodbye_goes_out_before_the_line_ends() -> None:
    line, end, socket, tasks = _line(room=3)
    _say(line, "words that wait")
    end.close(wait=True)
    assert not socket.is_shut
    tasks[0]()
    assert socket.taken == text_frame("words that wait") + text_frame("4goodbye")
    assert socket.is_shut


def test_an_aborted_line_ends_at_once_and_takes_no_more() -> None:
    line, end, socket, tasks = _line(room=3)
    _say(line, "words that wait")
    end.close(abort=True)
    assert socket.is_shut
    tasks[0]()
    with pytest.raises(SocketIsClosedError):
        end.send(Packet(MESSAGE, "too late"))
    assert _say(line, "too late") == "gone"


def test_a_line_says_first_what_was_said_before_it_was_open_and_then_hears() -> None:
    line, end, socket, _ = _line(400, "4one", "4two")
    end.queue.put(Packet(MESSAGE, "hello"))
    assert line.serve() == []
    assert socket.taken == text_frame("4hello")
    assert end.heard == ["one", "two"]
    assert end.how == [{"wait": False, "abort": True, "reason": "gone"}]


def test_too_long_a_message_ends_the_line_it_came_on() -> None:
    line, end, _, _ = _line(400, "4" + "x" * 200, "4never heard")
    line.serve()
    assert end.heard == []
    assert end.closed
