"""Taps at a given rate, whether or not the room keeps up: nobody in a hall waits for the others."""

from __future__ import annotations

import asyncio
import random
import time
from array import array
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workshop.rehearsal.browser import Lost
from workshop.rehearsal.hall import Hall
from workshop.rehearsal.machine import Cost, Machine
from workshop.rehearsal.person import Person
from workshop.rehearsal.phone import TurnedDown
from workshop.rehearsal.progress import Progress

ANSWER_SECONDS: Final = 30.0
"""After the last tap, in which its answer has to come."""

SCREEN_SECONDS: Final = 15.0
"""After that, in which every screen has to show it."""

LOOK_SECONDS: Final = 0.05

Act = Callable[[Hall, Person, int], Awaitable[None]]
"""What the person does at a tap, and the number of the tap."""


@dataclass
class Run:
    """What one run of taps came to.

    Attributes:
        late: seconds by which the generator itself began each tap too late.
        held: taps without anybody free to make them; the room had answered none of its people.
        refused: taps that got a final no; unanswered: taps that got none at all.
        tail: seconds from the last tap to the last answer.
        before, after: what had been used at the first tap and after the last answer.
        messages, size: room messages and their bytes on all screens meanwhile.
    """

    before: Cost
    after: Cost
    late: array[float] = field(default_factory=lambda: array("d"))
    held: int = 0
    refused: int = 0
    unanswered: int = 0
    tail: float = 0.0
    messages: int = 0
    size: int = 0


def by_chance(count: int, seconds: float) -> list[float]:
    """When each of `count` people taps, who do not know of each other; in order, in seconds."""
    return sorted(random.uniform(0.0, seconds) for _ in range(count))


def anybody(halls: Sequence[Hall]) -> Callable[[], tuple[Hall, Person] | None]:
    """Pick a person who is free, in a room by chance; None where a hundred draws found nobody."""

    def pick() -> tuple[Hall, Person] | None:
        for _ in range(100):
            hall = random.choice(halls)
            person = random.choice(hall.people)
            if not person.busy:
                return hall, person
        return None

    return pick


def everybody(halls: Sequence[Hall]) -> Callable[[], tuple[Hall, Person] | None]:
    """Pick each person once, in an order by chance; None once everybody was."""
    waiting = [(hall, person) for hall in halls for person in hall.people]
    random.shuffle(waiting)
    return lambda: waiting.pop() if waiting else None


async def tap(
    halls: Sequence[Hall],
    due: Sequence[float],
    pick: Callable[[], tuple[Hall, Person] | None],
    act: Act,
    machine: Machine,
    name: str,
) -> Run:
    """Begin a tap at each moment of `due`, and wait until all are answered.

    Returns within `ANSWER_SECONDS` of the last tap, whatever the room does.
    """
    bar = Progress(name, len(due))
    before = machine.cost()
    heard = _received(halls)
    run = Run(before, before)
    tasks: list[asyncio.Task[None]] = []
    start = time.perf_counter()
    for number, seconds in enumerate(due):
        await asyncio.sleep(max(0.0, start + seconds - time.perf_counter()))
        run.late.append(time.perf_counter() - start - seconds)
        picked = pick()
        if picked is None:
            run.held += 1
            continue
        picked[1].busy = True
        tasks.append(asyncio.create_task(_one(act(*picked, number), picked[1], bar)))
    last = time.perf_counter()
    await _answers(tasks, run)
    run.tail, run.after = time.perf_counter() - last, machine.cost()
    run.messages, run.size = (now - then for now, then in zip(_received(halls), heard, strict=True))
    return run


async def _one(work: Awaitable[None], person: Person, bar: Progress) -> None:
    try:
        await work
        bar.step()
    finally:
        person.busy = False


async def _answers(tasks: Sequence[asyncio.Task[None]], run: Run) -> None:
    if not tasks:
        return
    done, waiting = await asyncio.wait(tasks, timeout=ANSWER_SECONDS)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    run.unanswered = len(waiting)
    for task in done:
        error = task.exception()
        if isinstance(error, TurnedDown):
            run.refused += 1
        elif isinstance(error, Lost):
            run.unanswered += 1
        elif error is not None:
            raise error


def _received(halls: Sequence[Hall]) -> tuple[int, int]:
    counts = [screen.received for hall in halls for screen in hall.screens]
    return sum(messages for messages, _ in counts), sum(size for _, size in counts)


async def shown(halls: Sequence[Hall]) -> None:
    """Wait until every screen shows the last tap of its room, for `SCREEN_SECONDS` at most."""

    def behind() -> bool:
        for hall in halls:
            newest = max([*hall.votes.seqs, *hall.posts.seqs], default=0)
            if any(screen.seq < newest for screen in hall.screens):
                return True
        return False

    for _ in range(round(SCREEN_SECONDS / LOOK_SECONDS)):
        if not behind():
            return
        await asyncio.sleep(LOOK_SECONDS)


async def within(
    seconds: float, work: Coroutine[Any, Any, None], sentence: Callable[[], str]
) -> None:
    """Do `work`, but not for longer than so many seconds.

    Raises:
        Lost: with `sentence` as it is then, where that was not enough.
    """
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError as error:
        raise Lost(sentence()) from error
