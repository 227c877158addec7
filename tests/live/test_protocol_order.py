"""Nothing is answered and nobody is told before it is stored."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.live.room import Room, Visit, has, serving, visit

LONG_ENOUGH = 0.5
"""Seconds in which an answer that waits for nothing would have come ten times over."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with serving(tmp_path_factory.mktemp("order"), people=3, ideas=3, step="vote") as served:
        yield served


def test_an_answer_and_the_news_wait_for_the_commit(room: Room) -> None:
    """Somebody else holds the file's write lock: until they let go nothing is heard of a vote."""

    async def come(here: Visit) -> None:
        voter, other = await here.line(0), await here.line(1)
        await here.settled()
        while not other.told.empty():
            other.told.get_nowait()
        with closing(sqlite3.connect(room.file)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            vote = asyncio.create_task(voter.does("mark.set", idea_id=room.told.ideas[0], value=2))
            await asyncio.sleep(LONG_ENOUGH)
            assert not vote.done()
            assert other.told.empty()
            assert room.rows("SELECT count(*) FROM mark") == [(0,)]
            holder.rollback()
        answer = await vote
        assert (answer["ok"], answer["answer"]["left"]) == (True, 3)
        assert room.rows("SELECT value FROM mark") == [(2,)]
        told = await other.hears(lambda message: message["to"] >= answer["seq"])
        assert told["to"] <= room.told.room().seq

    visit(room, come)


def test_a_refused_command_raises_no_sequence_and_tells_nobody(room: Room) -> None:
    async def come(here: Visit) -> None:
        voter, other = await here.line(2), await here.line(1)
        await here.settled()
        while not other.told.empty():
            other.told.get_nowait()
        seq = room.told.room().seq
        for number, value in enumerate((4, -1, 10**6)):
            refused = await voter.does("mark.set", number, idea_id=room.told.ideas[1], value=value)
            assert refused["ok"] is False
        assert room.told.room().seq == seq
        # What comes next is the first that anybody hears of.
        room.told.moves_to("ideas")
        room.told.posts(room.told.people[0], "idea", "After the refusals")
        first = await other.hears(lambda _: True)
        assert first["from"] == seq
        if not has("After the refusals")(first):
            await other.hears(has("After the refusals"))
        room.told.moves_to("vote")

    visit(room, come)
