"""Votes go through the migrations whole: what was counted, what is covered, what is open."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from tests.story import Story, story
from workshop.acts import running, seats, voting
from workshop.reads import voting as reading
from workshop.storage.models import Base, Mark, MarkDevice, Round
from workshop.storage.store import Store
from workshop.storage.upgrade import downgrade, upgrade

BEFORE = "0006"
"""The tables before devices, counted groups and covered rounds."""
SECOND_VOTE = 7


def _told(store: Store) -> Story:
    """A vote that was revealed and covered, and one that is open."""
    Base.metadata.drop_all(store.engine)
    upgrade(store.engine)
    told = story(store, step="vote", template="half-day")
    told.votes(told.people[0], told.ideas[0], 1, device="phone", number=7)
    told.votes(told.people[0], told.ideas[0], 1, device="tablet", number=2**40)
    told.reveals()
    opened = told.room().last_round
    assert opened
    told.do(voting.move_round, round_id=opened.id, to="covered")
    told.do(running.move_step, position=SECOND_VOTE)
    told.votes(told.people[1], told.ideas[0], 1, device="phone", number=1)
    return told


@pytest.fixture
def told(store: Store) -> Story:
    return _told(store)


def test_votes_are_whole_after_going_down_and_up_again(store: Store, told: Story) -> None:
    downgrade(store.engine, BEFORE)
    # Somebody has opened the second vote again after its reveal, as was possible then.
    again = "UPDATE round SET revealed_at = 1, result = '{\"standings\": []}' WHERE state = 'open'"
    store.write(lambda db: db.execute(text(again)))
    upgrade(store.engine)
    with store.read() as db:
        rounds = db.scalars(select(Round).order_by(Round.id)).all()
        assert [(row.state, row.result is None) for row in rounds] == [
            ("covered", False),
            ("open", True),
        ]
        assert db.scalars(select(Mark.value)).all() == [1]
        assert reading.mine(db, rounds[1].id, told.people[1].seat).left == rounds[1].budget - 1


def test_a_migrated_room_goes_on(store: Store, told: Story) -> None:
    downgrade(store.engine, BEFORE)
    upgrade(store.engine)
    first = told.room().steps[4].round
    assert first
    told.do(seats.change_group, seat_id=told.people[0].seat, group="partner")
    told.do(voting.move_round, round_id=first.id, to="revealed")
    told.votes(told.people[1], told.ideas[0], 2, device="tablet", number=1)
    late = told.votes(told.people[1], told.ideas[0], 3, device="phone", number=1)
    assert late.answer["value"] == 2
    with store.read() as db:
        assert db.scalars(select(MarkDevice.device)).all() == ["phone"]
        shown = reading.result(db, first.id)
    assert shown
    assert shown.rows[0].by_group["citizen"].marks == 1
