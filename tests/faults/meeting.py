"""A workshop on a server that will be treated badly: its facilitator, and people with devices."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from tests.faults.device import Device
from tests.faults.history import History, View
from tests.faults.restartable import Restartable
from tests.faults.screen import Screen
from workshop.rehearsal.browser import Browser
from workshop.rehearsal.facilitator import Facilitator
from workshop.rehearsal.visit import Street, Visit

ABOUT: Final = {
    "title": "A bad day for the server",
    "service": "A test",
    "goal": "Nothing is lost",
    "better_for": "Everybody",
}
STEPS: Final = ("welcome", "problems", "themes", "ideas", "vote", "results", "next")
JOINING_AT_ONCE: Final = 20


@dataclass
class Meeting:
    """One room.

    Attributes:
        host: the control room, as a device that sends the facilitator's commands.
        people: everybody with a seat.
    """

    server: Restartable
    leader: Facilitator
    link: str
    host: Device
    history: History
    people: list[Device] = field(default_factory=list)

    @property
    def everybody(self) -> Sequence[Device]:
        return [self.host, *self.people]

    async def joins(self, number: int, prefix: str = "phone") -> list[Device]:
        """So many more people take their seats."""
        came = [
            Device(Visit(Street(self.server.url)), f"{prefix} {n}", self.history)
            for n in range(number)
        ]
        gate = asyncio.Semaphore(JOINING_AT_ONCE)

        async def join(one: Device) -> None:
            async with gate:
                await one.join(self.link)

        await asyncio.gather(*map(join, came))
        self.people += came
        return came

    async def sit_down(self, number: int) -> None:
        """So many more people take their seats one by one, so that we learn who sits where."""
        for n in range(number):
            one = Device(Visit(Street(self.server.url)), f"phone {n}", self.history)
            await one.join(self.link)
            one.seat = int(self.rows("SELECT max(id) FROM seat")[0][0])
            self.people.append(one)

    async def move_to(self, phase: str) -> None:
        """Move everybody to the step of this phase."""
        await self.host.say("step.move", {"position": STEPS.index(phase)})

    async def settle(self, within: float) -> float:
        """Wait until every page shows the room's last word; return how many seconds that took.

        Raises:
            TimeoutError: some page still did not.
        """
        began = time.monotonic()
        async with asyncio.timeout(within):
            while any(not self.right(one) for one in self.everybody if not one.gone):  # noqa: ASYNC110 - a page has no bell
                await asyncio.sleep(0.05)
        return time.monotonic() - began

    def right(self, device: Device) -> bool:
        """Whether nothing is on its way to this page and it shows the room's last word."""
        return device.settled and device.screen.seq == self.seq()

    def seq(self) -> int:
        """The room's sequence as the database has it."""
        return int(self.rows("SELECT seq FROM workshop")[0][0])

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What is in the database now, read past the product."""
        return self.server.rows(query)

    async def look(self) -> None:
        """Write down what every page shows, and what the server would show it afresh."""
        for one in self.everybody:
            if one.gone:
                continue
            fresh = Screen()
            fresh.show((await one.fetch(one.path)).text)
            shown = dict(one.screen.words)
            self.history.views[one.name] = View(one.screen.seq, shown, fresh.words)


@asynccontextmanager
async def meeting(
    server: Restartable, people: int = 0, history: History | None = None
) -> AsyncIterator[Meeting]:
    """A room at its first step with so many people, all put away at the end."""
    connector = aiohttp.TCPConnector()
    browser = Browser(server.url, connector)
    leader = Facilitator(browser)
    history = history or History()
    host = Device(Visit(Street(server.url)), "the control room", history)
    room = Meeting(server, leader, "", host, history)
    try:
        await leader.sign_in(server.one_time_token())
        room.link = await leader.make_workshop("hour", ABOUT)
        host.visit.cookies = {one.key: one.value for one in browser.session.cookie_jar}
        await host.open(f"/workshops/{leader.slug}")
        await room.joins(people)
        yield room
    finally:
        for one in room.everybody:
            await one.close()
        await browser.close()
        await connector.close()
