"""When a workshop's time is over its words and seats go by themselves, and its results stay."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.acts.test_erasing import CANARY, CODE, _says, _sits, _tables
from tests.revealed import Revealed
from tests.story import NINE_O_CLOCK, Story, story
from workshop.acts import care, keeping, running
from workshop.acts.stage import Once
from workshop.reads.ballots import ballot_box
from workshop.reads.told import told_room
from workshop.rules.keeping import DAY_MS, DEFAULT
from workshop.rules.receipts import receipt_hash
from workshop.rules.refusals import Refused
from workshop.storage.models import Command, Item, Post, Seat, Workshop
from workshop.storage.store import Store


def _days(told: Story, days: float) -> None:
    told.clock.now += int(days * DAY_MS)


def _voted(store: Store) -> tuple[Revealed, int]:
    """A finished workshop in which somebody left words everywhere; the item made of their idea."""
    told = story(store, people=5, ideas=1, step="ideas")
    who = _sits(told)
    _, idea = _says(told, who)
    told.moves_to("vote")
    for person in told.people:
        told.votes(person, idea, 1)
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    room = Revealed(told, told.facilitator, opened.id)
    told.ideas.append(idea)
    item = room.promotes(-1)
    told.do(care.set_rules, care="off", word_list=f"{CANARY}\n")
    told.stage.perform(
        running.lock_room,
        once=Once("a secret", "a command", "room.lock", {}),
        workshop_id=told.workshop,
        locked=False,
    )
    told.do(running.finish)
    return room, item


def test_on_its_day_every_word_and_every_way_to_a_person_is_gone_and_results_stay(
    store: Store,
) -> None:
    room, item = _voted(store)
    told = room.told
    with store.read() as db:
        title = db.get_one(Item, item).title
        ballots = ballot_box(db, told.workshop, room.round).as_json()["ballots"]
    _days(told, DEFAULT - 0.01)
    assert keeping.sweep(told.stage) == 0
    assert CANARY in _tables(store)
    _days(told, 0.02)
    assert keeping.sweep(told.stage) == 1
    tables = _tables(store)
    assert tables.count(CANARY) == 1, "only as the title of the backlog item"
    assert title.startswith(CANARY)
    assert receipt_hash(CODE) not in tables
    assert not any(receipt_hash(one.receipt) in tables for one in told.people)
    with store.read() as db:
        assert ballot_box(db, told.workshop, room.round).as_json()["ballots"] == ballots
        assert set(db.scalars(select(Post.text))) == {""}
        assert set(db.scalars(select(Post.owner))) == {""}
        assert db.scalar(select(func.count()).select_from(Command)) == 0
        page = told_room(db, told.room().slug, now=told.clock())
        assert page is not None
        assert page.told[0].card.lineage["idea"]["text"] == ""
    assert told.room().swept_at == told.clock()
    assert keeping.sweep(told.stage) == 0, "it goes once"


def test_a_workshop_that_nobody_ended_ends_when_its_time_is_over(store: Store) -> None:
    told = story(store, people=2, step="vote")
    _days(told, DEFAULT / 2)
    told.do(running.lock_room, locked=False)
    _days(told, DEFAULT * 0.75)
    assert keeping.sweep(told.stage) == 0, "something happened in between"
    _days(told, DEFAULT)
    assert keeping.sweep(told.stage) == 1
    room = told.room()
    assert (room.state, room.join_code, room.doors_open) == ("finished", None, False)
    with store.read() as db:
        assert db.scalar(select(func.count()).where(Seat.removed_at.is_(None))) == 0


def test_one_workshop_going_leaves_the_others_alone(store: Store) -> None:
    room, _ = _voted(store)
    with store.read() as db:
        before = db.get_one(Workshop, room.told.workshop).keep_days
    assert before == DEFAULT
    change = room.told.do(keeping.let_go)
    assert (change.gone_seats, room.told.room().swept_at) == ((), None), "its time is not over"


def test_people_who_were_told_a_day_are_never_kept_longer(store: Store) -> None:
    told = story(store, people=1, step="welcome")
    told.do(keeping.set_period, days=90)
    assert told.room().keep_days == 90
    with pytest.raises(Refused, match="keep_longer"):
        told.do(keeping.set_period, days=180)
    told.do(keeping.set_period, days=30)
    assert told.clock.now == NINE_O_CLOCK
