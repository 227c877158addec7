"""People who leave a hall and come back, connections that break, and seats that are given up."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tests.load.standing import somebody
from workshop.rehearsal.browser import Lost
from workshop.rehearsal.hall import Hall
from workshop.rehearsal.person import Person

AWAY_SECONDS: Final = (10.0, 40.0)
WAYS: Final = ("dropped", "away", "dropped", "away", "replaced")


@dataclass
class Coming:
    """Who comes and goes in one hall.

    Attributes:
        rate: people who leave, a minute.
        moved: who was not there all the time since this was last emptied.
        gone: who left and is not back; their votes stay.
        failed: how often somebody could not come back.
    """

    hall: Hall
    site: str
    numbers: Iterator[int]
    rate: float
    moved: set[Person] = field(default_factory=set)
    gone: list[Person] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _away: set[asyncio.Task[None]] = field(default_factory=set)

    async def go_on(self) -> None:
        """Have somebody leave now and then, until this is cancelled."""
        for way in itertools.cycle(WAYS):
            await asyncio.sleep(random.expovariate(self.rate / 60))
            person = random.choice(self.hall.people)
            if person.busy:
                continue
            self.counts[way] += 1
            self.moved.add(person)
            if way == "dropped":
                person.drop()
                continue
            self.hall.people.remove(person)
            self.gone.append(person)
            await person.close()
            work = self._back(person) if way == "away" else self._somebody_else()
            task = asyncio.create_task(work)
            self._away.add(task)
            task.add_done_callback(self._away.discard)

    async def _back(self, person: Person) -> None:
        await asyncio.sleep(random.uniform(*AWAY_SECONDS))
        try:
            await person.open()
        except Lost:
            self.counts["failed"] += 1
            await person.close()
            return
        self.gone.remove(person)
        self._seat(person)

    async def _somebody_else(self) -> None:
        try:
            self._seat(await somebody(self.hall, self.site, next(self.numbers)))
        except Lost:
            self.counts["failed"] += 1

    def _seat(self, person: Person) -> None:
        self.moved.add(person)
        self.hall.people.append(person)

    async def settle(self) -> None:
        """Wait until nobody is on their way any more."""
        await asyncio.gather(*self._away)

    def told(self) -> dict[str, int]:
        """How often what happened, connections that came back by themselves included."""
        screens = [*self.hall.screens, *self.gone]
        return {**self.counts, "reopened": sum(screen.reopened for screen in screens)}
