"""Socket.IO 5 over Engine.IO 4, by hand: one WebSocket, text frames, questions with an answer.

Written from the protocol's own description, and without the client library, so that a hall of
simulated phones is cheap and checks the wire from outside. A frame starts with the digit of its
kind: `0` open, `2` ping, `3` pong, `40` connect, `44` refused, `42<n>[event, data]` question
number n, `43<n>[answer]` its answer, `42[event, data]` news.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from workshop.rehearsal.browser import Browser, Lost

PATH: Final = "/socket.io/?EIO=4&transport=websocket"
ANSWER_SECONDS: Final = 30
_TO = re.compile(r'(?<!\\)"to":(\d+)')
_NEWS: Final = '42["room"'
_BYE: Final = '42["bye"'


@dataclass
class Wire:
    """One live connection.

    Attributes:
        seq: the room's sequence as far as this page has heard.
        news: room messages received; size: their letters.
        gone: whether the room said goodbye.
    """

    socket: aiohttp.ClientWebSocketResponse
    seq: int = 0
    news: int = 0
    size: int = 0
    gone: bool = False
    _asked: dict[int, asyncio.Future[Any]] = field(default_factory=dict)
    _next: int = 0
    _reading: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, browser: Browser, token: str, seq: int) -> Wire:
        """Connect with a page's handshake token, as the page's own script does.

        Raises:
            Lost: nobody answers, or the room turns the token away.
        """
        address = browser.site.replace("http", "ws", 1) + PATH
        try:
            socket = await browser.session.ws_connect(address, autoclose=True, autoping=True)
            await _expect(socket, "0")
            await socket.send_str("40" + json.dumps({"token": token}))
            await _expect(socket, "40")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Lost("The live connection could not be opened.") from error
        wire = cls(socket, seq)
        wire._reading = asyncio.create_task(wire._read())
        return wire

    async def ask(self, event: str, data: dict[str, Any]) -> dict[str, Any]:
        """Send an event and wait for its answer.

        Raises:
            Lost: the connection broke before the answer came, or it never came.
        """
        number, self._next = self._next, self._next + 1
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            await self.socket.send_str(f"42{number}{json.dumps([event, data])}")
            async with asyncio.timeout(ANSWER_SECONDS):
                told = await answer
        except (aiohttp.ClientError, ConnectionError, TimeoutError) as error:
            raise Lost("The live connection broke.") from error
        finally:
            self._asked.pop(number, None)
        return dict(told)

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                await self._take(message.data)
        for waiting in self._asked.values():
            if not waiting.done():
                waiting.set_exception(Lost("The live connection broke."))

    async def _take(self, text: str) -> None:
        if text.startswith(_NEWS):
            # A phone in a rehearsal paints nothing: it only keeps its place in the room's sequence.
            self.news, self.size = self.news + 1, self.size + len(text)
            if found := _TO.search(text):
                self.seq = max(self.seq, int(found[1]))
        elif text.startswith("43"):
            self._answered(text[2:])
        elif text == "2":
            await self.socket.send_str("3")
        elif text.startswith(_BYE):
            self.gone = True

    def _answered(self, text: str) -> None:
        start = text.index("[")
        waiting = self._asked.get(int(text[:start]))
        if waiting and not waiting.done():
            waiting.set_result(json.loads(text[start:])[0])

    async def close(self) -> None:
        """Hang up."""
        await self.socket.close()
        if self._reading:
            self._reading.cancel()
            with suppress(asyncio.CancelledError):
                await self._reading


async def _expect(socket: aiohttp.ClientWebSocketResponse, start: str) -> None:
    message = await socket.receive(timeout=ANSWER_SECONDS)
    if message.type is not aiohttp.WSMsgType.TEXT or not message.data.startswith(start):
        await socket.close()
        raise Lost("The room turned the live connection away.")
