"""A room that costs next to nothing, to see what the load generator itself costs.

It lets everybody in, keeps nothing, answers every command at once, and sends all screens one
message a tick. `bench_generator.py` starts it as a child process; it prints its port, and ends when
its standard input does.
"""

from __future__ import annotations

import asyncio
import re
import struct
import sys
from typing import Final

TICK_SECONDS: Final = 0.25
PAGE: Final = b'<body class="phone" data-token="t" data-seq="1"><form></form>' + b"x" * 20_000
UPGRADED: Final = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
SLOTS: Final = b'"slots":{"meter":"' + b"m" * 300 + b'"}'
_ASKED: Final = re.compile(rb'^42(\d+)\["(\w+)"')


def framed(payload: bytes) -> bytes:
    """One frame as a server sends it."""
    size = len(payload)
    return struct.pack("!BB", 0x81, size) if size < 126 else struct.pack("!BBH", 0x81, 126, size)


class Room:
    """All live connections, and how far the room has come."""

    def __init__(self) -> None:
        self.seq = self.told = 1
        self.screens: set[asyncio.Transport] = set()

    async def tick(self) -> None:
        """Tell every screen what happened, once a tick."""
        while True:
            await asyncio.sleep(TICK_SECONDS)
            if self.seq == self.told:
                continue
            head = b'42["room",{"from":%d,"to":%d,"cards":[],' % (self.told, self.seq)
            payload = head + SLOTS + b',"counts":{},"clock":null,"page":false,"jitter":0}]'
            data, self.told = framed(payload) + payload, self.seq
            for screen in list(self.screens):
                screen.write(data)


class Visitor(asyncio.Protocol):
    """One connection: pages at first, live after its upgrade."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.live = False
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.line = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self.room.screens.discard(self.line)

    def data_received(self, data: bytes) -> None:
        self.rest += data
        if self.live:
            self._frames()
        elif b"\r\n\r\n" in self.rest:
            head, _, body = self.rest.partition(b"\r\n\r\n")
            size = re.search(rb"Content-Length: (\d+)", head)
            if len(body) >= (int(size[1]) if size else 0):
                self.rest = b""
                self._page(head)

    def _page(self, head: bytes) -> None:
        if b"Upgrade:" in head:
            self.live = True
            self.line.write(UPGRADED)
            self._say(b'0{"sid":"x"}')
        elif head.startswith(b"POST"):
            self.line.write(
                b"HTTP/1.1 303 See Other\r\nLocation: /w/x\r\nSet-Cookie: s=%s\r\n"
                b"Content-Length: 0\r\n\r\n" % (b"c" * 300)
            )
        else:
            self.line.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
                % (len(PAGE), PAGE)
            )

    def _frames(self) -> None:
        """Frames of a generator: masked with zeros, and never longer than 64 KiB."""
        while len(self.rest) >= 6:
            size, start = self.rest[1] & 127, 6
            if size == 126:
                size, start = int.from_bytes(self.rest[2:4], "big"), 8
            if len(self.rest) < start + size:
                return
            payload, self.rest = self.rest[start : start + size], self.rest[start + size :]
            self._take(payload)

    def _take(self, payload: bytes) -> None:
        asked = _ASKED.match(payload)
        if payload.startswith(b"40"):
            self._say(b'40{"sid":"y"}')
            self.room.screens.add(self.line)
        elif asked and asked[2] == b"command":
            self.room.seq += 1
            self._say(b'43%s[{"ok":true,"seq":%d,"answer":{}}]' % (asked[1], self.room.seq))
        elif asked and asked[2] == b"catch_up":
            told = b'{"ok":true,"message":{"to":%d,"page":false,"jitter":0}}' % self.room.told
            self._say(b"43%s[%s]" % (asked[1], told))
        elif asked:
            self._say(b'43%s[{"ok":true,"marks":{}}]' % asked[1])

    def _say(self, payload: bytes) -> None:
        self.line.write(framed(payload) + payload)


async def main() -> None:
    """Serve until whoever started this is gone."""
    loop, room = asyncio.get_running_loop(), Room()
    server = await loop.create_server(lambda: Visitor(room), "127.0.0.1", 0, backlog=4096)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    ticking = loop.create_task(room.tick())
    await loop.run_in_executor(None, sys.stdin.read)
    ticking.cancel()
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
