"""Connections of people who come and go at the same moment are all hung up."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import ClassVar

import aiohttp
import pytest

from workshop.rehearsal import walk
from workshop.rehearsal.order import Order
from workshop.rehearsal.visit import Street, Visit
from workshop.rehearsal.walk import Walk

NOWHERE = Street("http://127.0.0.1:9")


def test_a_page_that_opens_while_another_hangs_up_is_hung_up_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def both() -> None:
        slow, close = asyncio.Event(), aiohttp.ClientSession.close

        async def slowly(session: aiohttp.ClientSession) -> None:
            await slow.wait()
            await close(session)

        monkeypatch.setattr(aiohttp.ClientSession, "close", slowly)
        visit = Visit(NOWHERE)
        first = visit._opened()
        closing = asyncio.create_task(visit.close())
        await asyncio.sleep(0)
        second = visit._opened()
        assert second is not first
        slow.set()
        await closing
        await visit.close()
        assert first.closed
        assert second.closed

    asyncio.run(both())


class Waits:
    """Somebody at the door to whom nobody opens."""

    met: ClassVar[list[Waits]] = []
    knocked: ClassVar[asyncio.Event]

    def __init__(self, _visit: Visit, _device: str) -> None:
        self.gone = False
        self.met.append(self)

    async def join(self, _link: str, _group: str) -> None:
        """Stand there."""
        self.knocked.set()
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Leave."""
        self.gone = True


def test_whoever_is_at_the_door_when_time_is_over_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    async def over() -> None:
        Waits.knocked = asyncio.Event()
        everybody = Walk(Order((), "", "room", "link", "remote", 1, 1, 1, ()), print)
        coming = asyncio.create_task(everybody._one_in(NOWHERE, 0, 0.0))
        await Waits.knocked.wait()
        coming.cancel()
        with suppress(asyncio.CancelledError):
            await coming

    monkeypatch.setattr(walk, "Person", Waits)
    asyncio.run(over())
    assert [one.gone for one in Waits.met] == [True]
