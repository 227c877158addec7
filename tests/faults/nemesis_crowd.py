"""What people do while a nemesis rages: anything, at any step, twice, late, and again."""

from __future__ import annotations

import asyncio
import random
from typing import Any, Final

from tests.faults.device import Device, No
from tests.faults.meeting import Meeting
from tests.faults.wire import Broken

PAUSE: Final = 0.35
LATE: Final = 1.5
WISHES: Final = {
    "mark.set": 20,
    "idea.post": 3,
    "post.edit": 2,
    "post.withdraw": 1,
    "ballot.done": 1,
}

Body = dict[str, Any]


async def live(one: Device, room: Meeting, loose: asyncio.Event, chance: random.Random) -> None:
    """Do things by chance until told to stop, or removed."""
    own: list[int] = []
    said: list[Body] = []
    while loose.is_set() and not one.gone:
        await asyncio.sleep(chance.uniform(0, PAUSE))
        kind = chance.choices([*WISHES], [*WISHES.values()])[0]
        body = _body(kind, room, own, chance)
        if body is None:
            continue
        sent = one.envelope(kind, body)
        if kind == "idea.post":
            body["text"] = f"Idea {sent['id']}"
        if kind == "post.edit":
            body["text"] = f"Idea {sent['id']} in other words"
        try:
            answer = await _sent(one, sent, chance)
        except No:
            continue
        said.append(sent)
        if kind == "idea.post":
            own.append(int(answer["answer"]["post"]))
        if chance.random() < 0.1:
            await _again(one, chance.choice(said))


def _body(kind: str, room: Meeting, own: list[int], chance: random.Random) -> Body | None:
    if kind == "mark.set":
        ideas = room.rows("SELECT id FROM post WHERE kind = 'idea' ORDER BY id LIMIT 12")
        value = chance.randint(0, 3)
        return {"idea_id": chance.choice(ideas)[0], "value": value} if ideas else None
    if kind == "ballot.done":
        return {"done": chance.random() < 0.5}
    if kind == "idea.post":
        return {}
    return {"post_id": chance.choice(own)} if own else None


async def _sent(one: Device, sent: Body, chance: random.Random) -> dict[str, Any]:
    """Send a command plainly, late, or twice at once."""
    drawn = chance.random()
    if drawn < 0.1:
        await asyncio.sleep(chance.uniform(0, LATE))
    if drawn > 0.85:
        one.history.asked(one.name, one.seat, sent)
        twin = asyncio.create_task(_again(one, sent))
        answer = await one.until_answered(sent)
        await twin
        return answer
    return await one.until_answered(sent)


async def _again(one: Device, sent: Body) -> None:
    """Send a command once more than it takes; what comes back is written down."""
    try:
        await one.once(sent)
    except Broken:
        return
