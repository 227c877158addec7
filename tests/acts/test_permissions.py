"""Who may write and vote at a step, held by the acts themselves."""

from __future__ import annotations

import pytest

from tests.story import Story, story
from workshop.acts import posts, seats, steps, voting
from workshop.reads import ballots, people
from workshop.reads.voting import result
from workshop.rules.refusals import Refused
from workshop.storage.store import Store


def test_only_the_groups_of_a_step_write_and_the_others_are_told(store: Store) -> None:
    told = story(store, problems=0, ideas=0, step="problems")
    citizen, staff, partner = told.people
    step = told.room().step
    mine = told.posts(staff, "problem", "Before")
    told.do(
        steps.edit_step,
        step_id=step.id,
        question=step.question,
        minutes=5,
        posters=["citizen", "partner"],
    )
    told.posts(citizen, "problem", "Ours")
    told.posts(partner, "problem", "And ours")
    with pytest.raises(Refused, match="others_write"):
        told.posts(staff, "problem", "Mine")
    own = {"seat_id": staff.seat, "receipt": staff.receipt, "post_id": mine}
    with pytest.raises(Refused, match="others_write"):
        told.do(posts.edit_post, **own, text="Other words")
    told.do(posts.withdraw_post, **own)
    with store.read() as db:
        heads = people.headcount(db, told.workshop, told.room().step)
    assert (heads.expected, heads.people, heads.taken_part) == (2, 3, 2)


def only_vote(told: Story, *groups: str) -> None:
    vote = next(step for step in told.room().steps if step.phase == "vote")
    told.do(steps.edit_step, step_id=vote.id, question="Which?", minutes=5, voters=groups)


def test_only_the_groups_of_a_vote_have_a_ballot(store: Store) -> None:
    told = story(store, step="ideas")
    citizen, staff, _ = told.people
    only_vote(told, "citizen")
    told.moves_to("vote")
    told.votes(citizen, told.ideas[0], 2)
    with pytest.raises(Refused, match="others_vote"):
        told.votes(staff, told.ideas[1], 2)
    with pytest.raises(Refused, match="others_vote"):
        told.do(voting.set_done, seat_id=staff.seat, done=True)
    with pytest.raises(Refused, match="rule_frozen"):
        only_vote(told, "citizen", "staff")
    only_vote(told, "citizen")
    with store.read() as db:
        progress = people.progress(db, told.room())
    assert progress is not None
    assert (progress.voted, progress.people) == (1, 1)


def test_whoever_votes_and_then_moves_to_a_group_without_a_vote_is_not_counted(
    store: Store,
) -> None:
    told = story(store, people=6, step="ideas")
    only_vote(told, "citizen")
    told.moves_to("vote")
    stays, moves = told.people[0], told.people[3]
    for person in (stays, moves):
        told.votes(person, told.ideas[0], 3)
    told.do(seats.change_group, seat_id=moves.seat, group="staff")
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    with store.read() as db:
        card = result(db, opened.id)
        box = ballots.ballot_box(db, told.workshop, opened.id)
    assert card is not None
    assert (card.ballots, card.rows[0].score) == (1, 3)
    assert len(box.ballots) == 1


def test_nobody_may_vote_is_refused(store: Store) -> None:
    told = story(store, step="welcome")
    with pytest.raises(Refused, match="nobody_votes"):
        only_vote(told)
