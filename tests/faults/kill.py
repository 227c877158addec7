"""`kill -9` in the middle of a vote, again and again, on the same database and port.

People vote, post and resend all the while. A round is one kill and one restart. Printed: commands
acknowledged, lost, doubled, and how many seconds after the restart answered the last phone was
back and right.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from pathlib import Path
from typing import Any, Final

from tests.faults import history_checks, history_replay, recount
from tests.faults.device import Device, No
from tests.faults.history import History
from tests.faults.history_checks import Kept
from tests.faults.meeting import Meeting, meeting
from tests.faults.restartable import Restartable, running

PEOPLE: Final = 30
IDEAS: Final = 8
BACK_WITHIN: Final = 5.0
QUIET_START: Final = 2.2
"""Seconds that a start takes on a machine of two cores that does nothing else."""

WAITS_AT_MOST: Final = 40.0
PAUSE: Final = 0.15
"""Seconds between two commands of one person, at the most."""


def run(rounds: int, seed: int) -> dict[str, Any]:
    """Kill the server so many times, and say what became of what it had acknowledged."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        return asyncio.run(_run(server, rounds, random.Random(seed)))


async def _run(server: Restartable, rounds: int, chance: random.Random) -> dict[str, Any]:
    history, starts, back = History(), [], []
    async with meeting(server, history=history) as room:
        ideas = await _furnish(room)
        talking = asyncio.Event()
        talking.set()
        talks = [asyncio.create_task(_talk(one, ideas, talking, chance)) for one in room.people]
        for number in range(rounds):
            await asyncio.sleep(chance.uniform(0.1, 0.6))
            server.kill()
            start = await asyncio.to_thread(server.start)
            # Every other time it dies again while people are still coming back.
            if number % 2 or number == rounds - 1:
                starts.append(start)
                back.append(await _all_back(room))
        talking.clear()
        await asyncio.gather(*talks)
        await room.settle(WAITS_AT_MOST)
        await room.look()
    return _figures(history, server, starts, back)


def _figures(
    history: History, server: Restartable, starts: list[float], back: list[float]
) -> dict[str, Any]:
    kept = Kept(server.file)
    wrong = history_checks.check(history, kept) + history_replay.check(history, kept)
    wrong += recount.wrong(recount.read(server.database)) + server.complaints()
    late = [one for one, start in zip(back, starts, strict=True) if one > _allowed(start)]
    wrong += [f"the last phone was back {one:.1f} s after a restart answered" for one in late]
    return {
        "acknowledged": sum(one.yes is not None for one in history.commands.values()),
        "resent": sum(one.sent > 1 for one in history.commands.values()),
        "lost": sum(line.startswith("I1") for line in wrong),
        "doubled": sum(line.startswith("I5") for line in wrong),
        "start_seconds": round(sum(starts) / len(starts), 1),
        "back_seconds": round(max(back), 1),
        "back_seconds_mean": round(sum(back) / len(back), 1),
        "wrong": wrong,
    }


def _allowed(start: float) -> float:
    """Where this machine is so busy that a start takes longer, everything else may as well."""
    return BACK_WITHIN * max(1.0, start / QUIET_START)


async def _furnish(room: Meeting) -> list[int]:
    """Everybody sits down, the ideas are posted, and the vote is opened."""
    await room.sit_down(PEOPLE)
    await room.move_to("ideas")
    ideas = []
    for number in range(IDEAS):
        said = await room.people[number].say("idea.post", {"text": f"Idea {number}"})
        ideas.append(int(said["answer"]["post"]))
    await room.move_to("vote")
    return ideas


async def _talk(
    one: Device, ideas: list[int], talking: asyncio.Event, chance: random.Random
) -> None:
    """Vote by chance, one command after the other, until it is time to stop."""
    while talking.is_set():
        await asyncio.sleep(chance.uniform(0, PAUSE))
        try:
            body = {"idea_id": chance.choice(ideas), "value": chance.randint(0, 2)}
            await one.say("mark.set", body)
        except No as no:
            if str(no) != "no_votes_left":
                raise


async def _all_back(room: Meeting) -> float:
    """Seconds until every page is connected again and no longer behind where the room was."""
    loop = asyncio.get_running_loop()
    began, target = loop.time(), room.seq()
    async with asyncio.timeout(WAITS_AT_MOST):
        while not all(one.settled and one.screen.seq >= target for one in room.everybody):  # noqa: ASYNC110 - a page has no bell
            await asyncio.sleep(0.02)
    return loop.time() - began
