"""What every load run stands on: a server on a core of its own, a way in, and a hall of phones."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.served import Served, served
from workshop.acts.accounts import make_pass
from workshop.acts.stage import Stage
from workshop.rehearsal.crowd import few_at_a_time
from workshop.rehearsal.hall import Hall
from workshop.rehearsal.person import Person
from workshop.rehearsal.visit import Visit, street_of
from workshop.rules.roles import VOICES
from workshop.storage.store import Store

SERVER_CORE: Final = 0
GENERATOR_CORE: Final = 1
AT_THE_DOOR: Final = 16
"""People who come in at the same moment."""

QUIET: Final = MappingProxyType({"LONGTABLE_LOG_LEVEL": "warning"})


def stay_on(*cores: int) -> None:
    """Keep this program, and whatever it starts from now on, on these cores, if there are two."""
    if (os.cpu_count() or 1) > max(SERVER_CORE, GENERATOR_CORE):
        os.sched_setaffinity(0, cores)


@contextmanager
def serving(
    folder: Path, *, port: int, engine: str, more: Mapping[str, str] = QUIET
) -> Iterator[Served]:
    """A server on the first core until the block ends; this program stays on the second."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by a signal"))  # not the server alone
    stay_on(SERVER_CORE)
    with served(folder, engine=engine, port=port, more=more) as running:
        stay_on(GENERATOR_CORE)
        yield running


def token_for(database: str) -> str:
    """A fresh one-time token that signs a facilitator in."""
    token = f"load-{time.time_ns()}"
    store = Store(database)
    try:
        stage = Stage(store, lambda: time.time_ns() // 1_000_000)
        stage.perform(make_pass, kind="robot", role="facilitator", token=token)
    finally:
        store.close()
    return token


async def fill(hall: Hall, site: str, numbers: Iterable[int]) -> None:
    """Let a person in for each number, a few at a time."""

    async def come_in(number: int) -> None:
        hall.people.append(await somebody(hall, site, number))

    await few_at_a_time(numbers, AT_THE_DOOR, come_in)


async def somebody(hall: Hall, site: str, number: int) -> Person:
    """One more person with a live board, who is not in the hall's list yet."""
    person = Person(Visit(street_of(site, number)), f"load-{number}")
    await person.join(hall.link, VOICES[number % len(VOICES)])
    return person
