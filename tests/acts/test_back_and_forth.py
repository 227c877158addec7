"""Stepping back and on over random histories: whatever was said and voted in between stays."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.story import Story, story
from workshop.acts import running
from workshop.rules.refusals import Refused
from workshop.storage.models import Mark, Post
from workshop.storage.store import Store

MOVES = st.tuples(st.just("move"), st.integers(0, 6), st.integers(0, 2), st.integers(0, 3))
SAYS = st.tuples(
    st.sampled_from(["goal", "problem", "idea", "pledge"]),
    st.integers(0, 6),
    st.integers(0, 2),
    st.integers(0, 3),
)
VOTES = st.tuples(st.just("vote"), st.integers(0, 6), st.integers(0, 2), st.integers(0, 3))


@pytest.fixture
def table(sqlite_store: Store) -> Story:
    return story(sqlite_store, step="vote")


def _kept(told: Story) -> tuple[dict[int, tuple[str, str, str]], dict[tuple[int, int], int]]:
    """Every post with its words and state, and every mark that spends a vote."""
    with told.stage.store.read() as db:
        said = {post.id: (post.kind, post.text, post.state) for post in db.scalars(select(Post))}
        marks = {(mark.seat_id, mark.idea_id): mark.value for mark in db.scalars(select(Mark))}
    return said, {key: value for key, value in marks.items() if value}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(st.one_of(MOVES, SAYS, VOTES), max_size=16))
def test_no_step_back_or_on_loses_anything_that_was_taken(
    table: Story, history: list[tuple[str, int, int, int]]
) -> None:
    said, marks = _kept(table)
    refused: set[str] = set()
    for deed, position, who, value in history:
        person = table.people[who]
        try:
            if deed == "move":
                table.do(running.move_step, position=position)
            elif deed == "vote":
                idea = table.ideas[position % len(table.ideas)]
                table.votes(person, idea, value)
                marks[person.seat, idea] = value
            else:
                words = f"{deed} {len(said)}"
                said[table.posts(person, deed, words)] = (deed, words, "shown")
        except Refused as refusal:
            refused.add(refusal.code)
        marks = {key: spent for key, spent in marks.items() if spent}
        assert _kept(table) == (said, marks)
    assert refused <= {"step_closed", "round_closed", "no_votes_left"}
