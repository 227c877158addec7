"""A room at its vote for each way of voting, made once and put back for every history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from tests.acts.merging_rooms import IDEAS, PEOPLE, ROOMS, Told
from tests.story import story
from workshop.storage.models import Base
from workshop.storage.store import Store


def _hurried(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="module", params=sorted(ROOMS))
def room(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """A room with ideas to merge."""
    file = tmp_path_factory.mktemp("merging") / "room.sqlite3"
    store = Store(f"sqlite:///{file}", gather=0)
    # Nobody cuts the power here, and waiting for the disk is most of the time it takes.
    event.listen(store.engine, "connect", _hurried)
    Base.metadata.create_all(store.engine)
    template, rule = ROOMS[str(request.param)]
    problems = 1 if template == "hour" else 0
    seats = {"people": PEOPLE, "problems": problems, "ideas": IDEAS}
    told = story(store, **seats, step="vote", template=template, rule=rule)
    yield Told(told, file)
    store.close()
