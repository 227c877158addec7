"""PostgreSQL is stopped, or killed, and started again while people vote; a round is one time.

It stays away for two seconds. A page that is asked for meanwhile says so in a sentence, and a
command waits on its device until there is an answer.
"""

from __future__ import annotations

import asyncio
import random
from typing import Any, Final

import aiohttp

from tests.faults.outage import Outage, live_through

BACK_WITHIN: Final = 5.0
AWAY_SECONDS: Final = 2.0
SENTENCE: Final = "kept here and we’ll try again"


def run(rounds: int, seed: int) -> dict[str, Any]:
    """Take PostgreSQL away so many times, every other time without warning."""

    async def harm(outage: Outage, chance: random.Random) -> dict[str, Any]:
        said: list[str] = []
        for number in range(rounds):
            await asyncio.sleep(chance.uniform(0.5, 1.5))
            await asyncio.to_thread(outage.postgres.stop, kill=number % 2 == 1)
            said += await _pages(outage)
            await asyncio.sleep(AWAY_SECONDS)
            await asyncio.to_thread(outage.postgres.start)
            await outage.over()
        return {"restarts": rounds, "pages_while_away": rounds * 2, "wrong": said}

    return live_through(harm, seed, within=BACK_WITHIN)


async def _pages(outage: Outage) -> list[str]:
    """What is wrong with how the first page and a person's own page say that they cannot come."""
    wrong, person = [], outage.room.people[0]
    async with aiohttp.ClientSession(cookies=person.visit.cookies) as session:
        for path in ("/", person.path):
            async with session.get(outage.hall.url + path) as answer:
                words = await answer.text()
                if answer.status != 503 or SENTENCE not in words:
                    wrong.append(f"{path} said {answer.status} while PostgreSQL was away")
    return wrong
