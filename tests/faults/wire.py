"""One live connection as bytes on a socket, so that it can be broken in ways no library offers.

Socket.IO 5 over Engine.IO 4 over WebSocket (RFC 6455), as much of each as a page needs.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import struct
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

PATH: Final = "/socket.io/?EIO=4&transport=websocket"
OPENS_WITHIN: Final = 20.0
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
RESET: Final = struct.pack("ii", 1, 0)


class Broken(Exception):
    """The connection is gone, or never came; `turned_away` where the room itself said no."""

    def __init__(self, words: str, *, turned_away: bool = False) -> None:
        super().__init__(words)
        self.turned_away = turned_away


def upgrade(site: str, cookie: str, path: str = PATH) -> bytes:
    """The request that turns a connection into a WebSocket."""
    host, key = urlsplit(site).netloc, base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {site}\r\nCookie: {cookie}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {key}\r\n\r\n"
    ).encode()


def frame(payload: bytes, kind: int = TEXT) -> bytes:
    """One whole frame, masked with zeros, which leave the payload as it is."""
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x80 | kind, 0x80 | size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", 0x80 | kind, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", 0x80 | kind, 0x80 | 127, size)
    return head + bytes(4) + payload


def frames(data: bytearray) -> list[tuple[int, bytes]]:
    """Take every whole frame out of the beginning of `data`."""
    found = []
    while len(data) >= 2:
        size, start = data[1] & 127, 2
        if size > 125:
            wide = 2 if size == 126 else 8
            size, start = int.from_bytes(data[2 : 2 + wide], "big"), 2 + wide
        if len(data) < start + size:
            break
        found.append((data[0] & 15, bytes(data[start : start + size])))
        del data[: start + size]
    return found


class Wire(asyncio.Protocol):
    """A connection; `open` makes one that works."""

    def __init__(self, token: str, news: Callable[[dict[str, Any]], None]) -> None:
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ended = asyncio.Event()
        self.on_end: Callable[[], None] = lambda: None
        self._token, self._news = token, news
        self._transport: asyncio.Transport | None = None
        self._asked: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._next = 0
        self._data = bytearray()
        self._upgraded = False

    @classmethod
    async def open(
        cls, site: str, cookie: str, token: str, news: Callable[[dict[str, Any]], None]
    ) -> Wire:
        """Connect as a page does with its token, and come back once the room has let it in.

        Raises:
            Broken: nobody answers, or the room turns the token away.
        """
        wire, parts = cls(token, news), urlsplit(site)
        try:
            async with asyncio.timeout(OPENS_WITHIN):
                loop = asyncio.get_running_loop()
                await loop.create_connection(lambda: wire, str(parts.hostname), parts.port or 80)
                wire.write(upgrade(site, cookie))
                await wire.ready
                if wire.ended.is_set():
                    raise Broken("It broke while it was opened.")  # noqa: TRY301 - as any other
        except (OSError, TimeoutError) as error:
            wire.close()
            raise Broken("It could not be opened.") from error
        except (Broken, asyncio.CancelledError):
            wire.close()
            raise
        return wire

    def ask(self, event: str, data: object) -> asyncio.Future[dict[str, Any]]:
        """Send an event; its answer to come fails with Broken where the connection ends first."""
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        if self.ended.is_set():
            answer.set_exception(Broken("It is gone."))
            return answer
        number, self._next = self._next, self._next + 1
        self._asked[number] = answer
        self.write(frame(f"42{number}{json.dumps([event, data])}".encode()))
        return answer

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        if self._transport and not self._transport.is_closing():
            self._transport.write(data)

    def close(self) -> None:
        """Hang up at once."""
        if self._transport:
            self._transport.abort()

    def cut(self) -> None:
        """Break off as a dying network does, with a reset and no goodbye."""
        if self._transport and not self._transport.is_closing():
            raw = self._transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self._transport.abort()

    def stop_reading(self) -> None:
        """Read nothing more, and let the other side find out by itself."""
        if self._transport and not self._transport.is_closing():
            self._transport.pause_reading()
        self._give_up()

    # ------------------------------------------------------------- what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._give_up()
        self.on_end()

    def _give_up(self) -> None:
        """Tell whoever waits for an answer that none will come."""
        self.ended.set()
        everybody: list[asyncio.Future[Any]] = [*self._asked.values(), self.ready]
        for waiting in everybody:
            if not waiting.done():
                waiting.set_exception(Broken("It broke."))
                waiting.exception()  # seen: not everybody who asks is still waiting
        self._asked.clear()

    def data_received(self, data: bytes) -> None:
        self._data += data
        if not self._upgraded:
            head, found, rest = self._data.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self.close()
                return
            self._upgraded, self._data = True, rest
        for kind, payload in frames(self._data):
            self._take(kind, payload)

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == TEXT:
            self._say(payload)
        elif kind == PING:
            self.write(frame(payload, PONG))
        elif kind == CLOSE:
            self.close()

    def _say(self, payload: bytes) -> None:
        if payload.startswith(b'42["room"'):
            self._news(json.loads(payload[2:])[1])
        elif payload.startswith(b"43"):
            start = payload.index(b"[")
            waiting = self._asked.pop(int(payload[2:start]), None)
            if waiting and not waiting.done():
                waiting.set_result(json.loads(payload[start:])[0])
        elif payload == b"2":
            self.write(frame(b"3"))
        elif payload.startswith(b"0"):
            self.write(frame(b"40" + json.dumps({"token": self._token}).encode()))
        elif payload.startswith(b"40") and not self.ready.done():
            self.ready.set_result(None)
        elif payload.startswith(b"44") and not self.ready.done():
            self.ready.set_exception(Broken("The room said no.", turned_away=True))
