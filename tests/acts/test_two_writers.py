"""Two processes write in one room of PostgreSQL at once: whoever waited sees what was done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.conftest import postgres_or_skip
from tests.story import Story, story
from tests.tables import emptied
from workshop.acts import marking, seats, voting
from workshop.acts.stage import Change, Stage
from workshop.rules.refusals import Refused
from workshop.storage.models import Mark, Purse
from workshop.storage.store import Store

pytestmark = pytest.mark.services

SECONDS = 20
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


@dataclass
class Two:
    """A room at its vote, and the stages of two processes that write in it."""

    told: Story
    here: Stage
    there: Stage

    def meanwhile(self, first: Callable[..., Change], second: Callable[[], object]) -> None:
        """Do `second` in the other process while `first` has written and not yet committed."""
        written, waits = threading.Event(), threading.Event()

        def act(db: Session, *, now: int) -> Change:
            change = first(db, now=now, workshop_id=self.told.workshop)
            db.flush()
            written.set()
            assert waits.wait(SECONDS)
            return change

        one = threading.Thread(target=self.here.perform, args=(act,))
        two = threading.Thread(target=second)
        one.start()
        assert written.wait(SECONDS)
        two.start()
        self._until_one_waits()
        waits.set()
        one.join(SECONDS)
        two.join(SECONDS)

    def _until_one_waits(self) -> None:
        deadline = time.monotonic() + SECONDS
        with self.told.stage.store.engine.connect() as connection:
            while not connection.scalar(WAITING):
                assert time.monotonic() < deadline, "nobody waits for the room"
                connection.rollback()

    def marks(self, person: int, value: int, number: int) -> Change:
        """Vote in the other process."""
        told = self.told
        return self.there.perform(
            marking.set_mark,
            workshop_id=told.workshop,
            seat_id=told.people[person].seat,
            idea_id=told.ideas[0],
            value=value,
            device="phone",
            number=number,
        )


@pytest.fixture
def two() -> Iterator[Two]:
    here, there = (Store(postgres_or_skip(), gather=0) for _ in range(2))
    emptied(here)
    told = story(here, step="vote")
    yield Two(told, told.stage, Stage(there, told.clock))
    for store in (here, there):
        store.close()


def test_a_purse_pays_for_the_marks_that_stand_and_for_no_others(two: Two) -> None:
    def first(db: Session, **given: Any) -> Change:
        seat, idea = two.told.people[0].seat, two.told.ideas[0]
        mark: dict[str, Any] = {
            "seat_id": seat,
            "idea_id": idea,
            "value": 3,
            "device": "phone",
            "number": 1,
        }
        return marking.set_mark(db, **given, **mark)

    two.meanwhile(first, lambda: two.marks(0, 1, 2))
    with two.told.stage.store.read() as db:
        assert db.scalars(select(Mark.value)).all() == [1]
        assert db.scalars(select(Purse.used)).all() == [1]


def test_a_vote_that_waited_while_the_round_closed_is_refused(two: Two) -> None:
    opened = two.told.room().last_round
    assert opened is not None
    said: list[str] = []

    def first(db: Session, **given: Any) -> Change:
        return voting.move_round(db, **given, round_id=opened.id, to="closed")

    two.meanwhile(first, lambda: said.append(_refusal(lambda: two.marks(0, 1, 1))))
    with two.told.stage.store.read() as db:
        assert (said, db.scalars(select(Mark.value)).all()) == (["round_closed"], [])


def test_a_vote_of_a_person_who_is_being_removed_is_refused(two: Two) -> None:
    said: list[str] = []

    def first(db: Session, **given: Any) -> Change:
        return seats.remove_seat(db, **given, seat_id=two.told.people[0].seat)

    two.meanwhile(first, lambda: said.append(_refusal(lambda: two.marks(0, 1, 1))))
    assert said == ["removed"]


def _refusal(does: Callable[[], object]) -> str:
    try:
        does()
    except Refused as no:
        return no.code
    return ""
