"""How one message reaches a whole room: one frame built once, handed to every line that is free.

The library queues a packet for each phone, wakes a writer for each and builds the same frame again
for each. Here the bytes of the frame go straight to each socket that takes them at once. A line
that is busy has them wait in a queue that is bounded: a screen that reads too slowly is dropped,
comes back by itself and fetches what it missed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from engineio.packet import MESSAGE, Packet
from socketio import Server

from workshop import metrics
from workshop.live.frames import text_frame
from workshop.live.lines import GreenLine, Line, PlainLine
from workshop.live.pulse import Pulse
from workshop.logs import event

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
        self._lines: dict[str, Line] = {}
        self._pulse = Pulse(server, self._one, self._hang_up, self._unheard)
        # The library offers no hook where a WebSocket opens, so its own class is wrapped.
        # Its table of classes belongs to all servers of a process; this one gets a copy.
        engine = server.eio._async  # noqa: SLF001 - see above
        server.eio._async = {**engine, "websocket": self._noting(engine["websocket"])}  # noqa: SLF001 - see above

    def send(self, room: str, name: str, message: dict[str, Any]) -> int:
        """Send `message` to the room and return how many bytes one copy has."""
        text = "2" + json.dumps([name, message], ensure_ascii=False, separators=(",", ":"))
        frame, packet = text_frame(f"4{text}"), Packet(MESSAGE, text)
        ways: Counter[str] = Counter()
        for _, number in list(self._server.manager.get_participants(NAMESPACE, room)):
            ways[self._one(number, frame, packet)] += 1
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
        way = (self._lines.get(number) or PlainLine(end, None)).send(frame, packet)
        if way == "dropped":
            event("fanout", outcome="dropped")
            metrics.dropped()
            self._end(number, end)
        return way

    def _unheard(self, number: str) -> bool:
        """Whether a line has said something that we have not come to read yet."""
        line = self._lines.get(number)
        return line is not None and line.unheard()

    def _hang_up(self, number: str) -> None:
        """End a line that has not answered for too long."""
        if end := self._server.eio.sockets.get(number):
            event("fanout", outcome="silent")
            self._end(number, end, self._server.eio.reason.PING_TIMEOUT)

    def _end(self, number: str, end: Any, reason: str | None = None) -> None:  # noqa: ANN401 - the library's own object
        if line := self._lines.get(number):
            line.shut()
        end.close(wait=False, abort=True, reason=reason)

    def _noting(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """The engine's WebSocket class, with every open line noted by its number."""

        def make(handler: Any, server: Any, **options: Any) -> Any:  # noqa: ANN401 - handed on
            end = handler.__self__
            number = end.sid

            def noted(web: Any) -> Any:  # noqa: ANN401 - handed on
                line = self._lines[number] = self._line(end, web, handler)
                self._pulse.opened(number, end)
                try:
                    return line.serve()
                finally:
                    self._lines.pop(number, None)
                    self._pulse.closed(number)

            return original(noted, server, **options)

        return make

    def _line(self, end: Any, web: Any, handler: Callable[[Any], Any]) -> Line:  # noqa: ANN401 - the library's own objects
        if self._direct and hasattr(web, "_sendlock") and hasattr(web, "_send"):
            return GreenLine(end, web, self._server.start_background_task)
        return PlainLine(end, web, handler)
