"""What people in a large installation live through while something around it breaks."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from tests.faults import history_checks, history_replay, recount
from tests.faults.device import Device, No
from tests.faults.hall import Hall, KeptInPostgres, open_hall
from tests.faults.history import History
from tests.faults.kill import QUIET_START
from tests.faults.meeting import Meeting, meeting
from tests.faults.own import Postgres, Redis, own

PEOPLE: Final = 16
IDEAS: Final = 6
PAUSE: Final = 0.3
WAITS_AT_MOST: Final = 60.0


class Outage:
    """One hall, its services, and the people in its room.

    Attributes:
        back: seconds from the end of each outage until every page was right again.
        slow: how many times slower than a quiet one this machine is now, by the hall's own start.
    """

    def __init__(self, hall: Hall, postgres: Postgres, redis: Redis, room: Meeting) -> None:
        self.hall, self.postgres, self.redis, self.room = hall, postgres, redis, room
        self.back: list[float] = []
        self.slow = 1.0

    async def over(self) -> None:
        """The outage is over now: wait until everybody is back and right, and note how long."""
        loop = asyncio.get_running_loop()
        began, target = loop.time(), await asyncio.to_thread(self.room.seq)
        async with asyncio.timeout(WAITS_AT_MOST):
            while not all(one.settled and one.screen.seq >= target for one in self.room.everybody):  # noqa: ASYNC110 - a page has no bell
                await asyncio.sleep(0.02)
        self.back.append(loop.time() - began)


Harm = Callable[[Outage, random.Random], Awaitable[dict[str, Any]]]


def live_through(harm: Harm, seed: int, *, within: float, processes: int = 2) -> dict[str, Any]:
    """Let people vote while `harm` is done, and say what became of what they were told.

    Args:
        harm: does it, and returns figures of its own.
        within: seconds after an outage in which every page must be right again, on a machine
            that does nothing else.
    """
    with own() as (postgres, redis), tempfile.TemporaryDirectory() as folder:
        given = {"database_url": postgres.url, "redis_url": redis.url, "processes": processes}
        with open_hall(Path(folder), **given) as hall:
            return asyncio.run(_live(hall, postgres, redis, harm, random.Random(seed), within))


async def _live(
    hall: Hall,
    postgres: Postgres,
    redis: Redis,
    harm: Harm,
    chance: random.Random,
    within: float,
) -> dict[str, Any]:
    history = History()
    async with meeting(hall, history=history) as room:
        outage = Outage(hall, postgres, redis, room)
        ideas = await _furnish(room)
        talking = asyncio.Event()
        talking.set()
        talks = [asyncio.create_task(_talk(one, ideas, talking, chance)) for one in room.people]
        found = await harm(outage, chance)
        talking.clear()
        await asyncio.gather(*talks)
        await room.settle(WAITS_AT_MOST)
        await room.look()
    kept = KeptInPostgres(hall.database)
    wrong = history_checks.check(history, kept) + history_replay.check(history, kept)
    # Who is connected where is told every two seconds, and is no part of the room's sequence.
    wrong = [line for line in wrong if "slot:people" not in line]
    wrong += recount.wrong(recount.read(hall.database)) + found.pop("wrong", [])
    allowed = within * max(1.0, hall.started / (2 * QUIET_START))
    wrong += [f"the last page was right after {one:.1f} s" for one in outage.back if one > allowed]
    commands = history.commands.values()
    return {
        "acknowledged": sum(one.yes is not None for one in commands),
        "resent": sum(one.sent > 1 for one in commands),
        "lost": sum(line.startswith("I1") for line in wrong),
        "doubled": sum(line.startswith("I5") for line in wrong),
        "back_seconds": round(max(outage.back), 1),
        **found,
        "wrong": wrong,
    }


async def _furnish(room: Meeting) -> list[int]:
    await room.sit_down(PEOPLE)
    await room.move_to("ideas")
    posted = [
        await one.say("idea.post", {"text": f"Idea of {one.name}"}) for one in room.people[:IDEAS]
    ]
    await room.move_to("vote")
    return [int(said["answer"]["post"]) for said in posted]


async def _talk(
    one: Device, ideas: list[int], talking: asyncio.Event, chance: random.Random
) -> None:
    """Vote by chance, one command after the other, until it is time to stop."""
    while talking.is_set():
        await asyncio.sleep(chance.uniform(0, 2 * PAUSE))
        try:
            body = {"idea_id": chance.choice(ideas), "value": chance.randint(0, 2)}
            await one.say("mark.set", body)
        except No as no:
            if str(no) != "no_votes_left":
                raise
