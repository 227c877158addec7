"""Keeps every line alive, and finds the dead ones, from one task.

The library starts a task for every ping of every line, and another that visits them one by one,
a thousand times a second in a large hall. One look a second over all lines does the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from engineio.exceptions import QueueEmpty
from engineio.packet import PING, Packet
from socketio import Server

from workshop.live.frames import text_frame

LOOK_SECONDS: Final = 0.5
FRAME: Final = text_frame(str(PING))
PACKET: Final = Packet(PING)


@dataclass(slots=True)
class _Beat:
    """One line: when it is pinged next, and from when it owes an answer (None: it does not)."""

    next: float
    asked: float | None = None


def _wait_for_packets(poll: Callable[[], list[Packet]]) -> list[Packet]:
    """What is to be sent next on one line, however long that takes.

    The library's writer ends the line where its queue stays empty for two pings; ours go past it.
    """
    while True:
        with suppress(QueueEmpty):
            return poll()


class Pulse:
    """Pings open lines at the server's interval and hangs up on those that stay silent.

    Args:
        send: `send(number, frame, packet)` hands something to one line.
        hang_up: `hang_up(number)` ends a line at once.
        unheard: `unheard(number)` says whether a line has said something that nobody has read
            yet: then we are behind, and it is not silent.
    """

    def __init__(
        self,
        server: Server,
        send: Callable[[str, bytes, Packet], object],
        hang_up: Callable[[str], None],
        unheard: Callable[[str], bool],
    ) -> None:
        self._server = server
        self._send = send
        self._hang_up = hang_up
        self._unheard = unheard
        self._beats: dict[str, _Beat] = {}
        self._looked: float | None = None

    def opened(self, number: str, end: Any) -> None:  # noqa: ANN401 - the library's own object
        """A line is open. The library has its first ping on the way; the others are ours."""
        interval, now = self._server.eio.ping_interval, time.monotonic()
        self._beats[number] = _Beat(next=now + 2 * interval, asked=now + interval)
        end.schedule_ping = partial(self._answered, number, end)
        end.poll = partial(_wait_for_packets, end.poll)

    def closed(self, number: str) -> None:
        """A line is gone."""
        self._beats.pop(number, None)

    def _answered(self, number: str, end: Any) -> None:  # noqa: ANN401 - as above
        """The other side has answered a ping; the library calls this where it would send one."""
        end.last_ping = None
        if beat := self._beats.get(number):
            beat.asked = None

    def run(self) -> None:
        """Look after the lines for as long as the process lives."""
        while True:
            self._server.sleep(LOOK_SECONDS)
            self.look(time.monotonic())

    def look(self, now: float) -> None:
        """Ping what is due, and hang up on what has been silent for too long."""
        eio = self._server.eio
        # A process that was held up has not heard the answers yet: that is nobody's silence.
        late = max(0.0, now - self._looked - 2 * LOOK_SECONDS) if self._looked is not None else 0.0
        self._looked = now
        for number, beat in list(self._beats.items()):
            if beat.asked is not None:
                beat.asked += late
            if beat.asked is not None and now - beat.asked > eio.ping_timeout:
                if not self._unheard(number):
                    self.closed(number)
                    self._hang_up(number)
            elif beat.asked is None and now >= beat.next:
                beat.asked, beat.next = now, now + eio.ping_interval
                self._send(number, FRAME, PACKET)
