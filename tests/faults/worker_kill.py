"""`kill -9` on one of the processes behind nginx while people vote; a round is one kill.

Its phones come back through nginx to a process that lives; the one that fell is started again.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from typing import Any, Final

from tests.faults.outage import Outage, live_through

BACK_WITHIN: Final = 8.0


def run(rounds: int, seed: int) -> dict[str, Any]:
    """Kill so many processes, one after the other."""

    async def harm(outage: Outage, chance: random.Random) -> dict[str, Any]:
        dropped = 0
        for _ in range(rounds):
            await asyncio.sleep(chance.uniform(0.5, 1.5))
            pages = await asyncio.to_thread(outage.hall.pages)
            # The fullest one, so that somebody always notices.
            port = max(pages, key=lambda one: pages[one])
            dropped += pages[port]
            os.kill(outage.hall.worker(port), signal.SIGKILL)
            await _noticed(outage)
            await outage.over()
            await asyncio.to_thread(outage.hall.whole)
        return {"kills": rounds, "connections_dropped": dropped}

    return live_through(harm, seed, within=BACK_WITHIN)


async def _noticed(outage: Outage) -> None:
    """Wait until somebody's connection has broken: before that nobody has anything to come back."""
    async with asyncio.timeout(BACK_WITHIN):
        while all(one.up.is_set() for one in outage.room.everybody):  # noqa: ASYNC110 - a page has no bell
            await asyncio.sleep(0.005)
