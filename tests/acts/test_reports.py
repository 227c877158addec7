"""Reports: one for each person, nobody can tell whose, and when they hold a post."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.story import Person, Story, story
from workshop.acts import care, posts
from workshop.reads import care as reading
from workshop.reads import posts as cards
from workshop.reads.posts import PostCard
from workshop.rules.refusals import Refused
from workshop.storage.models import Report
from workshop.storage.store import Store


def _room(store: Store) -> Story:
    return story(store, people=3, step="problems", problems=0, ideas=0)


def _card(told: Story, number: int) -> PostCard:
    with told.stage.store.read() as db:
        return cards.some(db, told.workshop, [number])[number]


def _reports(told: Story, person: Person, number: int, concern: str = "unkind") -> None:
    given = {"seat_id": person.seat, "receipt": person.receipt}
    told.do(care.report_post, **given, post_id=number, concern=concern)


def test_two_reports_hold_a_post_in_a_small_room_and_one_person_counts_once(store: Store) -> None:
    told = _room(store)
    ann, bob, cho = told.people
    number = told.posts(ann, "problem", "Reported words")
    _reports(told, bob, number)
    _reports(told, bob, number, "names")
    assert (_card(told, number).state, _card(told, number).reports) == ("shown", 1)
    with store.read() as db:
        assert reading.queue(db, told.workshop).cards[0].concerns == {"unkind": 1}
    _reports(told, cho, number)
    assert (_card(told, number).state, _card(told, number).held_for) == ("held", "reports")
    told.do(posts.set_state, post_id=number, state="shown")
    dee = told.joins("citizen")
    _reports(told, dee, number)
    assert _card(told, number).state == "shown", "a facilitator has looked at these words"


def test_reports_take_no_idea_off_a_ballot_that_is_open(store: Store) -> None:
    told = story(store, people=4, ideas=1, step="vote")
    idea = told.ideas[0]
    told.votes(told.people[1], idea, 2)
    for person in told.people[1:]:
        _reports(told, person, idea)
    assert (_card(told, idea).state, _card(told, idea).reports) == ("shown", 3)
    with store.read() as db:
        assert reading.queue(db, told.workshop).waiting == 1


def test_what_cannot_be_reported(store: Store) -> None:
    told = _room(store)
    ann, bob = told.people[:2]
    number = told.posts(ann, "problem", "Words")
    with pytest.raises(Refused, match="own_post"):
        _reports(told, ann, number)
    with pytest.raises(Refused, match="unknown_choice"):
        _reports(told, bob, number, "because")
    told.do(posts.set_state, post_id=number, state="hidden")
    with pytest.raises(Refused, match="not_found"):
        _reports(told, bob, number)


def test_nobody_can_tell_who_reported_a_post(store: Store) -> None:
    told = _room(store)
    number = told.posts(told.people[0], "problem", "Words")
    _reports(told, told.people[1], number)
    with store.read() as db:
        mark = db.scalars(select(Report.mark)).one()
    assert Report.__table__.columns.keys() == ["post_id", "mark", "concern"]
    assert told.people[1].receipt not in mark
