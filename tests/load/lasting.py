"""A hall that goes on for an hour: votes, posts, people who come and go, and what it costs."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp

from tests.load.coming import Coming
from tests.load.standing import fill, token_for
from tests.served import Served
from workshop.rehearsal import afterwards, figures, ledger, load
from workshop.rehearsal.browser import Browser, Lost
from workshop.rehearsal.figures import Heard, Taps
from workshop.rehearsal.hall import Hall, make_halls, rule_for
from workshop.rehearsal.ledger import Wrong
from workshop.rehearsal.machine import Machine, make_room
from workshop.rehearsal.person import Person
from workshop.rehearsal.phone import TurnedDown
from workshop.rehearsal.visit import Street

METHOD: Final = "dots"
WINDOW_SECONDS: Final = 60.0
SAMPLE_SECONDS: Final = 10.0
SAMPLES: Final = 60
"""At the least, of a run that is shorter than ten minutes."""

AUTHORS: Final = 10
POST_SECONDS: Final = 30.0
"""One of the authors posts an idea this often: a board that grows without end is no leak."""

PHONES_FOR_A_VOTE: Final = 10
"""So many phones send one vote a second."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the server and this program held at one moment: bytes, open files, connected screens."""

    at: float
    memory: int
    files: int
    screens: int
    own_memory: int
    own_files: int

    @property
    def spare_files(self) -> int:
        """The server's open files beyond one for each connection."""
        return self.files - self.screens


@dataclass(frozen=True, slots=True)
class Minute:
    """One window of votes; milliseconds at the 95th percentile."""

    acknowledged: int
    refused: int
    unanswered: int
    unseen: int
    ack: float | None
    last: float | None


