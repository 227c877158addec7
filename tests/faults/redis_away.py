"""Redis is killed for some seconds while people vote on two processes; a round is one second.

Votes go on and are acknowledged all the while; pages hear of other processes' votes through the
look into the database, every two seconds. Printed: how late a page was meanwhile, at the most.
"""

from __future__ import annotations

import asyncio
import random
import time
from typing import Any, Final

from tests.faults.outage import Outage, live_through

BACK_WITHIN: Final = 5.0


def run(rounds: int, seed: int) -> dict[str, Any]:
    """Take Redis away for so many seconds."""

    async def harm(outage: Outage, _chance: random.Random) -> dict[str, Any]:
        await asyncio.sleep(1.0)
        outage.redis.stop()
        answered, behind = _count(outage), await _watch(outage, rounds)
        during = _count(outage) - answered
        await asyncio.to_thread(outage.redis.start)
        await outage.over()
        wrong = [] if during else ["no vote was taken while Redis was away"]
        return {"votes_while_away": during, "late_seconds": round(behind, 1), "wrong": wrong}

    return live_through(harm, seed, within=BACK_WITHIN)


def _count(outage: Outage) -> int:
    return sum(one.yes is not None for one in outage.room.history.commands.values())


async def _watch(outage: Outage, seconds: float) -> float:
    """For how long, at the most, some page did not show what was there at one moment."""
    worst, until = 0.0, time.monotonic() + seconds
    while time.monotonic() < until:
        target, began = await asyncio.to_thread(outage.room.seq), time.monotonic()
        while any(one.screen.seq < target for one in outage.room.everybody):
            await asyncio.sleep(0.02)
            if time.monotonic() - began > seconds:
                return seconds
        worst = max(worst, time.monotonic() - began)
        await asyncio.sleep(0.2)
    return worst
