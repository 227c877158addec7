"""A seeded nemesis: it kills, freezes, cuts, repeats, delays, moves the room and removes people.

Meanwhile people post, reword, take back and vote by chance, and write down what they asked and what
they heard. A round is one second. At the end everybody comes to rest, the vote is revealed, and the
history is held against the database and against every page by code that is none of the product's.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

from tests.faults import harm, history_checks, history_replay, nemesis_crowd, recount
from tests.faults.device import Device, No
from tests.faults.history import History
from tests.faults.history_checks import Kept
from tests.faults.meeting import Meeting, meeting
from tests.faults.restartable import Restartable, running

PEOPLE: Final = 12
REST_WITHIN: Final = 60.0
LONGEST_FREEZE: Final = 2.5

DEEDS: Final = {
    "kill": 2,
    "freeze": 3,
    "cut one": 10,
    "forsake one": 3,
    "cut all": 2,
    "close the round": 5,
    "open the round": 7,
    "move the room": 6,
    "hide a post": 3,
    "remove a person": 1,
}
"""What it may do next, and how often each is drawn beside the others."""

REMOVED_AT_MOST: Final = 3


def run(rounds: int, seed: int) -> dict[str, Any]:
    """Let it loose for so many seconds, and say which promises were broken."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        return asyncio.run(_run(server, rounds, random.Random(seed)))


async def _run(server: Restartable, seconds: int, chance: random.Random) -> dict[str, Any]:
    history = History()
    async with meeting(server, history=history) as room:
        await room.sit_down(PEOPLE)
        await room.move_to("ideas")
        loose = asyncio.Event()
        loose.set()
        crowd = [
            asyncio.create_task(
                nemesis_crowd.live(one, room, loose, random.Random(chance.random()))
            )
            for one in room.people
        ]
        await Nemesis(room, chance).rage(seconds)
        loose.clear()
        await asyncio.gather(*crowd)
        wrong = await _rest(room)
    return _figures(history, server, wrong)


async def _rest(room: Meeting) -> list[str]:
    """Everybody comes to rest; what every page shows is compared, before and after a reveal."""
    wrong: list[str] = []
    try:
        await room.move_to("ideas")
        await room.settle(REST_WITHIN)
        await room.look()
        wrong += history_checks.check(room.history, Kept(room.server.file))
        await room.move_to("vote")
        await _to(room, "closed")
        await _to(room, "revealed")
        await room.settle(REST_WITHIN)
    except TimeoutError:
        late = [one.name for one in room.everybody if not one.gone and not room.right(one)]
        wrong.append(f"I6: {', '.join(late)} did not come to rest within {REST_WITHIN} s")
    await room.look()
    ballots = (await room.leader.ballots())["ballots"]
    tally: Counter[int] = Counter()
    for ballot in ballots:
        tally.update({int(idea): mark for idea, mark in ballot["marks"].items()})
    room.history.tally = dict(tally)
    return wrong


def _figures(history: History, server: Restartable, wrong: list[str]) -> dict[str, Any]:
    kept = Kept(server.file)
    wrong += history_checks.check(history, kept) + history_replay.check(history, kept)
    wrong += recount.wrong(recount.read(server.database)) + server.complaints()
    commands = history.commands.values()
    if wrong:
        told = Path(tempfile.gettempdir()) / f"nemesis-{time.time_ns()}.json"
        history.keep(told)
        wrong.append(f"the whole history is in {told}")
    return {
        "commands": len(history.commands),
        "acknowledged": sum(one.yes is not None for one in commands),
        "refused": sum(one.refused for one in commands),
        "unsure": sum(not one.yes and not one.refused for one in commands),
        "sent_again": sum(one.sent > 1 for one in commands),
        "no_then_yes": sum(bool(one.yes) and one.answers[0].final_no for one in commands),
        "deeds": dict(Counter(what for _, what in history.deeds)),
        "wrong": list(dict.fromkeys(wrong)),
    }


class Nemesis:
    """Does its deeds, one after the other."""

    def __init__(self, room: Meeting, chance: random.Random) -> None:
        self.room = room
        self.chance = chance
        self.removed: set[int] = set()

    async def rage(self, seconds: float) -> None:
        """Do harm for so long."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            await asyncio.sleep(self.chance.uniform(0.05, 0.7))
            what = self.chance.choices([*DEEDS], [*DEEDS.values()])[0]
            self.room.history.deed(what)
            await getattr(self, "_" + what.replace(" ", "_"))()

    # The names of the deeds, with lines for their spaces.

    async def _kill(self) -> None:
        self.room.server.kill()
        await asyncio.to_thread(self.room.server.start)

    async def _freeze(self) -> None:
        self.room.server.freeze()
        await asyncio.sleep(self.chance.uniform(0.1, LONGEST_FREEZE))
        self.room.server.thaw()

    async def _cut_one(self) -> None:
        harm.cut(self.chance.choice(self.room.everybody))

    async def _forsake_one(self) -> None:
        one = self.chance.choice(self.room.people)
        if one.up.is_set() and not one.gone:
            harm.forsake(one)
            one.come_back()

    async def _cut_all(self) -> None:
        for one in self.room.everybody:
            harm.cut(one)

    async def _close_the_round(self) -> None:
        await _to(self.room, "closed")

    async def _open_the_round(self) -> None:
        await self._say("step.move", {"position": 4})
        await _to(self.room, "open")

    async def _move_the_room(self) -> None:
        await self._say("step.move", {"position": self.chance.choice([1, 3, 3, 4, 4])})

    async def _hide_a_post(self) -> None:
        posts = self.room.rows("SELECT id, state FROM post WHERE kind = 'idea'")
        if posts:
            post, state = self.chance.choice(posts)
            kind = "post.hide" if state == "shown" else "post.show"
            await self._say(kind, {"post_id": post})

    async def _remove_a_person(self) -> None:
        one = self.chance.choice(self.room.people)
        if len(self.removed) < REMOVED_AT_MOST and one.seat not in self.removed:
            self.removed.add(one.seat)
            await self._say("seat.remove", {"seat_id": one.seat})

    async def _say(self, kind: str, body: dict[str, Any]) -> None:
        await _say(self.room.host, kind, body)


async def _say(host: Device, kind: str, body: dict[str, Any]) -> None:
    try:
        await host.say(kind, body)
    except No:
        return  # A round that is closed already is not closed again: a no is an answer too.


async def _to(room: Meeting, state: str) -> None:
    for (number,) in room.rows("SELECT id FROM round"):
        await _say(room.host, "round.move", {"round_id": number, "to": state})
