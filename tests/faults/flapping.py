"""Three in ten phones drop and return all the time, some leaving their connection half open.

`rounds` is how many phones there are. Everybody else votes meanwhile, so that whoever returns has
missed something. Printed: how many returns, and how many seconds passed from each return (the
attempt that got through) until that page showed all that had been acknowledged before it.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.faults import harm, history_checks, history_replay, recount
from tests.faults.device import Device, No
from tests.faults.history_checks import Kept
from tests.faults.meeting import Meeting, meeting
from tests.faults.restartable import Restartable, running

SHARE: Final = 0.3
IDEAS: Final = 6
CONSISTENT_WITHIN: Final = 5.0
SECONDS_A_PHONE: Final = 0.12
SHORTEST: Final = 8.0
AWAY: Final = 2.0
VOTES_A_SECOND: Final = 20
GIVES_UP_AFTER: Final = 60.0

WAYS: Final[dict[str, Callable[[Device], None]]] = {
    "reset": harm.cut,
    "hung up": harm.hang_up,
    "half open": harm.forsake,
}
"""How a phone goes."""


def run(rounds: int, seed: int) -> dict[str, Any]:
    """Let three in ten of so many phones flap, and say how soon each was right again."""
    with tempfile.TemporaryDirectory() as folder:
        quiet = {"LONGTABLE_LOG_LEVEL": "info"}
        with running(Path(folder), more=quiet) as server:
            return asyncio.run(_run(server, rounds, random.Random(seed)))


async def _run(server: Restartable, number: int, chance: random.Random) -> dict[str, Any]:
    async with meeting(server) as room:
        await room.joins(number)
        await room.move_to("ideas")
        ideas = [await _posted(one) for one in room.people[:IDEAS]]
        await room.move_to("vote")
        await room.settle(GIVES_UP_AFTER)
        flapping = room.people[: int(number * SHARE)]
        ends = time.monotonic() + max(SHORTEST, number * SECONDS_A_PHONE)
        gone: Counter[str] = Counter()
        took = await asyncio.gather(
            _votes(room, room.people[len(flapping) :], ideas, ends, chance),
            *(_flaps(room, one, ends, gone, random.Random(chance.random())) for one in flapping),
        )
        last = await room.settle(GIVES_UP_AFTER)
        await room.look()
    seconds = sorted(second for each in took[1:] for second in each)
    return _figures(room, server, gone, seconds, last)


def _figures(
    room: Meeting, server: Restartable, gone: Counter[str], seconds: list[float], last: float
) -> dict[str, Any]:
    kept = Kept(server.file)
    # Nobody noted who sits where, so votes are held against the tables alone.
    wrong = [line for line in history_checks.check(room.history, kept) if line[:2] in {"I6", "I9"}]
    wrong += history_replay.check(room.history, kept)
    wrong += recount.wrong(recount.read(server.database)) + server.complaints()
    if seconds[-1] > CONSISTENT_WITHIN:
        wrong.append(f"a phone was right only {seconds[-1]:.1f} s after its return")
    return {
        "returns": len(seconds),
        "went": dict(gone),
        "consistent_p50_seconds": round(seconds[len(seconds) // 2], 2),
        "consistent_p95_seconds": round(seconds[int(len(seconds) * 0.95)], 2),
        "consistent_last_seconds": round(seconds[-1], 2),
        "all_settled_seconds": round(last, 2),
        "wrong": wrong,
    }


async def _posted(one: Device) -> int:
    said = await one.say("idea.post", {"text": f"An idea of {one.name}"})
    return int(said["answer"]["post"])


async def _votes(
    room: Meeting, voices: list[Device], ideas: list[int], ends: float, chance: random.Random
) -> list[float]:
    """Those who stay vote one after the other."""
    while time.monotonic() < ends:
        await asyncio.sleep(1 / VOTES_A_SECOND)
        body = {"idea_id": chance.choice(ideas), "value": chance.randint(0, 1)}
        try:
            await chance.choice(voices).say("mark.set", body)
        except No as no:
            if str(no) != "no_votes_left":
                raise
    return []


async def _flaps(
    room: Meeting, one: Device, ends: float, gone: Counter[str], chance: random.Random
) -> list[float]:
    """Go and come back until it is time; how long each return took to be right."""
    took = []
    while time.monotonic() < ends:
        await asyncio.sleep(chance.uniform(0, AWAY))
        way = chance.choice([*WAYS])
        gone[way] += 1
        one.away = True
        WAYS[way](one)
        await asyncio.sleep(chance.uniform(0.1, AWAY))
        target, began = room.seq(), time.monotonic()
        one.up.clear()
        one.away = False
        await one.connect()
        async with asyncio.timeout(GIVES_UP_AFTER):
            while not (one.settled and one.screen.seq >= target):  # noqa: ASYNC110 - a page has no bell
                await asyncio.sleep(0.01)
        took.append(time.monotonic() - began)
    return took
