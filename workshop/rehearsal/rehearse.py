"""Rehearses a room: a whole hall comes in, votes and reads, and everything is measured.

Everybody comes by the doors that people use: the workshop is made and run by the facilitator's
forms, seats are taken over HTTP, votes travel over the live connection. It stops by itself.
"""

from __future__ import annotations

import asyncio
import gc
import time
from dataclasses import dataclass, field
from typing import Final

import aiohttp

from workshop.rehearsal import afterwards, figures, load
from workshop.rehearsal.browser import Browser, Lost
from workshop.rehearsal.crowd import few_at_a_time
from workshop.rehearsal.figures import Taps
from workshop.rehearsal.findings import Findings, Flow, Joining, Plan, flow
from workshop.rehearsal.hall import Hall, make_halls, rule_for
from workshop.rehearsal.machine import Cost, Machine, listeners, make_room
from workshop.rehearsal.person import Person, Way
from workshop.rehearsal.progress import Progress
from workshop.rehearsal.usage import usage
from workshop.rehearsal.visit import Street, Visit, street_of
from workshop.rules.roles import VOICES

JOINING: Final = 16
"""People who come through the door at the same moment, where no time was given for it."""

MAKING_SECONDS: Final = 60.0
JOIN_SECONDS: Final = 30.0
PAGE_SECONDS: Final = 0.3
"""How long joining may take before we give the room up: that long, and so long a phone."""

WARM: Final = 50
"""Phones that come in before memory is measured: what the first pages load, no connection costs."""

BURST_WITHIN: Final = 2.0
OPENING_SECONDS: Final = 10.0
"""In which every phone has fetched the ballot after the vote was opened."""


