"""Open lines, and the two ways in which something is sent on one.

The library keeps a queue and a writing task for each line and wakes it for every packet. On a green
engine a frame goes straight to the socket instead, whoever sends it, and only what a socket does
not take at once waits, in a bounded queue. Any other engine is served the library's way.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Protocol

from engineio.exceptions import SocketIsClosedError, UnknownPacketError
from engineio.packet import Packet

from workshop.live.ear import hasten, unheard
from workshop.live.frames import text_frame
from workshop.logs import event

LONGEST_QUEUE: Final = 64
"""Frames or packets that may wait for one slow screen; a page needs one a tick."""


class Line(Protocol):
    """One open line to a page."""

    def send(self, frame: bytes, packet: Packet) -> str:
        """Send one thing, as a frame or as the packet in it: "direct", "queued" or "dropped"."""

    def unheard(self) -> bool:
        """Whether the page has said something that has not been read yet."""

    def shut(self) -> None:
        """Close the socket at once, so that whoever waits on it wakes up."""

    def serve(self) -> Any:  # noqa: ANN401 - what the engine wants to be answered
        """Hear the page until the line ends."""


class PlainLine:
    """A line as the library serves it, but that its queue is bounded.

    Args:
        end: the library's end of the line.
        web: the engine's own WebSocket.
        handler: the library's way of serving it.
    """

    def __init__(self, end: Any, web: Any, handler: Callable[[Any], Any] | None = None) -> None:  # noqa: ANN401 - the library's own objects
        self._end, self._web, self._handler = end, web, handler

    def send(self, _frame: bytes, packet: Packet) -> str:
        """See `Line`."""
        if self._end.queue.qsize() >= LONGEST_QUEUE:
            return "dropped"
        with suppress(Exception):
            # A line that breaks right now is closed by its own reader.
            self._end.send(packet)
        return "queued"

    def unheard(self) -> bool:
        """See `Line`. A thread reads whenever something comes, so nothing lies about for long."""
        return False

    def shut(self) -> None:
        """See `Line`."""
        web = self._web
        shut(getattr(web, "socket", None) or getattr(getattr(web, "ws", None), "sock", None))

    def serve(self) -> Any:  # noqa: ANN401 - see Line
        """See `Line`."""
        try:
            return self._handler(self._web) if self._handler else []
        except RecursionError:
            # Brackets in brackets a thousand times: the library reads them and falls over.
            self._end.close(wait=False, abort=True)
            return []


class GreenLine:
    """A line of the green engine: frames go straight to its socket.

    Nothing here yields but `serve` and `_flush`, so no lock is needed.

    Args:
        end: the library's end of the line, which from now on sends and closes by this one.
        web: the engine's own WebSocket.
        start: starts a task.
    """

    def __init__(self, end: Any, web: Any, start: Callable[..., object]) -> None:  # noqa: ANN401 - the library's own objects
        hasten(web)
        self._end, self._web, self._start = end, web, start
        self._push = web.socket.fd.send
        self._waiting: deque[bytes] = deque()
        self._ending = False
        self._close = end.close
        end.send, end.close = self._send_packet, self.close
        web._send = self._write  # noqa: SLF001 - its answers to pings and goodbyes keep their turn

    def send(self, frame: bytes, _packet: Packet) -> str:
        """See `Line`."""
        return self._write(frame)

    def _send_packet(self, packet: Packet) -> None:
        """What the library sends by itself: answers to questions, and its own small talk.

        Raises:
            SocketIsClosedError: as the library's own way does.
        """
        if self._end.closed:
            raise SocketIsClosedError
        if self._write(text_frame(packet.encode())) == "dropped":
            self.drop()

    def _write(self, frame: bytes) -> str:
        if self._waiting:
            if len(self._waiting) >= LONGEST_QUEUE:
                return "dropped"
            self._waiting.append(frame)
            return "queued"
        try:
            sent = self._push(frame, socket.MSG_DONTWAIT)
        except BlockingIOError:
            sent = 0
        except OSError:
            return "gone"  # Its own reader is about to find out.
        if sent == len(frame):
            return "direct"
        self._waiting.append(frame[sent:])
        self._start(self._flush)
        return "queued"

    def _flush(self) -> None:
        """Write what waits, as fast as the page takes it."""
        try:
            while self._waiting:
                self._web.socket.sendall(self._waiting[0])
                self._waiting.popleft()
        except OSError:
            self._waiting.clear()
            self.shut()
        if self._ending:
            self.shut()

    def serve(self) -> list[bytes]:
        """See `Line`."""
        end = self._end
        end.connected = end.upgraded = True
        while end.queue.qsize():
            # What the library had to say before the line was open.
            self._send_packet(end.queue.get(block=False))
        with suppress(Exception):
            self._hear()
        end.close(wait=False, abort=True, reason=end.server.reason.TRANSPORT_CLOSE)
        return []

    def _hear(self) -> None:
        while (words := self._web.wait()) is not None:
            if len(words) > self._end.server.max_http_buffer_size:
                return
            with suppress(UnknownPacketError):
                self._end.receive(Packet(encoded_packet=words))

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:  # noqa: FBT001, FBT002, ARG002 - the library's own way to call it
        """End the line once what waits has gone out; at once where it is aborted."""
        self._close(wait=False, abort=abort, reason=reason)
        self._ending = True
        if abort or not self._waiting:
            self.shut()

    def unheard(self) -> bool:
        """See `Line`."""
        return unheard(self._web.socket)

    def drop(self) -> None:
        """End a line that takes too little; its page comes back and fetches what it missed."""
        event("fanout", outcome="dropped")
        self._end.close(wait=False, abort=True)

    def shut(self) -> None:
        """See `Line`."""
        shut(self._web.socket)


def shut(raw: Any) -> None:  # noqa: ANN401 - an engine's own socket, or none
    """Close a socket for both sides, whether or not somebody waits on it."""
    if raw is not None:
        with suppress(OSError):
            raw.shutdown(socket.SHUT_RDWR)
