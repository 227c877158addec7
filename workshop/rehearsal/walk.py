"""A walk through the plan of a room: stand-ins come in, do what each step asks, and are counted."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

import aiohttp

from workshop.rehearsal import figures
from workshop.rehearsal.acting import Deed, Table, deed_of, takes_part
from workshop.rehearsal.afterwards import sum_up
from workshop.rehearsal.browser import Browser, Lost
from workshop.rehearsal.facilitator import Facilitator
from workshop.rehearsal.ledger import Wrong, of_person
from workshop.rehearsal.load import LOOK_SECONDS
from workshop.rehearsal.machine import make_room
from workshop.rehearsal.order import Order
from workshop.rehearsal.person import Person
from workshop.rehearsal.phone import TurnedDown
from workshop.rehearsal.visit import Street, Visit
from workshop.rules.rehearsals import Figures
from workshop.rules.roles import VOICES

COMING_IN: Final = 0.2
"""Of the whole time, in which people come in."""

ACTING: Final = 0.75
"""Of the time of a step, in which people do what it asks; then they look at what came of it."""

TELL_SECONDS: Final = 1.0
KNOCK_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 20.0
"""In which somebody who was asked has to come in, or to answer."""


class Walk:
    """One rehearsal, from the first knock to the last count.

    Args:
        told: called each second with what was measured so far, and at the end.
    """

    def __init__(self, order: Order, told: Callable[[Figures], None]) -> None:
        self.order, self._told = order, told
        self.table = Table(order.legs)
        self.people: list[tuple[Person, str]] = []
        self._step = self._lost = self._doubled = 0

    async def run(self) -> str:
        """Walk through the plan, and say how it went: `held`, or a code of `FINDINGS`."""
        outcome = "late"
        telling = asyncio.create_task(self._keep_telling())
        try:
            async with asyncio.timeout(self.order.limit):
                outcome = await self._whole()
        except TimeoutError:
            pass
        except Lost:
            outcome = "broke"
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling
            self._told(self.figures(outcome))
            for person, _ in self.people:
                await person.close()
        return outcome

    async def _whole(self) -> str:
        site = await self._site()
        if site is None:
            return "unreached"
        make_room(self.order.people)
        street = Street(site, origin=self.order.origin)
        connector = aiohttp.TCPConnector(limit=0)
        browser = Browser(site, connector, origin=self.order.origin)
        try:
            leader = Facilitator(browser, self.order.room)
            await leader.take_the_remote(self.order.remote)
            await self._come_in(street)
            await self._through_the_plan(leader)
        finally:
            await browser.close()
            await connector.close()
        return "held"

    async def _site(self) -> str | None:
        """The first address at which the server answers."""
        timeout = aiohttp.ClientTimeout(total=KNOCK_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            for site in self.order.sites:
                with suppress(aiohttp.ClientError, TimeoutError, OSError):
                    async with session.get(f"{site}/healthz") as answer:
                        if answer.status == 200:
                            return site
        return None

    # ------------------------------------------------------------- coming in

    async def _come_in(self, street: Street) -> None:
        apart = COMING_IN * self.order.seconds / self.order.people
        await self._all(
            self._one_in(street, number, number * apart) for number in range(self.order.people)
        )

    async def _one_in(self, street: Street, number: int, after: float) -> None:
        await asyncio.sleep(after)
        group = VOICES[number % len(VOICES)]
        person = Person(Visit(street), f"stand-in-{number}")
        came = False
        try:
            # Who could not come in is missing from the count, and that is what is told.
            with suppress(Lost, TimeoutError):
                async with asyncio.timeout(ANSWER_SECONDS):
                    await person.join(f"/j/{self.order.link}", group)
                self.people.append((person, group))
                came = True
        finally:
            if not came:
                await person.close()

    # ------------------------------------------------------------- the plan

    async def _through_the_plan(self, leader: Facilitator) -> None:
        share = (1 - COMING_IN) * self.order.seconds / len(self.order.steps)
        for position, step in enumerate(self.order.steps):
            self._step = position + 1
            if position:
                await leader.move_to(position)
            began = time.perf_counter()
            if deed := deed_of(step):
                asked = [one for one, group in self.people if takes_part(step, group)]
                await self._act(asked, deed, ACTING * share)
            await asyncio.sleep(max(0.0, began + share - time.perf_counter()))
            if step["phase"] == "vote":
                await self._count(leader, secret=step["secret"])
        await self._seen()

    async def _act(self, people: list[Person], deed: Deed, seconds: float) -> None:
        async def one(person: Person, number: int) -> None:
            await asyncio.sleep(random.uniform(0.0, seconds))
            # A no is an answer too; what is never answered is missing from the count.
            with suppress(TurnedDown, Lost):
                await deed(person, self.table, number)

        await self._all(one(person, number) for number, person in enumerate(people))

    async def _count(self, leader: Facilitator, *, secret: bool) -> None:
        """Hold everybody's own marks against what they were acknowledged; then show the count."""
        if not secret:
            found: list[Wrong] = []

            async def ask(person: Person) -> None:
                with suppress(Lost):
                    found.append(of_person(person.marks, person.unsure, await person.mine()))

            await self._all(ask(person) for person, _ in self.people)
            wrong = sum_up(found)
            self._lost, self._doubled = self._lost + wrong.lost, self._doubled + wrong.doubled
            for person, _ in self.people:
                person.marks, person.unsure = {}, {}
        # Somebody may look on in the control room, and have closed or shown it already.
        with suppress(Lost):
            await leader.close_vote()
            await leader.reveal()

    @staticmethod
    async def _all(work: Any) -> None:  # noqa: ANN401 - coroutines to be awaited together
        tasks: list[Coroutine[Any, Any, None]] = list(work)
        await asyncio.gather(*tasks)

    async def _seen(self) -> None:
        """Wait until every phone shows the last tap, for a few seconds at the most."""
        newest = max(self.table.taps.seqs, default=0)
        for _ in range(round(KNOCK_SECONDS / LOOK_SECONDS)):
            if all(person.seq >= newest for person, _ in self.people):
                return
            await asyncio.sleep(LOOK_SECONDS)

    # ------------------------------------------------------------- telling

    async def _keep_telling(self) -> None:
        while True:
            self._told(self.figures(""))
            await asyncio.sleep(TELL_SECONDS)

    def figures(self, outcome: str) -> Figures:
        """What was measured so far."""
        taps, order = self.table.taps, self.order
        screens = figures.to_screens(taps, [person.heard for person, _ in self.people])
        return Figures(
            asked=order.people,
            people=len(self.people),
            posts=len(self.table.posts.sent),
            votes=len(self.table.votes.sent),
            answer=figures.spread(taps.waits(), 1000).p95,
            screen=figures.spread(screens.each, 1000).p95,
            lost=self._lost,
            doubled=self._doubled,
            step=self._step,
            steps=len(order.steps),
            outcome=outcome,
        )
