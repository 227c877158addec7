"""Two processes, one PostgreSQL, one Redis: a phone on either hears what happens on the other."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import create_engine, text

from tests.served import Served, free_port, served
from workshop.acts import accounts
from workshop.acts.stage import Stage
from workshop.rehearsal.browser import Browser
from workshop.rehearsal.facilitator import Facilitator
from workshop.rehearsal.phone import Phone
from workshop.storage.store import Store

pytestmark = pytest.mark.services

ABOUT = {
    "title": "Two processes",
    "service": "A test",
    "goal": "Everybody hears the same",
    "better_for": "Everybody",
}
IDEAS, VOTE = 3, 4
SOON = 5.0


@pytest.fixture
def database() -> str:
    """An empty PostgreSQL database."""
    url = os.environ.get("LONGTABLE_TEST_DATABASE_URL", "")
    if not url or not os.environ.get("LONGTABLE_TEST_REDIS_URL"):
        if os.environ.get("LONGTABLE_REQUIRE_SERVICES"):
            pytest.fail("LONGTABLE_REQUIRE_SERVICES is set, but a service has no address")
        pytest.skip(
            "no PostgreSQL or no Redis here: set LONGTABLE_TEST_DATABASE_URL and _REDIS_URL"
        )
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


def _token(database: str) -> str:
    store = Store(database)
    stage = Stage(store, lambda: time.time_ns() // 1_000_000)
    stage.perform(accounts.make_pass, kind="robot", role="facilitator", token="two-processes-token")
    store.close()
    return "two-processes-token"


async def _hears(person: Phone, after: int) -> None:
    """Wait until this phone has heard of something later than `after`."""
    async with asyncio.timeout(SOON):
        while person.wire is None or person.wire.seq <= after:  # noqa: ASYNC110 - a phone has no bell
            await asyncio.sleep(0.02)


async def _meet(first: Served, second: Served, token: str) -> None:
    """One room: its facilitator and Ann on the first process, Sam on the second."""
    connector = aiohttp.TCPConnector()
    nadia = Facilitator(Browser(first.url, connector))
    ann = Phone(Browser(first.url, connector))
    sam = Phone(Browser(second.url, connector))
    try:
        await nadia.sign_in(token)
        link = await nadia.make_workshop("hour", ABOUT)
        await ann.join(link)
        await sam.join(link, "staff")
        await nadia.move_to(IDEAS)
        posted = await ann.command("idea.post", {"text": "Heard next door"})
        await nadia.move_to(VOTE)
        assert sam.wire
        assert ann.wire
        before = sam.wire.seq
        given = await ann.command("mark.set", {"idea_id": posted["post"], "value": 2})
        assert given["left"] == 3
        await _hears(sam, before)
        mine = await sam.command("mark.set", {"idea_id": posted["post"], "value": 1})
        assert mine["left"] == 4
        await nadia.close_vote()
        await nadia.reveal()
        ballots = await nadia.ballots()
        assert len(ballots["ballots"]) == 2
    finally:
        for person in (ann, sam):
            await person.close()
        await nadia.browser.close()
        await connector.close()


@pytest.mark.parametrize("redis", ["there", "away"])
def test_a_phone_on_one_process_hears_of_a_vote_on_the_other(
    tmp_path: Path, database: str, redis: str
) -> None:
    """Without Redis the hint is lost, and the look into the database finds what it said."""
    hints = os.environ["LONGTABLE_TEST_REDIS_URL"] if redis == "there" else "redis://127.0.0.1:1/0"
    ports = [free_port(), free_port()]
    shared = {
        "LONGTABLE_REDIS_URL": hints,
        "LONGTABLE_ALLOWED_ORIGINS": ",".join(f"http://127.0.0.1:{port}" for port in ports),
    }
    with (
        served(tmp_path, database=database, port=ports[0], more=shared) as first,
        served(tmp_path, database=database, port=ports[1], more=shared) as second,
    ):
        asyncio.run(_meet(first, second, _token(database)))
