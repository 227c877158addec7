"""Many people doing something, a few of them at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from workshop.rehearsal.browser import Lost

T = TypeVar("T")


async def few_at_a_time(
    items: Iterable[T],
    limit: int,
    work: Callable[[T], Awaitable[None]],
    ready: Callable[[T], Awaitable[T]] | None = None,
) -> None:
    """Do `work` on every item, begun in order, with at most `limit` under way.

    `ready` may hold an item back until its time has come. The first error ends everything.
    """
    free = asyncio.Semaphore(limit)

    async def one(item: T) -> None:
        try:
            await work(item)
        finally:
            free.release()

    try:
        async with asyncio.TaskGroup() as group:
            for item in items:
                if ready:
                    await ready(item)
                await free.acquire()
                group.create_task(one(item))
    except* Lost as lost:
        raise lost.exceptions[0] from lost
