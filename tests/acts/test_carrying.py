"""Programmes, and ideas that go from one workshop to the next without saying who had them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.story import Person, Story, facilitator, story
from workshop.acts import carrying, erasing, hosts, posts, programmes, running, seats, workshops
from workshop.reads.posts import board, own
from workshop.reads.programmes import carriable, programme
from workshop.reads.rooms import by_id
from workshop.rules.receipts import owner_mark
from workshop.rules.refusals import Refused
from workshop.storage.models import Base, Moment, Post
from workshop.storage.store import Store

ABOUT: dict[str, Any] = {"service": "S", "goal": "G", "better_for": "B", "template": "hour"}


class Two:
    """A programme of two workshops: in the first there are ideas, the second is still to come."""

    def __init__(self, store: Store) -> None:
        self.first = story(store, people=3, ideas=2, step="ideas")
        self.stage = self.first.stage
        own_: dict[str, Any] = {"account_id": self.first.facilitator}
        made = self.stage.perform(programmes.make_programme, **own_, title="Year", service="S")
        self.number: int = made.answer["programme"]
        self.second = self.another("Second")
        for told in (self.first, self.second):
            told.do(programmes.put_in_programme, **own_, programme_id=self.number)

    def another(self, title: str) -> Story:
        """One more workshop of the same facilitator, in no programme."""
        made = self.stage.perform(
            workshops.create_workshop, account_id=self.first.facilitator, title=title, **ABOUT
        )
        return Story(self.stage, self.first.clock, made.answer["workshop"], self.first.facilitator)

    def carries(self, *ideas: int) -> int:
        change = self.second.do(
            carrying.carry_ideas, idea_ids=list(ideas), by=self.first.facilitator
        )
        number: int = change.answer["carried"]
        return number

    def ideas(self, told: Story) -> tuple[Any, ...]:
        with self.stage.store.read() as db:
            return board(db, told.workshop, ("idea",))


def test_a_carried_idea_says_where_it_came_from_and_is_an_idea_like_others(store: Store) -> None:
    two = Two(store)
    assert two.carries(two.first.ideas[0]) == 1
    (copy,) = two.ideas(two.second)
    assert (copy.text, copy.origin, copy.group) == (
        "Idea 1",
        two.first.room().title,
        two.first.people[0].group,
    )
    two.second.do(running.start)
    person = two.second.joins("citizen")
    two.second.moves_to("vote")
    two.second.votes(person, copy.id, 2)


def test_nobody_can_find_out_who_had_a_carried_idea(store: Store) -> None:
    two = Two(store)
    two.carries(*two.first.ideas)
    with store.read() as db:
        rows = db.scalars(select(Post).where(Post.workshop_id == two.second.workshop)).all()
        originals = {post.id: post for post in db.scalars(select(Post))}
        assert len(rows) == 2
        for row in rows:
            source = originals[row.carried_id or 0]
            assert row.owner != source.owner
            assert row.salt != source.salt
            for person in two.first.people:
                assert row.owner != owner_mark(person.receipt, row.salt)
        for person in two.first.people:
            assert own(db, two.second.workshop, person.receipt) == ()
        notes = db.scalars(select(Moment).where(Moment.kind == "ideas.carried")).all()
        assert [(note.ref, note.note) for note in notes] == [(None, "2")]


def test_an_idea_comes_along_once_however_often_it_is_picked(store: Store) -> None:
    two = Two(store)
    first, second = two.first.ideas
    assert two.carries(first) == 1
    assert two.carries(first, second) == 1
    assert two.carries(first) == 0
    assert len(two.ideas(two.second)) == 2


def test_only_what_the_programme_can_see_comes_along(store: Store) -> None:
    two = Two(store)
    problem, idea = two.first.problems[0], two.first.ideas[0]
    two.first.do(posts.set_state, post_id=idea, state="hidden")
    for wanted in (problem, idea, 10**6):
        with pytest.raises(Refused, match="not_found"):
            two.carries(wanted)
    stranger = two.another("Third")
    with pytest.raises(Refused, match="no_programme"):
        stranger.do(carrying.carry_ideas, idea_ids=[two.first.ideas[1]], by=two.first.facilitator)
    stranger.do(running.start)
    person = stranger.joins("citizen")
    stranger.moves_to("ideas")
    elsewhere = stranger.posts(person, "idea", "Not of this programme")
    with pytest.raises(Refused, match="not_found"):
        two.carries(elsewhere)
    assert two.ideas(two.second) == ()


def test_whoever_helps_in_one_room_alone_reads_and_takes_nothing_from_another(store: Store) -> None:
    two = Two(store)
    olu = facilitator(two.stage, "olu@example.org")
    own_ = {"by": two.first.facilitator, "is_admin": False}
    two.second.do(hosts.add_host, **own_, email="olu@example.org")
    wanted = {"idea_ids": two.first.ideas[:1], "by": olu}

    def offered(*, everyone: bool = False) -> int:
        with store.read() as db:
            room = by_id(db, two.second.workshop)
            assert room is not None
            return len(carriable(db, room, olu, everyone=everyone))

    assert (offered(), offered(everyone=True)) == (0, 1)
    with pytest.raises(Refused, match="not_found"):
        two.second.do(carrying.carry_ideas, **wanted)
    two.first.do(hosts.add_host, **own_, email="olu@example.org")
    assert offered() == 1
    assert two.second.do(carrying.carry_ideas, **wanted).answer["carried"] == 1


def test_nothing_comes_to_a_workshop_that_is_over(store: Store) -> None:
    two = Two(store)
    two.second.do(running.start)
    two.second.do(running.finish)
    with pytest.raises(Refused, match="finished"):
        two.carries(two.first.ideas[0])


def test_an_idea_that_its_author_takes_back_goes_from_every_copy(store: Store) -> None:
    two = Two(store)
    idea, person = two.first.ideas[0], two.first.people[0]
    two.carries(idea)
    third = two.another("Third")
    own_ = {"account_id": two.first.facilitator, "programme_id": two.number}
    third.do(programmes.put_in_programme, **own_)
    (copy,) = two.ideas(two.second)
    third.do(carrying.carry_ideas, idea_ids=[copy.id], by=two.first.facilitator)
    two.second.do(running.start)
    voter = two.second.joins("citizen")
    two.second.moves_to("vote")
    two.second.votes(voter, copy.id, 3)
    before = two.second.room().seq
    two.first.do(posts.withdraw_post, seat_id=person.seat, receipt=person.receipt, post_id=idea)
    assert two.ideas(two.second) == two.ideas(third) == ()
    assert two.second.room().seq == before + 1
    two.second.votes(voter, _new(two.second, voter), 3)


def _new(told: Story, person: Person) -> int:
    """Another idea to vote for: whatever was spent on the one that went was given back."""
    told.moves_to("ideas")
    idea = told.posts(person, "idea", "Another")
    told.moves_to("vote")
    return idea


def test_rubbing_out_reaches_the_copies_in_other_workshops(store: Store) -> None:
    two = Two(store)
    sat = two.first.do(seats.take_seat, group="staff", receipt="CANARY-CODE")
    who = Person(sat.answer["seat"], "staff", "CANARY-CODE")
    idea = two.first.posts(who, "idea", "CANARYWORDS", better_for="CANARYWORDS")
    two.carries(idea)
    two.first.do(erasing.rub_out, seat_id=who.seat, receipt=who.receipt)
    with store.read() as db:
        for table in Base.metadata.sorted_tables:
            for row in db.execute(select(table)):
                assert "CANARYWORDS" not in repr(row), table.name
    assert two.ideas(two.second) == ()


def test_the_room_is_told_of_words_that_went_by_another_rooms_act(store: Store) -> None:
    two = Two(store)
    two.carries(two.first.ideas[0])
    person = two.first.people[0]
    given_ = {"seat_id": person.seat, "receipt": person.receipt}
    change = two.first.do(posts.withdraw_post, **given_, post_id=two.first.ideas[0])
    assert change.also == (two.second.workshop,)


def test_a_programme_is_its_facilitators_own(store: Store) -> None:
    two = Two(store)
    olu = facilitator(two.stage, "olu@example.org")
    with store.read() as db:
        assert programme(db, olu, two.number) is None
        assert programme(db, two.first.facilitator, two.number) is not None
    strange: dict[str, Any] = {"account_id": olu, "programme_id": two.number}
    with pytest.raises(Refused, match="not_found"):
        two.stage.perform(programmes.edit_programme, **strange, title="Mine", service="S")
    with pytest.raises(Refused, match="not_found"):
        two.first.do(programmes.put_in_programme, **strange)


def test_a_programme_counts_its_ideas_and_those_that_came_along(store: Store) -> None:
    two = Two(store)
    two.carries(two.first.ideas[0])
    with store.read() as db:
        card = programme(db, two.first.facilitator, two.number)
        room = by_id(db, two.second.workshop)
        assert room is not None
        others = carriable(db, room, two.first.facilitator)
    assert card is not None
    assert [(one.ideas, one.carried) for one in card.rooms] == [(2, 0), (1, 1)]
    assert [idea.here for idea in others[0].ideas] == [True, False]
    out = {"account_id": two.first.facilitator, "programme_id": None}
    two.first.do(programmes.put_in_programme, **out)
    with store.read() as db:
        room = by_id(db, two.second.workshop)
        assert room is not None
        assert carriable(db, room, two.first.facilitator) == ()


@pytest.fixture
def both(sqlite_store: Store) -> Two:
    return Two(sqlite_store)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(picks=st.lists(st.lists(st.integers(0, 1), max_size=3), max_size=5))
def test_however_often_ideas_are_carried_each_is_here_once(
    both: Two, picks: list[list[int]]
) -> None:
    # One room for all examples: each begins where the one before it ended.
    for pick in picks:
        both.carries(*(both.first.ideas[one] for one in pick))
    with both.stage.store.read() as db:
        query = select(Post.carried_id).where(Post.workshop_id == both.second.workshop)
        found = list(db.scalars(query))
    assert len(found) == len(set(found))
