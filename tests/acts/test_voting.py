"""Votes: absolute, bounded by the purse, refused when closed, and never counted twice."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from tests.story import story
from workshop.acts import posts, running, steps, voting
from workshop.acts.stage import Once
from workshop.reads import voting as reading
from workshop.rules.refusals import Refused
from workshop.storage.models import Mark, Moment, Purse
from workshop.storage.store import Store


def test_a_mark_is_absolute_so_the_same_one_twice_changes_nothing(store: Store) -> None:
    told = story(store, step="vote")
    told.votes(told.people[0], told.ideas[0], 2, device="phone", number=1)
    change = told.votes(told.people[0], told.ideas[0], 2, device="phone", number=2)
    assert change.answer["left"] == 3


def test_a_mark_that_arrives_late_changes_nothing(store: Store) -> None:
    told = story(store, step="vote")
    told.votes(told.people[0], told.ideas[0], 3, device="phone", number=7)
    late = told.votes(told.people[0], told.ideas[0], 1, device="phone", number=6)
    assert late.answer["value"] == 3


def test_another_device_of_the_same_person_may_change_the_mark(store: Store) -> None:
    told = story(store, step="vote")
    told.votes(told.people[0], told.ideas[0], 3, device="phone", number=7)
    change = told.votes(told.people[0], told.ideas[0], 1, device="tablet", number=1)
    assert change.answer["value"] == 1


def test_the_purse_refuses_what_it_does_not_hold(store: Store) -> None:
    told = story(store, step="vote", ideas=3)
    told.votes(told.people[0], told.ideas[0], 3)
    with pytest.raises(Refused, match="no_votes_left"):
        told.votes(told.people[0], told.ideas[1], 3)
    with pytest.raises(Refused, match="over_cap"):
        told.votes(told.people[0], told.ideas[1], 4)


def test_votes_taken_back_can_be_given_again(store: Store) -> None:
    told = story(store, step="vote", ideas=3)
    told.votes(told.people[0], told.ideas[0], 3)
    told.votes(told.people[0], told.ideas[1], 2)
    told.votes(told.people[0], told.ideas[0], 1, number=1)
    assert told.votes(told.people[0], told.ideas[2], 2).answer["left"] == 0


def test_many_hands_of_one_person_never_spend_more_than_the_purse(store: Store) -> None:
    told = story(store, step="vote", ideas=12)
    person, refused = told.people[0], []

    def tap(idea: int) -> None:
        try:
            told.votes(person, idea, 1, device=str(idea), number=1)
        except Refused as no:
            refused.append(no.code)

    hands = [threading.Thread(target=tap, args=(idea,)) for idea in told.ideas]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    with store.read() as db:
        marks = db.scalars(select(Mark.cost).where(Mark.seat_id == person.seat)).all()
        used = db.scalar(select(Purse.used).where(Purse.seat_id == person.seat))
    assert sum(marks) == used == 5
    assert refused == ["no_votes_left"] * 7


def test_a_closed_round_takes_no_marks(store: Store) -> None:
    told = story(store, step="vote")
    opened = told.room().last_round
    assert opened
    told.do(voting.move_round, round_id=opened.id, to="closed")
    with pytest.raises(Refused, match="round_closed"):
        told.votes(told.people[0], told.ideas[0], 1)


def test_going_back_and_on_again_keeps_every_vote(store: Store) -> None:
    told = story(store, step="vote")
    told.votes(told.people[0], told.ideas[0], 2)
    told.moves_to("ideas")
    with pytest.raises(Refused, match="round_closed"):
        told.votes(told.people[0], told.ideas[0], 1)
    told.moves_to("vote")
    opened = told.room().last_round
    assert opened
    assert opened.state == "open"
    with store.read() as db:
        assert reading.mine(db, opened.id, told.people[0].seat).marks == {told.ideas[0]: 2}


def test_no_result_can_be_read_before_the_reveal(store: Store) -> None:
    told = story(store, step="vote")
    told.votes(told.people[0], told.ideas[0], 2)
    opened = told.room().last_round
    assert opened
    for state in ("open", "closed"):
        with store.read() as db:
            assert reading.result(db, opened.id) is None, state
        if state == "open":
            told.do(voting.move_round, round_id=opened.id, to="closed")
    told.reveals()
    with store.read() as db:
        result = reading.result(db, opened.id)
    assert result
    assert [(row.idea_id, row.place, row.score) for row in result.rows] == [
        (told.ideas[0], 1, 2.0),
        (told.ideas[1], 2, 0.0),
    ]


def test_an_idea_that_leaves_the_ballot_gives_its_votes_back(store: Store) -> None:
    told = story(store, step="vote")
    told.votes(told.people[0], told.ideas[0], 3)
    told.do(posts.set_state, post_id=told.ideas[0], state="hidden")
    assert told.votes(told.people[0], told.ideas[1], 3).answer["left"] == 2
    with pytest.raises(Refused, match="not_found"):
        told.votes(told.people[0], told.ideas[0], 1)


def test_a_command_sent_again_has_one_effect_and_one_answer(store: Store) -> None:
    told = story(store, step="vote")
    person = told.people[0]
    body = {"idea_id": told.ideas[0], "value": 2}
    once = Once(person.receipt, "command-1", "mark.set", body)
    first = told.votes(person, told.ideas[0], 2, once=once)
    again = told.votes(person, told.ideas[0], 2, once=once)
    assert (first.answer, first.seq) == (again.answer, again.seq)
    with store.read() as db:
        kinds = db.scalars(select(Moment.kind).where(Moment.kind.startswith("mark."))).all()
    assert len(kinds) == 1
    other = Once(person.receipt, "command-1", "mark.set", {**body, "value": 1})
    with pytest.raises(Refused, match="same_id_other_body"):
        told.votes(person, told.ideas[0], 1, once=other)


def test_the_same_command_id_of_two_people_is_two_commands(store: Store) -> None:
    told = story(store, step="vote")
    body = {"idea_id": told.ideas[0], "value": 2}
    for person in told.people[:2]:
        once = Once(person.receipt, "command-1", "mark.set", body)
        told.votes(person, told.ideas[0], 2, once=once)
    told.reveals()
    opened = told.room().last_round
    assert opened
    with store.read() as db:
        result = reading.result(db, opened.id)
    assert result
    assert result.rows[0].score == 4.0


def test_being_done_can_be_taken_back_while_the_round_is_open(store: Store) -> None:
    told = story(store, step="vote")
    person = told.people[0]
    told.do(voting.set_done, seat_id=person.seat, done=True)
    told.do(voting.set_done, seat_id=person.seat, done=False)
    opened = told.room().last_round
    assert opened
    with store.read() as db:
        assert reading.mine(db, opened.id, person.seat).done is False


def test_a_finished_workshop_closes_its_round_and_frees_its_code(store: Store) -> None:
    told = story(store, step="vote")
    told.do(running.finish)
    room = told.room()
    assert (room.state, room.join_code, room.doors_open) == ("finished", None, False)
    assert room.last_round
    assert room.last_round.state == "closed"
    with pytest.raises(Refused, match="finished"):
        told.votes(told.people[0], told.ideas[0], 1)


@pytest.mark.parametrize(("most", "refused"), [(2, 1), (0, 0)])
def test_an_approval_vote_holds_people_to_its_limit_where_it_has_one(
    store: Store, most: int, refused: int
) -> None:
    told = story(store, step="ideas", ideas=3, template="half-day")
    vote = next(step for step in told.room().steps if step.phase == "vote")
    told.do(
        steps.edit_step,
        step_id=vote.id,
        question=vote.question,
        minutes=vote.minutes,
        method="approval",
        budget=most,
        cap=1,
    )
    told.moves_to("vote")
    refusals = []
    for idea in told.ideas:
        try:
            told.votes(told.people[0], idea, 1)
        except Refused as no:
            refusals.append(no.code)
    assert refusals == ["no_votes_left"] * refused
    opened = told.room().last_round
    assert opened
    with store.read() as db:
        untouched = reading.mine(db, opened.id, told.people[1].seat)
    assert (untouched.left, untouched.budget) == (most, most)


def test_a_seat_votes_with_its_own_receipt_only(store: Store) -> None:
    """The live floor does not look who somebody is before a vote: the vote itself does."""
    told = story(store, step="vote")
    ann, sam = told.people[:2]
    told.votes(ann, told.ideas[0], 1, receipt=ann.receipt)
    with pytest.raises(Refused, match="removed"):
        told.votes(ann, told.ideas[0], 2, receipt=sam.receipt)
