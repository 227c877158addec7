"""The rehearsal button behind nginx: whichever process the laptop is on, it fills, tells, wipes."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from tests.conftest import POSTGRES
from tests.faults.hall import Hall, emptied, hall_or_skip, open_hall
from tests.faults.meeting import ABOUT
from workshop.rehearsal.browser import Browser, Page
from workshop.rehearsal.facilitator import Facilitator

pytestmark = pytest.mark.services

PEOPLE = 12
SECONDS = 20
PLAYED_WITHIN = 120.0
TABLES = ("workshop", "seat", "post", "moment", "step", "mark", "round", "purse", "host")
FIGURE = re.compile(r"<dt>([^<]+)</dt>\s*<dd[^>]*>([^<]+)</dd>")
TO_FIX = re.compile(r'reh__one--fix">.*?<strong>(.*?)</strong>', re.DOTALL)


@dataclass
class Laptop:
    """A facilitator whose pages come from a process of our choice, as nginx may choose any.

    Attributes:
        doors: the same browser at each process, by its port.
    """

    hall: Hall
    leader: Facilitator
    doors: dict[int, Browser]

    async def page(self, port: int) -> Page:
        """The page of the rehearsal as the process at `port` paints it."""
        return await self.doors[port].get(f"/workshops/{self.leader.slug}/rehearsal")

    async def starts(self, port: int) -> None:
        """Press the button on a page from that process."""
        page = await self.page(port)
        form = page.form(lambda one: "people" in one.fields, "to start a rehearsal")
        sent = await self.doors[port].send(page, form, people=str(PEOPLE), seconds=str(SECONDS))
        assert "The rehearsal is going on" in sent.text

    async def until(self, port: int, words: str) -> str:
        """What that process says once its page holds these words."""
        deadline = time.monotonic() + PLAYED_WITHIN
        while words not in (text := (await self.page(port)).text):
            assert time.monotonic() < deadline, text
            await asyncio.sleep(0.5)
        return text

    def rows(self) -> dict[str, int]:
        """How much there is of what a rehearsal makes."""
        return {name: self.hall.rows(f"SELECT count(*) FROM {name}")[0][0] for name in TABLES}  # noqa: S608 - our own names


@asynccontextmanager
async def laptop(hall: Hall) -> AsyncIterator[Laptop]:
    connector = aiohttp.TCPConnector(limit=0)
    front = Browser(hall.url, connector)
    doors = {port: Browser(f"http://127.0.0.1:{port}", connector, hall.url) for port in hall.ports}
    try:
        leader = Facilitator(front)
        await leader.sign_in(hall.one_time_token())
        await leader.make_workshop("hour", ABOUT)
        for door in doors.values():
            # What nginx would hand on: one person's cookies, and the address they came by.
            door.session.cookie_jar.update_cookies(
                {one.key: one.value for one in front.session.cookie_jar}, URL(door.site)
            )
            door.session.headers["X-Forwarded-Host"] = hall.url.partition("//")[2]
        yield Laptop(hall, leader, doors)
    finally:
        for browser in (front, *doors.values()):
            await browser.close()
        await connector.close()


def at_a_laptop(hall: Hall, does: Callable[[Laptop], Awaitable[None]]) -> None:
    async def come() -> None:
        async with laptop(hall) as here:
            await does(here)

    asyncio.run(come())
    assert hall.complaints() == []


@pytest.fixture
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hall]:
    hall_or_skip()
    redis = os.environ["LONGTABLE_TEST_REDIS_URL"]
    asked = {"database_url": emptied(POSTGRES), "redis_url": redis, "processes": request.param}
    with open_hall(tmp_path, **asked) as opened:
        yield opened


def is_right(text: str) -> None:
    """Everybody came, nothing is lost; all there is to fix is the address, and a busy machine."""
    told = dict(FIGURE.findall(text))
    assert told["People in the room"] == f"{PEOPLE} of {PEOPLE}"
    assert int(told["Posts"]) >= PEOPLE
    assert int(told["Votes"]) >= PEOPLE
    assert told["Lost or counted twice"] == "0"
    fixes = TO_FIX.findall(text)
    (address,) = [one for one in fixes if "slow" not in one]
    assert "on the server’s own computer only" in address


@pytest.mark.parametrize("hall", [2, 4], indirect=True)
def test_it_fills_tells_and_wipes_whichever_process_the_laptop_is_on(hall: Hall) -> None:
    async def does(here: Laptop) -> None:
        before = here.rows()
        for port, other in ((hall.ports[0], hall.ports[-1]), (hall.ports[-1], hall.ports[0])):
            await here.starts(port)
            await here.until(other, "The rehearsal is going on")
            is_right(await here.until(other, "has been wiped"))
            assert here.rows() == before

    at_a_laptop(hall, does)


@pytest.mark.parametrize("hall", [2], indirect=True)
def test_a_rehearsal_whose_process_dies_is_told_and_wiped_by_another(hall: Hall) -> None:
    async def does(here: Laptop) -> None:
        first, other = hall.ports
        before = here.rows()
        await here.starts(first)
        await here.until(other, f"{PEOPLE} of {PEOPLE}")
        os.kill(hall.worker(first), signal.SIGKILL)
        await here.until(other, "The rehearsal stopped half way.")
        assert here.rows() != before
        hall.whole()
        await here.starts(other)
        is_right(await here.until(other, "has been wiped"))
        assert here.rows() == before

    at_a_laptop(hall, does)
