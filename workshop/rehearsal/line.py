"""One live connection of a simulated screen, cheap enough for thousands of them in one process.

`wire` beside it is the same protocol for a few connections, in aiohttp's comfort. Here frames are
cut out of what the socket gives, and a room message that a whole hall gets is read once: the other
screens only compare their bytes with it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final

from workshop.rehearsal.browser import Lost
from workshop.rehearsal.ears import listen
from workshop.rehearsal.frames import (
    CLOSE,
    HEADERS_END,
    PING,
    PONG,
    TEXT,
    News,
    Part,
    frame,
    frames,
    read_news,
    upgrade,
)
from workshop.rehearsal.visit import Visit
from workshop.rehearsal.wire import ANSWER_SECONDS, PATH

_BROKE: Final = "The live connection broke."
_ROOM: Final = b'42["room"'

_MOST_KNOWN: Final = 256
_known: Final[dict[bytes, list[tuple[News, int]]]] = {}
"""What a socket gave -> the room messages in it and their sizes, where it held nothing else."""


class TurnedAway(Lost):
    """The room does not take this page's token; a page that is fetched anew brings a new one."""


def _learn(data: bytes, parts: list[Part]) -> None:
    """Remember what room messages `data` holds: a hall of thousands is sent the very same bytes."""
    if all(kind == TEXT and payload.startswith(_ROOM) for kind, payload in parts):
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[data] = [(read_news(payload), len(payload)) for _, payload in parts]


class Line(asyncio.Protocol):
    """A connection; `open` makes one that works.

    Args:
        token: the handshake token of the page.
        news: called with each room message.
        lost: called once when the connection is gone, whoever closed it.

    Attributes:
        messages: room messages received; size: their bytes.
    """

    def __init__(self, token: str, news: Callable[[News], None], lost: Callable[[], None]) -> None:
        self.messages = self.size = 0
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._token, self._news, self._lost = token, news, lost
        self._transport: asyncio.Transport | None = None
        self._asked: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._next = 0
        self._rest = b""
        self._upgraded = False
        self._deafen: Callable[[], None] = lambda: None

    @classmethod
    async def open(
        cls,
        visit: Visit,
        token: str,
        news: Callable[[News], None],
        lost: Callable[[], None],
        room: str = "",
    ) -> Line:
        """Connect as a page does with its token, and come back once the room has let it in.

        `room` is the page's own name for its room, by which several processes keep rooms together.

        Raises:
            Lost: nobody answers, or the room turns the token away.
        """
        line = cls(token, news, lost)
        street = visit.street
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await asyncio.get_running_loop().create_connection(
                    lambda: line,
                    street.host,
                    street.port,
                    ssl=street.ssl,
                    local_addr=(street.source, 0) if street.source else None,
                )
                where = f"{PATH}&room={room}"
                line.write(upgrade(street.netloc, where, visit.cookie, street.page_of))
                await line.ready
        except (OSError, TimeoutError) as error:
            line.close()
            raise Lost("The live connection could not be opened.") from error
        except (Lost, asyncio.CancelledError):
            line.close()
            raise
        return line

    def ask(self, event: str, data: str) -> asyncio.Future[dict[str, Any]]:
        """Send an event, its data as JSON text, and return its answer to come.

        The answer fails with Lost where the connection breaks first.
        """
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        if self._transport is None or self._transport.is_closing():
            answer.set_exception(Lost(_BROKE))
            return answer
        number, self._next = self._next, self._next + 1
        self._asked[number] = answer
        self.write(frame(f'42{number}["{event}",{data}]'.encode()))
        return answer

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        if self._transport is not None:
            self._transport.write(data)

    def close(self) -> None:
        """Hang up at once."""
        if self._transport is not None:
            self._transport.abort()

    # ------------------------------------------------------------- what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is open; nothing was said yet."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """The socket is closed: whoever waits for an answer is told."""
        everybody: list[asyncio.Future[Any]] = [*self._asked.values(), self.ready]
        for waiting in everybody:
            if not waiting.done():
                waiting.set_exception(Lost(_BROKE))
                waiting.exception()  # seen: not everybody who asks is still waiting
        self._asked.clear()
        self._deafen()
        self._lost()

    def data_received(self, data: bytes) -> None:
        """Something came: look whether it is known already, and read it where it is not."""
        found = None if self._rest else _known.get(data)
        if found is None:
            self._received(data)
            return
        for news, size in found:
            self._hear(news, size)

    def _received(self, data: bytes) -> None:
        """Take whole frames out of what came, and keep the rest for later."""
        data = self._rest + data if self._rest else data
        if not self._upgraded:
            head, found, rest = data.partition(HEADERS_END)
            self._rest = data
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self.close()
                return
            self._upgraded, data = True, rest
            if self._transport is not None:
                self._deafen = listen(self._transport, self.data_received)
        whole, self._rest = frames(data)
        if not self._rest and whole:
            _learn(data, whole)
        for kind, payload in whole:
            self._take(kind, payload)

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == TEXT and payload.startswith(_ROOM):
            self._hear(read_news(payload), len(payload))
        elif kind == TEXT:
            self._say(payload)
        elif kind == PING:
            self.write(frame(payload, PONG))
        elif kind == CLOSE:
            self.close()

    def _hear(self, news: News, size: int) -> None:
        self.messages += 1
        self.size += size
        self._news(news)

    def _say(self, payload: bytes) -> None:
        """What is not news: answers, the engine's pings, and the handshake."""
        if payload.startswith(b"43"):
            self._answered(payload)
        elif payload == b"2":
            self.write(frame(b"3"))
        elif payload.startswith(b"0"):
            self.write(frame(b"40" + json.dumps({"token": self._token}).encode()))
        elif payload.startswith(b"40") and not self.ready.done():
            self.ready.set_result(None)
        elif payload.startswith(b"44") and not self.ready.done():
            self.ready.set_exception(TurnedAway("The room turned the live connection away."))

    def _answered(self, payload: bytes) -> None:
        start = payload.index(b"[")
        waiting = self._asked.pop(int(payload[2:start]), None)
        if waiting and not waiting.done():
            waiting.set_result(json.loads(payload[start:])[0])
