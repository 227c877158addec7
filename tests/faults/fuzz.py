"""Hostile bytes on sockets and in requests, beside an honest phone that notices nothing.

A round is one hostile connection and two hostile requests. Nothing may answer with a 5xx (a
considered 503 with a sentence is allowed), nothing may be written to the log as a fault, and
nobody else in the room may be kept waiting.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.faults import fuzz_frames, fuzz_requests, recount
from tests.faults.device import Device
from tests.faults.fuzz_requests import Guest, Told
from tests.faults.meeting import ABOUT, Meeting, meeting
from tests.faults.restartable import Restartable, running

AT_ONCE: Final = 4
CALM_WITHIN: Final = 5.0
ASKS_EVERY: Final = 0.25


def run(rounds: int, seed: int) -> dict[str, Any]:
    """Send so many hostile things, and say what they did."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        rules = fuzz_requests.routes(Path(folder))
        return asyncio.run(_run(server, rules, rounds, random.Random(seed)))


async def _run(
    server: Restartable, rules: Sequence[str], rounds: int, chance: random.Random
) -> dict[str, Any]:
    told: list[Told] = []
    async with meeting(server) as room:
        await room.sit_down(2)
        await room.move_to("ideas")
        honest, rogue = room.people
        guests = [await _person(rogue), await _host(room), Guest("", "", "nowhere")]
        waits: list[float] = []
        calm = asyncio.create_task(_ask_on(honest, waits))
        before, gate = server.memory(), asyncio.Semaphore(AT_ONCE)

        async def one() -> int:
            mine = random.Random(chance.random())
            async with gate:
                for _ in range(2):
                    rule, guest = mine.choice(rules), mine.choice(guests)
                    told.append(await fuzz_requests.ask(server.url, rule, guest, mine))
                cookie = rogue.visit.cookie
                return await fuzz_frames.visit(server.url, cookie, rogue.screen.token, mine)

        frames = sum(await asyncio.gather(*(one() for _ in range(rounds))))
        calm.cancel()
        await honest.say("idea.post", {"text": "After all that"})
        grown = server.memory() - before
    return _figures(server, told, frames, waits, grown)


def _figures(
    server: Restartable, told: list[Told], frames: int, waits: list[float], grown: float
) -> dict[str, Any]:
    bad = [one for one in told if one.status >= 500 and not _considered(one)]
    wrong = [f"{one.status} for {one.asked}" for one in bad]
    wrong += recount.wrong(recount.read(server.database)) + server.complaints()
    if max(waits) > CALM_WITHIN:
        wrong.append(f"an honest phone waited {max(waits):.1f} s")
    return {
        "requests": len(told),
        "frames": frames,
        "statuses": dict(sorted(Counter(one.status for one in told).items())),
        "honest_wait_seconds": round(max(waits), 2),
        "memory_mib": round(grown, 1),
        "wrong": list(dict.fromkeys(wrong)),
    }


def _considered(told: Told) -> bool:
    """Whether a refusal for now was meant, and says so in a sentence."""
    return told.status == 503 and "<h1" in told.body


async def _ask_on(honest: Device, waits: list[float]) -> None:
    """An honest phone asks for news again and again, and notes how long each answer takes."""
    while True:
        began = time.monotonic()
        answer = await honest._ask("catch_up", {"seq": honest.screen.seq})
        # Who asks so often is asked to slow down, which is an answer as well.
        assert answer["ok"] or answer["code"] == "too_fast", answer
        waits.append(time.monotonic() - began)
        await asyncio.sleep(ASKS_EVERY)


async def _person(rogue: Device) -> Guest:
    page = await rogue.fetch(rogue.path)
    return Guest(rogue.visit.cookie, page.hidden.get("csrf_token", ""), rogue.path.split("/")[-1])


async def _host(room: Meeting) -> Guest:
    """The facilitator in a room of their own, so that they may break what they like in it."""
    ours = room.leader.slug
    await room.leader.make_workshop("hour", ABOUT)
    slug, room.leader.slug = room.leader.slug, ours
    page = await room.host.fetch(f"/workshops/{slug}")
    return Guest(room.host.visit.cookie, page.hidden.get("csrf_token", ""), slug)
