"""One page of a room on a device that can be trusted with nothing: it drops, stalls and repeats.

It comes back and resends by the rules of the page's own script; what it does worse than that is
asked of it by name. Everything it sends and hears goes into a history, where one is given.
"""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Coroutine
from typing import Any, Final

from tests.faults import script
from tests.faults.history import History
from tests.faults.screen import Screen
from tests.faults.wire import Broken, Wire
from workshop.rehearsal.browser import Lost
from workshop.rehearsal.visit import Sheet, Visit

REFETCH_SECONDS: Final = 2.0
GIVES_UP_AFTER: Final = 60.0


class No(Exception):
    """A final no of the room; its text is the code."""


class Device:
    """A page of a room.

    Attributes:
        screen: what it shows.
        up: set while its live connection stands.
        gone: whether the room said goodbye.
    """

    def __init__(self, visit: Visit, name: str, history: History | None = None) -> None:
        self.visit = visit
        self.name = name
        self.history = history or History()
        self.screen = Screen()
        self.path = ""
        self.seat = 0
        self.up = asyncio.Event()
        self.gone = self.away = False
        self.forsaken: list[Wire] = []
        self.line: Wire | None = None
        self._number = 0
        self._tries = 0
        self._catching = asyncio.Lock()
        self._stale = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    # ------------------------------------------------------------- coming in

    async def join(self, link: str, group: str = "citizen") -> None:
        """Take a seat and open its page."""
        door = await self.visit.get(link)
        fields = {**door.hidden, "group": group, "name": "", "language": "en"}
        page = await self.visit.post(link, fields)
        await self.visit.close()
        self.path = page.path
        self._take(page.text)
        await self.connect()

    async def open(self, path: str) -> None:
        """Open a page that needs no seat: the control room."""
        self.path = path
        self._take((await self.fetch(path)).text)
        await self.connect()

    async def fetch(self, path: str) -> Sheet:
        """Fetch a page with this device's cookies, over a connection of its own.

        Raises:
            Lost: nobody answers.
        """
        visit = Visit(self.visit.street, self.visit.cookies)
        try:
            return await visit.get(path)
        finally:
            await visit.close()

    def _take(self, text: str) -> None:
        self.screen.show(text)
        if not self.screen.token:
            raise Lost(f"{self.name} was given no live page at {self.path}.")

    async def connect(self) -> None:
        """Open the live connection and ask for what was missed.

        Raises:
            Broken: nobody answers, or the room turns this page away.
        """
        site = self.visit.street.site
        line = await Wire.open(site, self.visit.cookie, self.screen.token, self._news)
        before, self.line, self._tries = self.line, line, 0
        if before:
            before.close()  # It broke while it caught up, and two tries to come back succeeded.
        line.on_end = lambda: self._broke(line)
        self.up.set()
        await self._catch_up()

    # ------------------------------------------------------------- following the room

    def _news(self, message: dict[str, Any]) -> None:
        if message["to"] < self.screen.seq:
            return
        if message["from"] > self.screen.seq:
            self._start(self._catch_up())
            return
        self._apply(message)

    def _apply(self, message: dict[str, Any]) -> None:
        self.screen.apply(message)
        if message["page"]:
            self._refetch_after(random.random() * message["jitter"] / 1000)

    def _refetch_after(self, seconds: float) -> None:
        if not self._stale:
            self._stale = True
            self._start(self._refetch(seconds))

    async def _refetch(self, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            self._stale = False
            try:
                self._take((await self.fetch(self.path)).text)
                break
            except Lost:
                if self.gone:
                    return
                seconds = REFETCH_SECONDS
        await self._catch_up()

    async def _catch_up(self, after: float = 0) -> None:
        await asyncio.sleep(after)
        async with self._catching:
            try:
                answer = await self._ask("catch_up", {"seq": self.screen.seq})
            except Broken:
                # Where the connection broke, the next one asks again by itself.
                if self.up.is_set():
                    self._start(self._catch_up(REFETCH_SECONDS * random.uniform(0.5, 1.5)))
                return
            if answer.get("ok"):
                self._news(answer["message"])
            else:
                self._refetch_after(REFETCH_SECONDS)

    @property
    def settled(self) -> bool:
        """Whether nothing is on its way to this page any more."""
        return self.up.is_set() and not self._stale and not self._catching.locked()

    async def _ask(self, event: str, data: object) -> dict[str, Any]:
        if self.line is None:
            raise Broken("There is no connection.")
        try:
            async with asyncio.timeout(script.ANSWER_WITHIN):
                return await self.line.ask(event, data)
        except TimeoutError as error:
            raise Broken("No answer in time.") from error

    def envelope(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """A new command: its id and number are chosen once."""
        self._number += 1
        known, number = str(uuid.uuid4()), self._number
        return {"id": known, "n": number, "device": self.name, "kind": kind, "body": body}

    async def say(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a command until it is answered, and return its answer.

        Raises:
            No: the final refusal's code.
        """
        return await self.until_answered(self.envelope(kind, body))

    async def until_answered(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Send this very command, again after each break, until it is answered.

        Raises:
            No: the final refusal's code.
            TimeoutError: the room never answered, or always asked to come back later.
        """
        self.history.asked(self.name, self.seat, sent)
        async with asyncio.timeout(GIVES_UP_AFTER):
            while not self.gone:
                await self.up.wait()
                try:
                    answer = await self.once(sent)
                except Broken:
                    await asyncio.sleep(0.05)
                    continue
                if answer.get("ok"):
                    return answer
                if answer.get("again") is None:
                    raise No(answer.get("code", ""))
                await asyncio.sleep(float(answer["again"]))
        raise No("bye")

    async def once(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Send it once, and write down what came back."""
        self.history.sending(sent["id"])
        answer = await self._ask("command", sent)
        self.history.answered(sent["id"], answer)
        return answer

    # ------------------------------------------------------------- losing it and coming back

    def _broke(self, line: Wire) -> None:
        if line is self.line:
            self.up.clear()
            if not self._closing and not self.away:
                self._start(self._come_back())

    async def _come_back(self) -> None:
        while not self.up.is_set() and not self._closing:
            await asyncio.sleep(script.wait(self._tries, random.random()))
            self._tries += 1
            try:
                await self.connect()
            except Broken as error:
                if error.turned_away:
                    self.gone = self._closing = True
                    self.up.set()

    def come_back(self) -> None:
        """Open another connection by and by."""
        self.away = False
        if not self.up.is_set():
            self._start(self._come_back())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Put the device away."""
        self._closing = True
        under_way = [task for task in self._tasks if task.cancel()]
        await asyncio.gather(*under_way, return_exceptions=True)  # each closes what it was opening
        for line in [*self.forsaken, *([self.line] if self.line else [])]:
            line.close()
        await self.visit.close()
