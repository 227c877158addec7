"""Four processes behind real nginx, PostgreSQL and Redis: one room, wherever a phone landed."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress

import aiohttp
import pytest

from tests.conftest import POSTGRES
from tests.faults import history_checks, history_replay, recount
from tests.faults.device import Device, No
from tests.faults.hall import Hall, KeptInPostgres, emptied, hall_or_skip, open_hall
from tests.faults.meeting import Meeting, meeting
from workshop.rehearsal.wire import PATH

pytestmark = pytest.mark.services

PEOPLE = 14
SETTLES_WITHIN = 20.0
GONE_WITHIN = 1.0
BUDGET = 5
TABS = 8


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    hall_or_skip()
    redis = os.environ["LONGTABLE_TEST_REDIS_URL"]
    folder = tmp_path_factory.mktemp("hall")
    with open_hall(folder, database_url=emptied(POSTGRES), redis_url=redis) as opened:
        yield opened


def meet(hall: Hall, does: Callable[[Meeting], Awaitable[None]]) -> None:
    """Hold a meeting through nginx, and look afterwards whether any promise was broken."""
    hall.forget()

    async def come() -> None:
        async with meeting(hall) as room:
            await does(room)
            await room.settle(SETTLES_WITHIN)
            wrong = await looked(room)
            for _ in range(5):
                if not wrong:
                    break
                # Who is connected where is told every two seconds.
                await asyncio.sleep(1)
                wrong = await looked(room)
            assert wrong == []

    asyncio.run(come())
    assert recount.wrong(recount.read(hall.database)) == []
    assert hall.complaints() == []


async def looked(room: Meeting) -> list[str]:
    """Every promise that was broken, as far as one look at all pages and tables shows."""
    await room.look()
    kept = KeptInPostgres(room.server.database)
    return history_checks.check(room.history, kept) + history_replay.check(room.history, kept)


async def until(holds: Callable[[], bool]) -> None:
    """Wait until `holds`: a page has no bell."""
    async with asyncio.timeout(SETTLES_WITHIN):
        while not holds():  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.005)


async def tabs(person: Device, number: int) -> list[Device]:
    """More pages of one person, as a browser opens them in tabs: each finds its own process."""
    opened = []
    for n in range(number):
        tab = Device(person.visit, f"{person.name}, tab {n}", person.history)
        tab.seat = person.seat
        await tab.open(person.path)
        opened.append(tab)
    return opened


async def furnished(room: Meeting) -> list[int]:
    """Everybody sits down and posts an idea; the vote is opened. The ideas."""
    await room.sit_down(PEOPLE)
    await room.move_to("ideas")
    posted = await asyncio.gather(
        *(one.say("idea.post", {"text": f"Idea of {one.name}"}) for one in room.people)
    )
    await room.move_to("vote")
    return [int(said["answer"]["post"]) for said in posted]


async def spends_all(tab: Device, ideas: list[int]) -> int:
    """Vote for one idea after the other until the purse is empty; how many were taken."""
    taken = 0
    with suppress(No):
        for idea in ideas:
            await tab.say("mark.set", {"idea_id": idea, "value": 1})
            taken += 1
    return taken


def test_everybody_hears_of_everything_whichever_process_they_are_on(hall: Hall) -> None:
    async def does(room: Meeting) -> None:
        ideas = await furnished(room)
        assert sum(count > 0 for count in hall.pages().values()) >= 3, "too few processes"
        rows = {f"v{idea}" for idea in ideas}
        await until(lambda: all(rows <= one.screen.words.keys() for one in room.people))
        await room.host.say("timer.set", {"action": "pause"})
        await room.settle(SETTLES_WITHIN)
        await asyncio.gather(
            *(
                one.say("mark.set", {"idea_id": ideas[n % 3], "value": 2})
                for n, one in enumerate(room.people)
            )
        )
        await room.settle(SETTLES_WITHIN)
        (numbers,) = room.rows("SELECT id FROM round WHERE state = 'open'")
        for to in ("closed", "revealed"):
            await room.host.say("round.move", {"round_id": numbers[0], "to": to})
        await room.move_to("results")
        ballots = await room.leader.ballots()
        assert len(ballots["ballots"]) == PEOPLE

    meet(hall, does)


def test_one_person_on_several_processes_spends_one_purse(hall: Hall) -> None:
    async def does(room: Meeting) -> None:
        ideas = await furnished(room)
        before = hall.pages()
        opened = await tabs(room.people[0], TABS)
        after = hall.pages()
        assert sum(after[port] > before[port] for port in hall.ports) >= 2
        taken = await asyncio.gather(*(spends_all(tab, ideas) for tab in opened))
        for tab in opened:
            await tab.close()
        assert max(taken) <= BUDGET
        purse = room.rows(f"SELECT used FROM purse WHERE seat_id = {room.people[0].seat}")  # noqa: S608 - our own number
        assert purse == [(BUDGET,)]

    meet(hall, does)


def test_whoever_is_asked_to_leave_is_gone_within_a_second_on_every_process(hall: Hall) -> None:
    async def does(room: Meeting) -> None:
        await room.sit_down(2)
        opened = await tabs(room.people[0], TABS)
        assert sum(count > 0 for count in hall.pages().values()) >= 2
        began, leaves = time.monotonic(), [room.people[0], *opened]
        await room.host.say("seat.remove", {"seat_id": room.people[0].seat})
        await until(lambda: all(one.gone or not one.up.is_set() for one in leaves))
        took = time.monotonic() - began
        print(f"gone from every process after {took * 1000:.0f} ms")  # noqa: T201 - the figure
        for tab in opened:
            await tab.close()
        assert took < GONE_WITHIN

    meet(hall, does)


def test_a_room_that_is_named_stays_on_one_process(hall: Hall) -> None:
    """As the page's own script names it: its votes share commits, its news is worked out once."""

    async def does(room: Meeting) -> None:
        await room.sit_down(1)
        before = hall.pages()
        person, opened = room.people[0], []
        address = hall.url.replace("http", "ws", 1) + PATH + f"&room={room.leader.slug}"
        async with aiohttp.ClientSession(cookies=person.visit.cookies) as session:
            for _ in range(TABS):
                line = await session.ws_connect(address, headers={"Origin": hall.url})
                await line.receive()
                await line.send_str(f'40{{"token":"{person.screen.token}"}}')
                assert (await line.receive()).data.startswith("40")
                opened.append(line)
            after = hall.pages()
            assert sorted(after[port] - before[port] for port in hall.ports) == [0, 0, 0, TABS]
            for line in opened:
                await line.close()

    meet(hall, does)
