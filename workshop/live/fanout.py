"""How one message reaches a whole room: one frame built once, handed to every line that is free.

The library queues a packet for each phone, wakes a writer for each and builds the same frame again
for each. Here the bytes of the frame go straight to each socket that takes them at once. A line
that is busy gets the packet the library's way, in a queue that is bounded: a screen that reads too
slowly is dropped, comes back by itself and fetches what it missed.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from engineio.packet import MESSAGE, Packet
from socketio import Server

from workshop import metrics
from workshop.live.ear import hasten
from workshop.live.frames import text_frame
from workshop.live.pulse import Pulse
from workshop.logs import event

LONGEST_QUEUE: Final = 64
"""Packets that may wait for one slow screen; a page needs one a tick."""

NAMESPACE: Final = "/"


@dataclass(frozen=True, slots=True)
class Line:
    """One open line.

    Attributes:
        web: the engine's own WebSocket.
        push: its socket's `send`, where frames may be written straight to it; else None.
        lock: what the engine's class holds while it writes.
    """

    web: Any
    push: Any = None
    lock: Any = None


class Fanout:
    """Sends one event to everybody in a Socket.IO room.

    Args:
        direct: write frames straight to sockets where the engine lets us. False uses the
            library's own way for every line; what arrives is the same.
    """

    def __init__(self, server: Server, *, direct: bool = True) -> None:
        self._server = server
        self._direct = direct
        self._lines: dict[str, Line] = {}
        self._pulse = Pulse(server, self._one, self._hang_up)
        # The library offers no hook where a WebSocket opens, so its own class is wrapped.
        # Its table of classes belongs to all servers of a process; this one gets a copy.
        engine = server.eio._async  # noqa: SLF001 - see above
        server.eio._async = {**engine, "websocket": self._noting(engine["websocket"])}  # noqa: SLF001 - see above

    def send(self, room: str, name: str, message: dict[str, Any]) -> int:
        """Send `message` to the room and return how many bytes one copy has."""
        text = "2" + json.dumps([name, message], ensure_ascii=False, separators=(",", ":"))
        frame, packet = text_frame(f"4{text}"), Packet(MESSAGE, text)
        direct = queued = 0
        for _, number in list(self._server.manager.get_participants(NAMESPACE, room)):
            way = self._one(number, frame, packet)
            direct += way == "direct"
            queued += way == "queued"
        metrics.sent(direct, queued, len(frame))
        return len(frame)

    def keep_alive(self) -> None:
        """Look after every open line, for as long as the process lives."""
        self._pulse.run()

    def _one(self, number: str, frame: bytes, packet: Packet) -> str:
        """Send to one line, and say how it went: direct, queued, dropped or gone."""
        end = self._server.eio.sockets.get(number)
        if end is None or end.closed:
            return "gone"
        line = self._lines.get(number)
        if line and line.push and not end.queue.qsize() and self._write(line, frame):
            return "direct"
        if end.queue.qsize() >= LONGEST_QUEUE:
            self._drop(end, line)
            return "dropped"
        with suppress(Exception):
            # A line that breaks right now is closed by its own reader.
            end.send(packet)
        return "queued"

    def _write(self, line: Line, frame: bytes) -> bool:
        """Hand a frame to a socket that takes it at once; False where it has to queue."""
        if line.lock.locked():
            return False
        try:
            sent = line.push(frame, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True  # The line is dead; its own reader is about to find out.
        if sent < len(frame):
            # Nothing has yielded since the look at the lock. What is left must follow before
            # anything else, so the lock is held until then.
            line.lock.acquire()
            self._server.start_background_task(self._finish, line, frame[sent:])
        return True

    def _finish(self, line: Line, rest: bytes) -> None:
        try:
            line.web.socket.sendall(rest)
        except OSError:
            _shut(line)
        finally:
            line.lock.release()

    def _drop(self, end: Any, line: Line | None) -> None:  # noqa: ANN401 - the library's own object
        event("fanout", outcome="dropped")
        metrics.dropped()
        _shut(line)
        end.close(wait=False, abort=True)

    def _hang_up(self, number: str) -> None:
        """End a line that has not answered for too long."""
        if end := self._server.eio.sockets.get(number):
            event("fanout", outcome="silent")
            _shut(self._lines.get(number))
            end.close(wait=False, abort=True, reason=self._server.eio.reason.PING_TIMEOUT)

    def _line(self, web: Any) -> Line:  # noqa: ANN401 - the engine's own WebSocket
        """Note how this line is written to, and have it hear faster, where its engine lets us."""
        lock = getattr(web, "_sendlock", None)
        if not self._direct or lock is None:
            return Line(web)
        hasten(web)
        return Line(web, web.socket.fd.send, lock)

    def _noting(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """The engine's WebSocket class, with every open line noted by its number."""

        def make(handler: Any, server: Any, **options: Any) -> Any:  # noqa: ANN401 - handed on
            end = handler.__self__
            number = end.sid

            def noted(web: Any) -> Any:  # noqa: ANN401 - handed on
                self._lines[number] = self._line(web)
                self._pulse.opened(number, end)
                try:
                    return handler(web)
                finally:
                    self._lines.pop(number, None)
                    self._pulse.closed(number)

            return original(noted, server, **options)

        return make


def _shut(line: Line | None) -> None:
    """Close a socket at once, so that whoever waits on it wakes up."""
    web = line.web if line else None
    raw = getattr(web, "socket", None) or getattr(getattr(web, "ws", None), "sock", None)
    if raw is not None:
        with suppress(OSError):
            raw.shutdown(socket.SHUT_RDWR)
