"""One simulated phone: it joins, posts and votes exactly as a person's own phone does."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from workshop.live.limits import LIMITS, OTHER
from workshop.rehearsal.browser import Browser, Lost, Page
from workshop.rehearsal.wire import Wire

TRIES: Final = 20
"""How often one command is sent before the phone gives up."""

KEEN: Final = 0.8
"""The share of what the room allows that a phone uses."""

BREATH: Final = 0.25
"""Seconds before a lost connection is opened again; grows with each try."""


class TurnedDown(Exception):
    """The room's final no to a command, in its own words."""


@dataclass
class Phone:
    """A person's phone in one room.

    Attributes:
        name: its name as the sender of commands; marks of one device are numbered.
        waited: how often the room asked it to come back a little later.
    """

    browser: Browser
    name: str = "phone"
    page: Page | None = None
    wire: Wire | None = None
    waited: int = 0
    _number: int = 0
    _sent: Counter[str] = field(default_factory=Counter)
    _pacing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def join(self, link: str, group: str = "citizen") -> None:
        """Take a seat by the room's join link, and open the room.

        Raises:
            Lost: the doors are closed, or nobody answers.
        """
        door = await self.browser.get(link)
        form = door.form(lambda one: "group" in one.fields or link in one.action, "to take a seat")
        self.page = await self.browser.send(door, form, group=group)
        if not self.page.body.get("data-token"):
            raise Lost(f"A seat was not given (status {self.page.status}).")
        await self._open()

    async def _open(self) -> None:
        """Open the live connection, or open it again where it broke. Once for all who wait."""
        async with self._opening:
            if self.wire and not self.wire.socket.closed:
                return
            page = self.page
            if page is None:
                raise Lost("This phone has no seat.")
            self.wire = await Wire.open(
                self.browser, page.body["data-token"], int(page.body.get("data-seq", "0"))
            )

    async def command(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send a command until it is answered, and return the answer of its act.

        The id and number are chosen once, so that sending again is harmless.

        Raises:
            TurnedDown: a final no.
            Lost: the room stayed out of reach.
        """
        self._number += 1
        sent = {
            "id": str(uuid.uuid4()),
            "n": self._number,
            "device": self.name,
            "kind": kind,
            "body": body,
        }
        await self._keep_pace(kind)
        answer = await self._until_answered("command", sent)
        return dict(answer["answer"])

    async def mine(self) -> dict[str, Any]:
        """This person's own ballot: {"marks": {idea: value}, "left", "budget", "done"}."""
        return await self._until_answered("mine", {})

    async def _until_answered(self, event: str, sent: dict[str, Any]) -> dict[str, Any]:
        for tries in range(1, TRIES + 1):
            try:
                await self._open()
                answer = await self.wire.ask(event, sent) if self.wire else {}
            except Lost:
                await asyncio.sleep(BREATH * tries)
                continue
            if answer.get("ok"):
                return answer
            if answer.get("again") is None:
                raise TurnedDown(answer.get("message", ""))
            self.waited += 1
            await asyncio.sleep(float(answer["again"]))
        raise Lost("The room stayed out of reach.")

    async def _keep_pace(self, kind: str) -> None:
        """Wait where the room would ask us to: it lets a keen person through, not a machine.

        The wait counts from the answer before, so that a slow answer earns no haste.
        """
        limit = LIMITS.get(kind, OTHER)
        self._sent[kind] += 1
        if self._sent[kind] > limit.burst * KEEN:
            async with self._pacing:
                await asyncio.sleep(1 / (limit.per_second * KEEN))

    async def close(self) -> None:
        """Put the phone away. Its seat stays."""
        if self.wire:
            await self.wire.close()
        await self.browser.close()
