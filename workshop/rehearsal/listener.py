"""A simulated screen that follows its room exactly as the page's own script does."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final

from workshop.rehearsal.browser import Lost
from workshop.rehearsal.figures import Heard
from workshop.rehearsal.frames import News
from workshop.rehearsal.line import Line, TurnedAway
from workshop.rehearsal.visit import Sheet, Visit
from workshop.rehearsal.wire import ANSWER_SECONDS

TRIES: Final = 20
"""How often a lost connection is opened again before the screen gives up."""

BREATH: Final = 0.5
"""Seconds before the first of these tries, twice as many before each that follows."""

LONGEST_BREATH: Final = 2.0
UNEVEN: Final = (0.5, 1.5)
"""Chance makes each of these waits so much of itself: a hall does not come back all at once."""

AGAIN_SECONDS: Final = 2.0
"""Before a page or a catching up that was refused is asked for again."""


def breath(tries: int) -> float:
    """Seconds before this try (from 1) to open a lost connection, as the browser waits."""
    return min(LONGEST_BREATH, BREATH * 2.0 ** (tries - 1) * random.uniform(*UNEVEN))


class Listener:
    """One open page of a room: a person's phone, the control room or the projector.

    Attributes:
        path: the page's address.
        seq: the room's sequence that this screen shows.
        heard: when it first showed each sequence.
        up: set while the live connection stands.
        reopened, caught_up, fetched: how often its connection was opened again, it had to ask
            for what it missed, and it fetched its page anew.
        returned: how often it was connected and had caught up.
    """

    def __init__(self, visit: Visit, path: str = "") -> None:
        self.visit = visit
        self.path = path
        self.seq = 0
        self.heard = Heard()
        self.up = asyncio.Event()
        self.reopened = self.caught_up = self.fetched = self.returned = 0
        self._token = self._room = ""
        self._line: Line | None = None
        self._earlier = (0, 0)
        self._tasks: set[asyncio.Task[None]] = set()
        self._asking = self._ask_again = self._closing = self._returning = False
        self._refetching: asyncio.TimerHandle | None = None

    @property
    def received(self) -> tuple[int, int]:
        """Room messages and their bytes, over all its connections."""
        line = self._line
        here = (line.messages, line.size) if line else (0, 0)
        return self._earlier[0] + here[0], self._earlier[1] + here[1]

    async def open(self) -> None:
        """Fetch the page and follow the room from it, for the first time or after `close`.

        Raises:
            Lost: the page holds no live token, or the connection could not be opened.
        """
        self._closing = False
        try:
            self.take(await self.visit.get(self.path))
        finally:
            await self.visit.close()
        await self.connect()

    def drop(self) -> None:
        """Lose the connection, as a phone in a lift does; it comes back by itself."""
        if self._line:
            self._line.close()

    def take(self, sheet: Sheet) -> None:
        """Show a page that was fetched.

        Raises:
            Lost: it is not the page of a room.
        """
        body = sheet.body
        if "token" not in body:
            raise Lost(f"There is no live page at {sheet.path} (status {sheet.status}).")
        self.path, self._token = sheet.path, body["token"]
        self._room = body.get("room", "")
        self._show(int(body.get("seq", "0")))

    async def connect(self) -> None:
        """Open the live connection and catch up with what happened since the page was made."""
        if self._line:
            self._earlier = self.received
        self._line = await Line.open(self.visit, self._token, self._news, self._lost, self._room)
        self.up.set()
        await self._catch_up()
        self.returned += 1

    async def ask(self, event: str, data: str) -> dict[str, Any]:
        """Ask the room something, its data as JSON text.

        Raises:
            Lost: the connection broke, or no answer came in time.
        """
        if self._line is None:
            raise Lost("This screen has no live connection.")
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._line.ask(event, data)
        except TimeoutError as error:
            raise Lost("The room did not answer in time.") from error

    # ------------------------------------------------------------- following the room

    def _news(self, news: News) -> None:
        if news.end < self.seq:
            return
        if news.start > self.seq:
            self.start(self._catch_up())
            return
        self._show(news.end)
        if news.page:
            self._refetch_soon(random.random() * news.jitter / 1000)

    def _show(self, seq: int) -> None:
        if seq > self.seq:
            self.heard.note(seq, time.perf_counter())
            self.seq = seq

    async def _catch_up(self) -> None:
        """Ask for everything after `seq`: one question at a time, a wish meanwhile is kept."""
        self._ask_again = True
        if self._asking:
            return
        self._asking = True
        try:
            while self._ask_again:
                self._ask_again = False
                await self._missed()
        finally:
            self._asking = False

    async def _missed(self) -> None:
        self.caught_up += 1
        answer = await self.ask("catch_up", f'{{"seq":{self.seq}}}')
        if not answer.get("ok"):
            self._refetch_soon(AGAIN_SECONDS)
            return
        message = answer["message"]
        self._show(message["to"])
        if message["page"]:
            self._refetch_soon(random.random() * message["jitter"] / 1000)

    def _refetch_soon(self, seconds: float) -> None:
        if self._refetching:
            self._refetching.cancel()
        loop = asyncio.get_running_loop()
        self._refetching = loop.call_later(seconds, lambda: self.start(self._refetch()))

    async def _refetch(self) -> None:
        self._refetching = None
        self.fetched += 1
        try:
            self.take(await self.visit.get(self.path))
            await self._catch_up()
        finally:
            await self.visit.close()

    # ------------------------------------------------------------- losing it and coming back

    def _lost(self) -> None:
        self.up.clear()
        # A line that breaks while it is being opened again is no second loss.
        if not (self._closing or self._returning) and self._line is not None:
            self.start(self._come_back())

    async def _come_back(self) -> None:
        self._returning = True
        try:
            for tries in range(1, TRIES + 1):
                await asyncio.sleep(breath(tries))
                with suppress(Lost):
                    await self._open_again()
                    return
        finally:
            self._returning = False

    async def _open_again(self) -> None:
        self.reopened += 1
        try:
            await self.connect()
        except TurnedAway:
            # As the page's own script does: the next try comes with a page fetched anew.
            try:
                self.take(await self.visit.get(self.path))
            finally:
                await self.visit.close()
            raise

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Do `work` beside everything else; that the room is out of reach shows in the figures."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            error = task.exception()
            if error is not None and not isinstance(error, Lost):
                raise error

    async def close(self) -> None:
        """Put the screen away."""
        self._closing = True
        if self._refetching:
            self._refetching.cancel()
        for task in list(self._tasks):
            task.cancel()
        if self._line:
            self._earlier = self.received
            self._line.close()
            self._line = None
        await self.visit.close()
