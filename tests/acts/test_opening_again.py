"""A round that opens again: only where the room is, and with no vote stuck on what has gone."""

from __future__ import annotations

import pytest

from tests.story import Story, story
from workshop.acts import posts, running, voting
from workshop.reads import voting as reading
from workshop.rules.refusals import Refused
from workshop.storage.store import Store


def _round(told: Story) -> int:
    opened = told.room().last_round
    assert opened
    return opened.id


def _left(told: Story) -> int:
    with told.stage.store.read() as db:
        return reading.mine(db, _round(told), told.people[0].seat).left


@pytest.mark.parametrize("leaves", ["hidden", "taken back"])
def test_an_idea_that_left_while_the_vote_was_closed_gives_its_votes_back(
    store: Store, leaves: str
) -> None:
    told = story(store, step="vote")
    person, idea = told.people[0], told.ideas[0]
    told.votes(person, idea, 3)
    told.moves_to("ideas")
    if leaves == "hidden":
        told.do(posts.set_state, post_id=idea, state="hidden")
    else:
        told.do(posts.withdraw_post, seat_id=person.seat, receipt=person.receipt, post_id=idea)
    told.moves_to("vote")
    assert _left(told) == 5
    assert told.votes(person, told.ideas[1], 3).answer["left"] == 2


def test_an_idea_that_left_between_closing_and_opening_gives_its_votes_back(store: Store) -> None:
    told = story(store, step="vote")
    told.votes(told.people[0], told.ideas[0], 3)
    told.do(voting.move_round, round_id=_round(told), to="closed")
    told.do(posts.set_state, post_id=told.ideas[0], state="removed")
    told.do(voting.move_round, round_id=_round(told), to="open")
    assert _left(told) == 5


def test_what_was_sealed_keeps_the_votes_of_an_idea_that_leaves_afterwards(store: Store) -> None:
    told = story(store, step="vote")
    told.votes(told.people[0], told.ideas[0], 3)
    told.reveals()
    told.do(posts.set_state, post_id=told.ideas[0], state="hidden")
    with store.read() as db:
        result = reading.result(db, _round(told))
    assert result
    assert [(row.idea_id, row.score) for row in result.rows] == [
        (told.ideas[0], 3.0),
        (told.ideas[1], 0.0),
    ]


def test_a_round_opens_again_only_while_the_room_is_at_its_step(store: Store) -> None:
    told = story(store, step="vote")
    told.moves_to("results")
    with pytest.raises(Refused, match="round_move"):
        told.do(voting.move_round, round_id=_round(told), to="open")
    told.moves_to("vote")
    told.do(running.finish)
    with pytest.raises(Refused, match="finished"):
        told.do(voting.move_round, round_id=_round(told), to="open")
    told.do(voting.move_round, round_id=_round(told), to="revealed")


def test_nobody_rewords_a_post_after_the_meeting(store: Store) -> None:
    told = story(store, step="ideas")
    told.do(running.finish)
    person = told.people[0]
    with pytest.raises(Refused, match="finished"):
        told.do(
            posts.edit_post,
            seat_id=person.seat,
            receipt=person.receipt,
            post_id=told.ideas[0],
            text="Other words",
        )
