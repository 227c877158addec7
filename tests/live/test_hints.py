"""Hints between processes: heard by the others, never by oneself, and lost without harm."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from redis.connection import Connection

from workshop.live.hints import Alone, Hint
from workshop.live.redis_hints import RedisHints

NOBODY_THERE = "redis://127.0.0.1:1/0"
WORKSHOP = 4_711
SECONDS = 20.0


@dataclass
class Process:
    """One process that tells and hears."""

    hints: RedisHints
    heard: list[Hint] = field(default_factory=list)
    deaf: bool = False

    def hear(self, hint: Hint) -> None:
        self.heard.append(hint)
        if self.deaf:
            raise RuntimeError("this process trips over every hint")


def until(holds: Callable[[], object]) -> None:
    """Wait until `holds`; whoever subscribes a moment later misses what was said before."""
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def redis_url() -> str:
    url = os.environ.get("LONGTABLE_TEST_REDIS_URL", "")
    if not url:
        if os.environ.get("LONGTABLE_REQUIRE_SERVICES"):
            pytest.fail("LONGTABLE_REQUIRE_SERVICES is set, but LONGTABLE_TEST_REDIS_URL is not")
        pytest.skip("no Redis here: set LONGTABLE_TEST_REDIS_URL to try it")
    return url


def process(url: str, house: str) -> Process:
    """A process of this house that listens."""
    made = Process(RedisHints(url, house))
    threading.Thread(target=made.hints.listen, args=(made.hear,), daemon=True).start()
    return made


@pytest.fixture
def two(redis_url: str) -> tuple[Process, Process]:
    """Two processes of one house that hear each other."""
    house = f"house {time.monotonic_ns()}"
    here, there = process(redis_url, house), process(redis_url, house)

    def each_hears_the_other() -> bool:
        here.hints.tell({"account": 0})
        there.hints.tell({"account": 0})
        return bool(here.heard and there.heard)

    until(each_hears_the_other)
    return here, there


@pytest.mark.services
def test_a_hint_reaches_the_other_processes_and_not_its_sender(
    two: tuple[Process, Process],
) -> None:
    here, there = two
    here.hints.tell({"workshop": WORKSHOP})
    until(lambda: {"workshop": WORKSHOP} in there.heard)
    there.hints.tell({"seat": 5})
    until(lambda: {"seat": 5} in here.heard)
    assert {"workshop": WORKSHOP} not in here.heard


@pytest.mark.services
def test_another_installation_on_the_same_redis_hears_nothing(
    redis_url: str, two: tuple[Process, Process]
) -> None:
    here, there = two
    stranger = process(redis_url, "another house")
    here.hints.tell({"seat": 5})
    until(lambda: {"seat": 5} in there.heard)
    assert stranger.heard == []


@pytest.mark.services
def test_a_process_that_trips_over_a_hint_hears_the_next_one(
    two: tuple[Process, Process],
) -> None:
    here, there = two
    there.deaf = True
    for seat in (1, 2, 3):
        here.hints.tell({"seat": seat})
        until(lambda: {"seat": seat} in there.heard)  # noqa: B023 - waited for in this round


@pytest.mark.services
def test_people_are_seen_from_other_processes(two: tuple[Process, Process]) -> None:
    here, there = two
    here.hints.here(WORKSHOP, {1: "citizen", 2: "staff"})
    until(lambda: there.hints.elsewhere(WORKSHOP) == {1: "citizen", 2: "staff"})
    assert {"workshop": WORKSHOP} in there.heard, "who came elsewhere is news for the room"
    assert here.hints.elsewhere(WORKSHOP) == {}
    here.hints.here(WORKSHOP, {})
    until(lambda: there.hints.elsewhere(WORKSHOP) == {})


def test_people_of_a_process_that_fell_silent_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    redis_hints = pytest.importorskip("workshop.live.redis_hints")
    hints = RedisHints(NOBODY_THERE)
    hints._understand(b'["another", [{"here": 1, "seats": {"7": "staff"}}]]', lambda _: None)
    assert hints.elsewhere(1) == {7: "staff"}
    monkeypatch.setattr(redis_hints, "PRESENCE_SECONDS", -1.0)
    assert hints.elsewhere(1) == {}


@pytest.mark.parametrize("said", [b"not JSON", b"[]", b'["a", [3]]', b'["a", [{"here": "x"}]]'])
def test_what_nobody_understands_does_not_end_the_listening(said: bytes) -> None:
    RedisHints(NOBODY_THERE)._understand(said, lambda _: None)


@pytest.mark.services
def test_who_must_go_is_told_once_redis_is_back(
    two: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = two
    away = threading.Event()
    publish = here.hints._mouth.publish

    def breaks(channel: str, words: str) -> object:
        if not away.is_set():
            away.set()
            raise OSError("Redis has gone")
        return publish(channel, words)

    monkeypatch.setattr(here.hints._mouth, "publish", breaks)
    here.hints.tell({"seat": 5})
    until(lambda: {"seat": 5} in there.heard)
    assert away.is_set()


class Unheard(RedisHints):
    """Hints whose threads keep their failures to themselves.

    They go on trying when the test is over, and would log into the tests after it.
    """

    def _failed(self, error: Exception) -> None:
        """Say nothing."""


def test_a_redis_that_is_frozen_or_away_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tells or asks never talks to Redis itself, so that nobody can wait for it."""
    asked = set[int]()
    for name in ("connect", "send_packed_command"):
        does = getattr(Connection, name)

        def noted(
            one: Connection, *values: object, does: Callable[..., object] = does, **more: object
        ) -> object:
            asked.add(threading.get_ident())
            return does(one, *values, **more)

        monkeypatch.setattr(Connection, name, noted)
    with socket.socket() as frozen:
        frozen.bind(("127.0.0.1", 0))
        frozen.listen()
        for url in (NOBODY_THERE, f"redis://127.0.0.1:{frozen.getsockname()[1]}/0"):
            asked.clear()
            hints = Unheard(url)
            threading.Thread(target=hints.listen, args=(print,), daemon=True).start()
            for number in range(100):
                hints.tell({"workshop": number})
                hints.here(number, {1: "citizen"})
                hints.elsewhere(number)
            until(lambda: bool(asked))
            assert threading.get_ident() not in asked


def test_one_process_has_nobody_to_tell() -> None:
    alone = Alone()
    alone.tell({"workshop": WORKSHOP})
    assert alone.elsewhere(WORKSHOP) == {}