@dataclass
class Lasting:
    """A voting hall of `phones` and a small room that posts, for so many seconds."""

    server: Served
    phones: int
    seconds: float
    churn: float
    out: Path | None = None
    samples: list[Sample] = field(default_factory=list)
    minutes: list[Minute] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    posts_refused: int = 0

    async def hold(self) -> None:
        """Hold it to its end.

        Raises:
            Lost: the hall could not be filled, or nobody answered in the end.
        """
        make_room(self.phones + AUTHORS)
        self.machine = Machine((self.server.process.pid,))
        connector = aiohttp.TCPConnector(limit=0)
        browser = Browser(self.server.url, connector)
        try:
            await self._open(browser)
            await self._go_on()
            await self._count()
        finally:
            for hall in (self.hall, self.side):
                await hall.close()
            await browser.close()
            await connector.close()

    async def _open(self, browser: Browser) -> None:
        token = token_for(self.server.database)
        self.hall, self.side = await make_halls(2, METHOD, browser, token)
        for hall in (self.hall, self.side):
            await hall.furnish(Street(self.server.url))
        await self.hall.move_to("vote")
        self.numbers = itertools.count(self.phones + AUTHORS)
        await fill(self.side, self.server.url, range(self.phones, self.phones + AUTHORS))
        await fill(self.hall, self.server.url, range(self.phones))

    async def _go_on(self) -> None:
        self.coming = Coming(self.hall, self.server.url, self.numbers, self.churn)
        self.started = time.perf_counter()
        beside = [
            asyncio.create_task(work()) for work in (self._sample, self._post, self.coming.go_on)
        ]
        try:
            while (left := self.seconds - (time.perf_counter() - self.started)) > 1:
                for task in beside:
                    if task.done():
                        await task
                self._say(await self._window(min(WINDOW_SECONDS, left)))
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await self.coming.settle()

    # ------------------------------------------------------------- what goes on

    async def _window(self, seconds: float) -> Minute:
        """Votes for so many seconds, and what they came to on the screens that stayed."""
        hall, rule = self.hall, rule_for(METHOD)
        hall.votes = Taps()
        self.coming.moved.clear()
        for screen in hall.screens:
            screen.heard = Heard()

        async def vote(_: Hall, person: Person, _number: int) -> None:
            await person.vote(rule, hall.ideas, hall.votes)

        rate = self.phones / PHONES_FOR_A_VOTE
        due = load.by_chance(max(1, round(rate * seconds)), seconds)
        run = await load.tap([hall], due, load.anybody([hall]), vote, self.machine, "votes")
        await load.shown([hall])
        stayed = [one.heard for one in hall.screens if one not in self.coming.moved]
        screens = figures.to_screens(hall.votes, stayed)
        acks, last = figures.spread(hall.votes.waits(), 1000), figures.spread(screens.last, 1000)
        count = len(hall.votes.sent)
        return Minute(count, run.refused, run.unanswered, screens.missed, acks.p95, last.p95)

    async def _post(self) -> None:
        for number in itertools.count():
            await asyncio.sleep(POST_SECONDS)
            person = random.choice(self.side.people)
            try:
                await person.post(f"Idea {number + 1} of a long day", self.side.posts)
            except TurnedDown:
                self.posts_refused += 1

    async def _sample(self) -> None:
        while True:
            self.samples.append(self._now())
            if self.out:
                with self.out.open("a") as file:
                    file.write(json.dumps(asdict(self.samples[-1])) + "\n")
            await asyncio.sleep(min(SAMPLE_SECONDS, self.seconds / SAMPLES))

    def _now(self) -> Sample:
        up = sum(one.up.is_set() for hall in (self.hall, self.side) for one in hall.screens)
        own = Machine((os.getpid(),)).cost().memory or 0
        return Sample(
            at=round(time.perf_counter() - self.started, 1),
            memory=self.machine.cost().memory or 0,
            files=_files(self.server.process.pid),
            screens=up,
            own_memory=own,
            own_files=_files(os.getpid()),
        )

    def _say(self, minute: Minute) -> None:
        self.minutes.append(minute)
        now = self._now()
        print(  # noqa: T201 - it speaks to whoever ran it
            f"{now.at:6.0f} s  {minute.acknowledged} votes, ack p95 {minute.ack} ms, every screen "
            f"p95 {minute.last} ms, {now.memory / 2**20:.1f} MiB, {now.spare_files} files beyond "
            f"{now.screens} connections; own {now.own_memory / 2**20:.0f} MiB",
            flush=True,
        )

    # ------------------------------------------------------------- what is left

    async def _count(self) -> None:
        """Everybody tells their own ballot; those who left are found in the revealed ballots."""
        self.wrong.append(await afterwards.ask_everybody([self.hall, self.side]))
        everybody = [*self.hall.people, *self.coming.gone]
        await self.hall.close()
        await self.hall.leader.close_vote()
        await self.hall.leader.reveal()
        told = await self.hall.leader.ballots()
        self.wrong.append(ledger.of_ballots((one.marks for one in everybody), told))

    def told(self) -> dict[str, Any]:
        """Everything but the growth, as plain JSON values."""
        shown = figures.to_screens(self.side.posts, self.side.heard)
        return {
            "phones": self.phones,
            "seconds": round(self.seconds),
            "votes": sum(one.acknowledged for one in self.minutes),
            "posts": len(self.side.posts.sent),
            "refused": self.posts_refused + sum(one.refused for one in self.minutes),
            "unanswered": sum(one.unanswered for one in self.minutes),
            "unseen": shown.missed + sum(one.unseen for one in self.minutes),
            "lost": sum(one.lost for one in self.wrong),
            "doubled": sum(one.doubled for one in self.wrong),
            "came_and_went": self.coming.told(),
            "ack_p95_ms": asdict(figures.spread(list(_known(one.ack for one in self.minutes)))),
            "last_p95_ms": asdict(figures.spread(list(_known(one.last for one in self.minutes)))),
            "samples": len(self.samples),
        }


def _known(values: Iterator[float | None]) -> Iterator[float]:
    return (value for value in values if value is not None)


def _files(pid: int) -> int:
    """How many files a process holds open.

    Raises:
        Lost: it is gone.
    """
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError as error:
        raise Lost(f"The process {pid} is gone.") from error
