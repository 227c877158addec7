"""Phones that connect and never read, beside phones that vote: who pays for them?

`rounds` is how many never read. Each keeps a tiny receive buffer, so that what the room sends piles
up in the server at once. Printed: how much the server grew, how long the last of them was kept,
and the acknowledgement times of the others without them and beside them, in one run.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import tempfile
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from tests.faults.device import Device
from tests.faults.meeting import meeting
from tests.faults.restartable import Restartable, running
from tests.faults.wire import frame, upgrade

VOICES: Final = 10
PAUSE: Final = 0.4
"""Seconds between two rewordings of one person, on average: as often as the room allows."""

BUFFER: Final = 2_048
GROWS_AT_MOST: Final = 50.0
DROPPED_WITHIN: Final = 20.0
SLOWER_AT_MOST: Final = 1.2
GRACE: Final = 2.0
"""Seconds beyond the promise for our own looking and a busy machine."""

WHOLE: Final = 100
"""From so many on, the acknowledgement times are held against each other too."""


Voice = tuple[Device, int]
"""Somebody who talks, and what they posted."""


def run(rounds: int, seed: int) -> dict[str, Any]:
    """Let so many phones stop reading, and say what it cost the others."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        return asyncio.run(_run(server, rounds, random.Random(seed)))


async def _run(server: Restartable, number: int, chance: random.Random) -> dict[str, Any]:
    length = 60.0 if number >= WHOLE else 5.0
    async with meeting(server) as room:
        await room.sit_down(VOICES)
        await room.move_to("ideas")
        sleepers = await room.joins(number, "sleeper")
        for one in sleepers:
            one.away = True
            if one.line:
                one.line.close()
        own = [(one, await _posted(one)) for one in room.people[:VOICES]]
        before, sockets = server.memory(), server.descriptors()
        alone = await _talk(own, length, chance)
        asleep = [await _asleep(one) for one in sleepers]
        began = time.monotonic()
        dropped = asyncio.create_task(_until_dropped(server, sockets, began))
        beside = await _talk(own, length, chance)
        seconds, peak = await dropped
        for line in asleep:
            line.close()
    return _figures(number, alone, beside, seconds, peak - before)


def _figures(
    number: int, alone: list[float], beside: list[float], seconds: float, grown: float
) -> dict[str, Any]:
    quiet, busy = _p95(alone), _p95(beside)
    wrong = []
    if grown > GROWS_AT_MOST:
        wrong.append(f"the server grew by {grown:.0f} MiB")
    if seconds > DROPPED_WITHIN + GRACE:
        wrong.append(f"the last that never read was kept for {seconds:.1f} s")
    if number >= WHOLE and busy > quiet * SLOWER_AT_MOST:
        wrong.append(f"the others waited {busy * 1000:.0f} ms and not {quiet * 1000:.0f} ms")
    return {
        "never_read": number,
        "grown_mib": round(grown, 1),
        "dropped_seconds": round(seconds, 1),
        "ack_p95_ms_alone": round(quiet * 1000, 1),
        "ack_p95_ms_beside": round(busy * 1000, 1),
        "wrong": wrong,
    }


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


async def _posted(one: Device) -> int:
    said = await one.say("idea.post", {"text": f"An idea of {one.name}"})
    return int(said["answer"]["post"])


async def _talk(own: list[Voice], length: float, chance: random.Random) -> list[float]:
    """The others reword for so long what they posted, which is news for everybody: each wait."""
    ends = time.monotonic() + length
    took: list[float] = []

    async def talk(one: Device, post: int) -> None:
        while time.monotonic() < ends:
            await asyncio.sleep(chance.uniform(0, PAUSE * 2))
            began = time.monotonic()
            body = {"post_id": post, "text": f"{chance.random()} " + "words " * 25}
            await one.say("post.edit", body)
            took.append(time.monotonic() - began)

    await asyncio.gather(*(talk(one, post) for one, post in own))
    return took


async def _asleep(one: Device) -> socket.socket:
    """A page with this person's token that says hello and then never reads a byte."""
    parts = urlsplit(one.visit.street.site)
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    made.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(made, (parts.hostname, parts.port))
    await loop.sock_sendall(made, upgrade(one.visit.street.site, one.visit.cookie))
    hello = frame(b"40" + json.dumps({"token": one.screen.token}).encode())
    await loop.sock_sendall(made, hello)
    return made


async def _until_dropped(server: Restartable, sockets: int, began: float) -> tuple[float, float]:
    """Seconds until the server holds no more sockets than before, and its most memory, in MiB."""
    peak = server.memory()
    while server.descriptors() > sockets and time.monotonic() - began < DROPPED_WITHIN * 3:
        peak = max(peak, server.memory())
        await asyncio.sleep(0.1)
    return time.monotonic() - began, peak