@dataclass
class Rehearsal:
    """One rehearsal on a server of this machine.

    Attributes:
        token: a one-time token that signs a facilitator in.
        pids: the server's processes; found by its port where none are given.
    """

    plan: Plan
    site: str
    token: str
    pids: tuple[int, ...] = ()
    halls: list[Hall] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    warm: tuple[int, int | None] = (0, None)

    async def run(self) -> Findings:
        """Hold the whole rehearsal.

        Raises:
            Lost: with a sentence, where a part of it could not be done in its time.
        """
        plan, found = self.plan, Findings(self.plan, self.site)
        make_room(plan.everybody)
        self.machine = Machine(self.pids or tuple(listeners(Street(self.site).port)))
        self.machine.cost()  # a process that is not there is told before a room is made
        connector = aiohttp.TCPConnector(limit=0)
        browser = Browser(self.site, connector)
        try:
            await load.within(
                MAKING_SECONDS * plan.rooms, self._make(browser), lambda: "No room could be made."
            )
            found.slugs = [hall.leader.slug for hall in self.halls]
            await self._hold(found)
        except Lost as lost:
            left = ", ".join(f"{self.site}/workshops/{slug}" for slug in found.slugs)
            raise Lost(f"{lost} This stays open: {left}" if left else str(lost)) from lost
        finally:
            gc.enable()
            for hall in self.halls:
                await hall.close()
            await browser.close()
            await connector.close()
        return found

    async def _make(self, browser: Browser) -> None:
        self.halls = await make_halls(self.plan.rooms, self.plan.method, browser, self.token)
        for hall in self.halls:
            await hall.furnish(Street(self.site))

    async def _hold(self, found: Findings) -> None:
        """Everybody comes in, posts and votes; then all that was acknowledged is looked for."""
        plan = self.plan
        early = bool(plan.posts or plan.burst)
        if not early:
            await self._open_vote()
        found.joining = await self._join()
        self._calm()
        posts = await self._post() if plan.posts else None
        if early and not plan.burst:
            await self._open_vote()
            await asyncio.sleep(OPENING_SECONDS)
        votes = await self._vote()
        afterwards.count_lines(self.halls, found)
        found.wrong = await afterwards.ask_everybody(self.halls)
        await afterwards.count(self.halls, found)
        # Worked out last: for the largest halls it takes seconds, in which no ping is answered.
        if posts:
            found.posts = self._flow(posts, [hall.posts for hall in self.halls])
        found.votes = self._flow(votes, [hall.votes for hall in self.halls])

    async def _open_vote(self) -> None:
        for hall in self.halls:
            await hall.move_to("vote")

    # ------------------------------------------------------------- coming in

    async def _join(self) -> Joining:
        plan = self.plan
        bar = Progress("joined", plan.everybody)
        before, limit = self.machine.cost(), JOIN_SECONDS + (plan.join_seconds or 0)
        await load.within(
            limit + PAGE_SECONDS * plan.everybody,
            self._all_join(bar),
            lambda: f"Only {bar.done:,} of {plan.everybody:,} phones came in before time was up.",
        )
        return self._joining(before, self.machine.cost())

    def _joining(self, before: Cost, after: Cost) -> Joining:
        count, then = self.warm
        kib = mib = None
        if before.memory and then and after.memory:
            mib = (_mib(before.memory), _mib(then), _mib(after.memory))
            kib = each_kib(then, after.memory, self.plan.everybody - count)
        return Joining(
            each=figures.spread([sum(way) for way in self.ways]),
            page=figures.spread([way.page for way in self.ways]),
            socket=figures.spread([way.socket for way in self.ways]),
            seconds=round(after.at - before.at, 2),
            used=usage(before, after),
            kib=kib,
            warm=count,
            mib=mib,
        )

    async def _all_join(self, bar: Progress) -> None:
        plan, start = self.plan, time.perf_counter()
        apart = (plan.join_seconds or 0) / plan.everybody

        async def join(number: int) -> None:
            person = Person(Visit(street_of(self.site, number)), f"rehearsal-{number}")
            hall = self.halls[number % plan.rooms]
            hall.people.append(person)
            self.ways.append(await person.join(hall.link, VOICES[number % len(VOICES)]))
            bar.step()
            if bar.done == min(WARM, plan.everybody // 2):
                self.warm = (bar.done, self.machine.cost().memory)

        async def in_time(number: int) -> int:
            await asyncio.sleep(max(0.0, start + number * apart - time.perf_counter()))
            return number

        # With a time given nobody waits for anybody: people walk in whether or not it is slow.
        limit = plan.everybody if plan.join_seconds else JOINING
        await few_at_a_time(range(plan.everybody), limit, join, in_time)

    @staticmethod
    def _calm() -> None:
        """Collect what joining left behind, and then nothing: a pause of ours is not the room's."""
        gc.collect()
        gc.freeze()
        gc.disable()

    # ------------------------------------------------------------- posting and voting

    async def _post(self) -> load.Run:
        plan = self.plan

        async def post(hall: Hall, person: Person, number: int) -> None:
            await person.post(f"Idea {number + 1} of the rehearsal: open an hour later", hall.posts)

        count = round(plan.posts * plan.seconds * plan.rooms)
        due = load.by_chance(count, plan.seconds)
        pick = load.anybody(self.halls)
        run = await load.tap(self.halls, due, pick, post, self.machine, "ideas")
        await load.shown(self.halls)
        return run

    async def _vote(self) -> load.Run:
        plan, rule = self.plan, rule_for(self.plan.method)

        async def vote(hall: Hall, person: Person, _number: int) -> None:
            await person.vote(rule, hall.ideas, hall.votes)

        if plan.burst:
            due, pick = load.by_chance(plan.everybody, BURST_WITHIN), load.everybody(self.halls)
            await self._open_vote()
        else:
            count = max(1, round(plan.rate * plan.seconds * plan.rooms))
            due, pick = load.by_chance(count, plan.seconds), load.anybody(self.halls)
        run = await load.tap(self.halls, due, pick, vote, self.machine, "votes")
        await load.shown(self.halls)
        return run

    def _flow(self, run: load.Run, taps: list[Taps]) -> Flow:
        screens = figures.together(
            figures.to_screens(one, hall.heard) for one, hall in zip(taps, self.halls, strict=True)
        )
        return flow(run, taps, screens, sum(len(hall.screens) for hall in self.halls))


def each_kib(warm: int, full: int, phones: int) -> float | None:
    """KiB that each of so many phones made the server hold more; None where they are too few.

    Memory grows by blocks, so a handful of connections tells of the blocks and not of itself.
    """
    return None if phones < WARM else round((full - warm) / 1024 / phones, 1)


def _mib(size: int) -> float:
    return round(size / 2**20, 1)
