"""How one message reaches a whole room: one frame built once, handed to every line that is free.

The library queues a packet for each phone, wakes a writer for each and builds the same frame again
for each. Here the bytes of the frame go straight to each socket that takes them at once. A line
that is busy gets the packet the library's way, in a queue that is bounded: a screen that reads too
slowly is dropped, comes back by itself and fetches what it missed.
"""

from __future__ import annotations

import json
import socket
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from engineio.packet import MESSAGE, Packet
from socketio import Server

from workshop import metrics
from workshop.live.frames import text_frame
from workshop.live.pulse import Pulse
from workshop.logs import event

LONGEST_QUEUE: Final = 64
"""Packets that may wait for one slow screen; a page needs one a tick."""

NAMESPACE: Final = "/"


class Fanout:
    """Sends one event to everybody in a Socket.IO room.

    Args:
        direct: write frames straight to sockets where the engine lets us. False uses the
            library's own way for every line; what arrives is the same.
    """

    def __init__(self, server: Server, *, direct: bool = True) -> None:
        self._server = server
        self._direct = direct
        self._lines: dict[str, Any] = {}
        self._pulse = Pulse(server, self._one, self._hang_up)
        # The library offers no hook where a WebSocket opens, so its own class is wrapped.
        # Its table of classes belongs to all servers of a process; this one gets a copy.
        engine = server.eio._async  # noqa: SLF001 - see above
        server.eio._async = {**engine, "websocket": self._noting(engine["websocket"])}  # noqa: SLF001 - see above

    def send(self, room: str, name: str, message: dict[str, Any]) -> int:
        """Send `message` to the room and return how many bytes one copy has."""
        text = "2" + json.dumps([name, message], ensure_ascii=False, separators=(",", ":"))
        frame, packet = text_frame(f"4{text}"), Packet(MESSAGE, text)
        ways = Counter(
            self._one(number, frame, packet)
            for _, number in list(self._server.manager.get_participants(NAMESPACE, room))
        )
        metrics.sent(ways["direct"], ways["queued"], len(frame))
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
        if self._direct and line is not None and end.queue.empty() and self._write(line, frame):
            return "direct"
        if end.queue.qsize() >= LONGEST_QUEUE:
            self._drop(end, line)
            return "dropped"
        with suppress(Exception):
            # A line that breaks right now is closed by its own reader.
            end.send(packet)
        return "queued"

    def _write(self, line: Any, frame: bytes) -> bool:  # noqa: ANN401 - the engine's own WebSocket
        """Hand a frame to a socket that takes it at once; False where it has to queue."""
        lock = getattr(line, "_sendlock", None)
        if lock is None or not lock.acquire(blocking=False):
            return False
        try:
            sent = line.socket.fd.send(frame, socket.MSG_DONTWAIT)
        except BlockingIOError:
            sent = 0
        except OSError:
            sent = len(frame)  # The line is dead; its own reader is about to find out.
        if 0 < sent < len(frame):
            # What is left must follow before anything else, so the lock stays held until then.
            self._server.start_background_task(self._finish, line, lock, frame[sent:])
            return True
        lock.release()
        return bool(sent)

    def _finish(self, line: Any, lock: Any, rest: bytes) -> None:  # noqa: ANN401 - as above
        try:
            line.socket.sendall(rest)
        except OSError:
            _shut(line)
        finally:
            lock.release()

    def _drop(self, end: Any, line: Any) -> None:  # noqa: ANN401 - the library's own objects
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

    def _noting(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """The engine's WebSocket class, with every open line noted by its number."""

        def make(handler: Any, server: Any, **options: Any) -> Any:  # noqa: ANN401 - handed on
            end = handler.__self__
            number = end.sid

            def noted(line: Any) -> Any:  # noqa: ANN401 - handed on
                self._lines[number] = line
                self._pulse.opened(number, end)
                try:
                    return handler(line)
                finally:
                    self._lines.pop(number, None)
                    self._pulse.closed(number)

            return original(noted, server, **options)

        return make


def _shut(line: Any) -> None:  # noqa: ANN401 - the engine's own WebSocket, or none
    """Close a socket at once, so that whoever waits on it wakes up."""
    raw = getattr(line, "socket", None) or getattr(getattr(line, "ws", None), "sock", None)
    if raw is not None:
        with suppress(OSError):
            raw.shutdown(socket.SHUT_RDWR)
