"""Hints between processes: heard by the others, never by oneself, and lost without harm."""

from __future__ import annotations

import os
import threading

import pytest

from workshop.live.hints import Alone
from workshop.live.redis_hints import RedisHints

NOBODY_THERE = "redis://127.0.0.1:1/0"
WORKSHOP = 4_711


@pytest.fixture
def redis_url() -> str:
    url = os.environ.get("LONGTABLE_TEST_REDIS_URL", "")
    if not url:
        if os.environ.get("LONGTABLE_REQUIRE_SERVICES"):
            pytest.fail("LONGTABLE_REQUIRE_SERVICES is set, but LONGTABLE_TEST_REDIS_URL is not")
        pytest.skip("no Redis here: set LONGTABLE_TEST_REDIS_URL to try it")
    return url


@pytest.mark.services
def test_a_hint_reaches_the_other_processes_and_not_its_sender(redis_url: str) -> None:
    here, there = RedisHints(redis_url), RedisHints(redis_url)
    heard: list[tuple[str, dict[str, int]]] = []
    arrived = threading.Event()

    def listen(name: str, hints: RedisHints) -> None:
        def hear(hint: dict[str, int]) -> None:
            heard.append((name, hint))
            arrived.set()

        hints.listen(hear)

    for name, hints in (("here", here), ("there", there)):
        threading.Thread(target=listen, args=(name, hints), daemon=True).start()
    # Whoever subscribes a moment later misses the first hints, as a process that starts does.
    for _ in range(100):
        here.tell({"workshop": WORKSHOP})
        if arrived.wait(0.1):
            break
    assert set(map(str, heard)) == {str(("there", {"workshop": WORKSHOP}))}


@pytest.mark.services
def test_people_are_seen_from_other_processes(redis_url: str) -> None:
    here, there = RedisHints(redis_url), RedisHints(redis_url)
    here.here(WORKSHOP, {1: "citizen", 2: "staff"})
    assert there.elsewhere(WORKSHOP) == {1: "citizen", 2: "staff"}
    assert here.elsewhere(WORKSHOP) == {}
    here.here(WORKSHOP, {})
    assert there.elsewhere(WORKSHOP) == {}


def test_a_redis_that_is_away_costs_hints_and_nothing_else() -> None:
    pytest.importorskip("redis")
    hints = RedisHints(NOBODY_THERE)
    hints.tell({"workshop": WORKSHOP})
    hints.here(WORKSHOP, {1: "citizen"})
    assert hints.elsewhere(WORKSHOP) == {}


def test_one_process_has_nobody_to_tell() -> None:
    alone = Alone()
    alone.tell({"workshop": WORKSHOP})
    assert alone.elsewhere(WORKSHOP) == {}
