"""Nothing yields inside a write transaction: every switch of a real eventlet server is watched."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import create_engine, text

from tests import served
from tests.storage.watched import WAITS
from workshop.acts import accounts
from workshop.acts.stage import Stage
from workshop.rehearsal.browser import Browser
from workshop.rehearsal.facilitator import Facilitator
from workshop.rehearsal.phone import Phone
from workshop.storage.store import Store

TOKEN = "the-token-of-a-watched-server"
WATCHING = ["watching"]
IDEAS, VOTE = 3, 4
PHONES = 8
ABOUT = {
    "title": "Watched",
    "service": "A test",
    "goal": "Nobody holds up the room",
    "better_for": "Everybody",
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/watched.sqlite3"
    url = os.environ.get("LONGTABLE_TEST_DATABASE_URL", "")
    if not url:
        if os.environ.get("LONGTABLE_REQUIRE_SERVICES"):
            pytest.fail("LONGTABLE_REQUIRE_SERVICES is set, but LONGTABLE_TEST_DATABASE_URL is not")
        pytest.skip("no PostgreSQL here: set LONGTABLE_TEST_DATABASE_URL to try it")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


def _watched(said: Path, *words: str) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "tests.storage.watched", str(said), *words]


@pytest.mark.parametrize("wait", WAITS)
def test_an_act_that_lets_others_run_is_noticed(tmp_path: Path, database: str, wait: str) -> None:
    """And one that does not is not: on PostgreSQL, waiting for the database itself is no yield."""
    said = tmp_path / "said"
    subprocess.run(_watched(said, "act", wait, database), cwd=served.ROOT, check=True, timeout=60)
    noticed = said.read_text().splitlines()
    assert noticed[:1] == WATCHING
    assert bool(noticed[1:]) == (wait != "nothing"), noticed
    assert all("watched.py:act < " in line for line in noticed[1:])


@contextmanager
def _serving(folder: Path, database: str, said: Path) -> Iterator[str]:
    """The demo, which tells three whole stories, on eventlet and watched."""
    port, log = served.free_port(), folder / "watched.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            _watched(said, "longtable", "demo"),
            cwd=served.ROOT,
            env=served._environ(database, port, "eventlet", {}),
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        served._wait(f"http://127.0.0.1:{port}/healthz", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _let_in(database: str) -> None:
    store = Store(database)
    stage = Stage(store, lambda: time.time_ns() // 1_000_000)
    stage.perform(accounts.make_pass, kind="robot", role="facilitator", token=TOKEN)
    store.close()


async def _meet(site: str) -> int:
    """A whole vote, everybody at once; how many ballots were cast."""
    connector = aiohttp.TCPConnector(limit=0)
    nadia = Facilitator(Browser(site, connector))
    phones = [Phone(Browser(site, connector)) for _ in range(PHONES)]
    try:
        await nadia.sign_in(TOKEN)
        link = await nadia.make_workshop("hour", ABOUT)
        await asyncio.gather(*(phone.join(link) for phone in phones))
        await nadia.move_to(IDEAS)
        said = (phone.command("idea.post", {"text": "Mine"}) for phone in phones)
        ideas = [answer["post"] for answer in await asyncio.gather(*said)]
        await nadia.move_to(VOTE)
        for value in (2, 1, 0, 2):
            marks = (
                phone.command("mark.set", {"idea_id": ideas[(place + value) % PHONES], "value": 1})
                for place, phone in enumerate(phones)
            )
            await asyncio.gather(*marks)
        await nadia.close_vote()
        await nadia.reveal()
        return len((await nadia.ballots())["ballots"])
    finally:
        for phone in phones:
            await phone.close()
        await nadia.browser.close()
        await connector.close()


def test_no_act_of_three_stories_and_a_vote_yields(tmp_path: Path, database: str) -> None:
    said = tmp_path / "said"
    with _serving(tmp_path, database, said) as site:
        _let_in(database)
        assert asyncio.run(_meet(site)) == PHONES
    assert said.read_text().splitlines() == WATCHING
