"""A simulated person: takes a seat, posts and votes, and remembers what was acknowledged."""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from workshop.rehearsal.browser import Lost
from workshop.rehearsal.figures import Taps
from workshop.rehearsal.listener import TRIES, Listener
from workshop.rehearsal.phone import TurnedDown
from workshop.rehearsal.visit import Visit
from workshop.rules.refusals import Refused
from workshop.rules.voting import METHODS, RoundRule


class Way(NamedTuple):
    """Seconds from the link to the room's page, and from there to a live board."""

    page: float
    socket: float


def wishes(rule: RoundRule, marks: dict[int, int], idea: int) -> list[int]:
    """The marks somebody with these `marks` could set on `idea` now, apart from what stands."""
    method = METHODS[rule.method]
    # Where silence is no answer, an idea without a mark has none to take away.
    stands = marks.get(idea, None if method.silence_is_blank else 0)
    spent = sum(method.cost(rule, value) for one, value in marks.items() if one != idea)
    return [
        value
        for value in _allowed(rule)
        if value != stands and spent + method.cost(rule, value) <= method.purse(rule)
    ]


@cache
def _allowed(rule: RoundRule) -> tuple[int, ...]:
    """Every mark that this kind of vote knows, whatever a person has left."""
    return tuple(value for value in range(-1, rule.cap + 1) if _may(rule, value))


def _may(rule: RoundRule, value: int) -> bool:
    try:
        METHODS[rule.method].check(rule, value)
    except Refused:
        return False
    return True


class Person(Listener):
    """A person with a phone.

    Attributes:
        marks: idea -> the mark that the room has acknowledged.
        unsure: ideas whose last mark was sent and never answered, and what was sent.
        busy: whether they were picked for a command that is still on its way.
        refused: how often the room said no, by code; with "again" they tried once more.
    """

    def __init__(self, visit: Visit, device: str) -> None:
        super().__init__(visit)
        self.marks: dict[int, int] = {}
        self.unsure: dict[int, int] = {}
        self.busy = False
        self.refused: Counter[str] = Counter()
        self._device = device
        self._number = 0

    async def join(self, link: str, group: str) -> Way:
        """From the join link to a live board: the door, the seat, the room, the connection.

        Raises:
            Lost: no seat was given, or nobody answers.
        """
        began = time.perf_counter()
        door = await self.visit.get(link)
        fields = {**door.hidden, "group": group, "name": "", "language": "en"}
        self.take(await self.visit.post(link, fields))
        await self.visit.close()
        seated = time.perf_counter()
        await self.connect()
        await self.ask("mine", "{}")
        return Way(seated - began, time.perf_counter() - seated)

    async def vote(self, rule: RoundRule, ideas: Sequence[int], taps: Taps) -> None:
        """Tap on one idea by chance, and note when the tap was acknowledged.

        Raises:
            TurnedDown, Lost: it never was.
        """
        idea, value = self._wish(rule, ideas)
        before = self.unsure.get(idea)
        self.unsure[idea] = value
        try:
            await self.timed("mark.set", {"idea_id": idea, "value": value}, taps)
        except TurnedDown:
            # The no is for this mark alone: one sent before it may still stand.
            del self.unsure[idea]
            if before is not None:
                self.unsure[idea] = before
            raise
        del self.unsure[idea]
        self.marks[idea] = value

    def _wish(self, rule: RoundRule, ideas: Sequence[int]) -> tuple[int, int]:
        """An idea by chance, and a mark for it that this person may set now."""
        # Mostly the first idea will do: to weigh all of them would be most of a vote's work.
        start = random.randrange(len(ideas))
        for idea in (*ideas[start:], *ideas[:start]):
            if values := wishes(rule, self.marks, idea):
                return idea, random.choice(values)
        raise TurnedDown("Nothing on this ballot can be changed.")

    async def post(self, text: str, taps: Taps) -> None:
        """Post an idea, and note when it was acknowledged.

        Raises:
            TurnedDown, Lost: it never was.
        """
        await self.timed("idea.post", {"text": text}, taps)

    async def timed(self, kind: str, body: dict[str, Any], taps: Taps) -> dict[str, Any]:
        """Send a command, note when it was acknowledged, and return what its act told.

        Raises:
            TurnedDown, Lost: it never was.
        """
        sent = time.perf_counter()
        answer = await self.command(kind, body)
        taps.note(sent, time.perf_counter(), int(answer["seq"]))
        return dict(answer["answer"])

    async def command(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a command until it is answered, the very same each time, and return the answer.

        Raises:
            TurnedDown: a final no.
            Lost: the room stayed out of reach.
        """
        self._number += 1
        sent = {"id": str(uuid.uuid4()), "n": self._number, "device": self._device}
        text = json.dumps({**sent, "kind": kind, "body": body})
        for _ in range(TRIES):
            await self.up.wait()
            try:
                answer = await self.ask("command", text)
            except Lost:
                await asyncio.sleep(0.1)
                continue
            if answer.get("ok"):
                return answer
            self.refused[answer.get("code", "")] += 1
            if answer.get("again") is None:
                raise TurnedDown(answer.get("message", ""))
            await asyncio.sleep(float(answer["again"]))
        raise Lost("The room stayed out of reach.")

    async def mine(self) -> dict[int, int]:
        """This person's own marks as the room knows them.

        Raises:
            Lost: the room does not answer.
        """
        answer = await self.ask("mine", "{}")
        if not answer.get("ok"):
            raise Lost("The room would not say what somebody’s own marks are.")
        return {int(idea): value for idea, value in answer["marks"].items()}
