"""Running the room: moving on and back without loss, and a timer on the server's time."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.story import Story, story
from workshop.acts import running, steps
from workshop.reads import changes, posts, voting
from workshop.rules.refusals import Refused
from workshop.storage.models import Mark, Moment, Post
from workshop.storage.store import Store


@pytest.fixture
def voted(sqlite_store: Store) -> Story:
    """A room in which one person has given two of their five votes."""
    told = story(sqlite_store, step="vote")
    told.votes(told.people[0], told.ideas[0], 2)
    return told


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.integers(0, 6), max_size=12))
def test_any_walk_through_the_steps_loses_nothing(voted: Story, walk: list[int]) -> None:
    # One room for all walks: each begins where the one before it ended.
    for position in walk:
        voted.do(running.move_step, position=position)
    voted.moves_to("vote")
    opened = voted.room().last_round
    assert opened is not None
    with voted.stage.store.read() as db:
        assert db.scalar(select(func.count()).select_from(Post)) == 3
        assert db.scalar(select(func.sum(Mark.value))) == 2
        assert voting.mine(db, opened.id, voted.people[0].seat).left == 3
        shown = posts.board(db, voted.workshop, ("problem", "idea"))
        assert {post.state for post in shown} == {"shown"}


def test_the_room_sequence_has_no_holes(store: Store) -> None:
    told = story(store, step="vote")
    told.votes(told.people[0], told.ideas[0], 2)
    with store.read() as db:
        found = db.scalars(select(Moment.seq).order_by(Moment.seq)).all()
    assert list(found) == list(range(1, told.room().seq + 1))


def test_a_page_that_missed_something_is_told_exactly_that(store: Store) -> None:
    told = story(store, step="problems", problems=0)
    before = told.room().seq
    number = told.posts(told.people[0], "problem", "New")
    with store.read() as db:
        missed = changes.since(db, told.workshop, before)
        whole = changes.since(db, told.workshop, before + 99)
    assert missed.posts == {number}
    assert missed.parts == {"meter"}
    assert whole.parts == {"page"}


def test_the_timer_runs_pauses_and_goes_on_in_server_time(store: Store) -> None:
    told = story(store, step="problems")
    told.do(running.set_timer, action="start", minutes=10)
    told.clock.pass_minutes(4)
    told.do(running.set_timer, action="pause")
    told.clock.pass_minutes(30)
    assert told.room().timer_left == 6 * 60_000
    told.do(running.set_timer, action="add", minutes=1)
    told.do(running.set_timer, action="resume")
    room = told.room()
    assert (room.timer_left, room.timer_ends_at) == (None, told.clock.now + 7 * 60_000)


def test_a_minute_more_after_the_end_counts_from_now(store: Store) -> None:
    told = story(store, step="problems")
    told.clock.pass_minutes(500)
    told.do(running.set_timer, action="add", minutes=1)
    assert told.room().timer_ends_at == told.clock.now + 60_000


def test_a_step_that_is_not_there_cannot_be_reached(store: Store) -> None:
    told = story(store, step="problems")
    with pytest.raises(Refused, match="not_found"):
        told.do(running.move_step, position=7)


def test_a_vote_keeps_its_rule_once_somebody_has_voted(store: Store) -> None:
    told = story(store, step="vote")
    step = told.room().step
    told.votes(told.people[0], told.ideas[0], 1)
    with pytest.raises(Refused, match="rule_frozen"):
        told.do(
            steps.edit_step,
            step_id=step.id,
            question="Which first?",
            minutes=9,
            method="approval",
            budget=0,
        )
    told.do(steps.edit_step, step_id=step.id, question="Which first?", minutes=9, method="dots")
    assert told.room().step.minutes == 9


def test_the_spotlight_takes_only_what_the_room_may_see(store: Store) -> None:
    told = story(store, step="ideas")
    told.do(running.show_screen, screen="spotlight", post_id=told.ideas[0])
    assert told.room().spotlight_id == told.ideas[0]
    with pytest.raises(Refused, match="not_found"):
        told.do(running.show_screen, screen="spotlight", post_id=999)
