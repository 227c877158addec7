"""Which of two in a room: served one by one, taken back, counted at once, and nobody's at last."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.paired import answers, card, pair, says
from tests.story import Story, story
from workshop.acts import erasing, merging, pairs, paper, posts, steps, voting
from workshop.reads import record, results
from workshop.recount.program import look
from workshop.rules.refusals import Refused
from workshop.storage.models import Exposure, Line, Pair
from workshop.storage.store import Store

RULE = {"method": "pairwise"}


def _round(told: Story) -> int:
    opened = told.room().last_round
    assert opened
    return opened.id


def _shown(told: Story) -> results.ShownResult:
    told.reveals()
    with told.stage.store.read() as db:
        return results.shown_results(db, told.room())[0]


def test_everybody_is_asked_each_pair_once_and_both_sides_are_used(store: Store) -> None:
    told = story(store, people=4, ideas=4, step="vote", rule=RULE)
    lefts = set()
    for person in told.people:
        had = answers(told, person, min)
        assert len({frozenset(side) for side in had}) == len(had) == 6
        assert card(told, person).two is None
        lefts |= {left < right for left, right in had}
    assert lefts == {True, False}


def test_the_same_pair_stays_until_it_is_answered(store: Store) -> None:
    told = story(store, people=2, ideas=5, step="vote", rule=RULE)
    sam, ali = told.people
    side = pair(told, sam)
    answers(told, ali, max, 4)
    assert pair(told, sam) == side


def test_nobody_chooses_what_they_are_asked(store: Store) -> None:
    told = story(store, people=2, ideas=4, step="vote", rule=RULE)
    sam, ali = told.people
    side = pair(told, sam)
    assert side
    other = tuple(idea for idea in told.ideas if idea not in side)
    for wrong in ((other[0], other[1]), (side[1], side[0])):
        with pytest.raises(Refused, match="pair_gone"):
            says(told, sam, wrong, wrong[0])
    with pytest.raises(Refused, match="bad_value"):
        says(told, sam, side, other[0])
    with pytest.raises(Refused, match="pair_gone"):
        says(told, ali, side, side[0])
    with pytest.raises(Refused, match="bad_value"):
        told.votes(sam, side[0], 1)


def test_an_answer_twice_is_one_and_another_one_later_is_refused(store: Store) -> None:
    told = story(store, people=1, ideas=3, step="vote", rule=RULE)
    (sam,) = told.people
    side = pair(told, sam)
    assert side
    says(told, sam, side, side[0])
    says(told, sam, side, side[0])
    with pytest.raises(Refused, match="pair_gone"):
        says(told, sam, side, side[1])
    assert card(told, sam).answered == 1


def test_the_last_answer_can_be_taken_back_and_given_anew(store: Store) -> None:
    told = story(store, people=1, ideas=4, step="vote", rule=RULE)
    (sam,) = told.people
    first, second = answers(told, sam, lambda left, _: left, 2)
    assert card(told, sam).last == second
    for side in (second, first):
        last = {"left_id": side[0], "right_id": side[1]}
        told.do(pairs.take_back, seat_id=sam.seat, **last)
        told.do(pairs.take_back, seat_id=sam.seat, **last)
        assert pair(told, sam) == side
    says(told, sam, first, first[1])
    assert card(told, sam).answered == 1
    with pytest.raises(Refused, match="pair_gone"):
        told.do(pairs.take_back, seat_id=sam.seat, left_id=998, right_id=999)


def test_the_ideas_that_win_come_first_and_anybody_can_count_again(
    store: Store, tmp_path: Path
) -> None:
    told = story(store, people=12, ideas=4, step="vote", rule=RULE)
    for person in told.people[:11]:
        answers(told, person, min, 5)
    answers(told, told.people[11], lambda *_: None, 2)
    shown = _shown(told)
    assert [one.row.idea_id for one in shown.rows] == sorted(told.ideas)
    assert shown.card.ballots == 12
    best, last = shown.rows[0], shown.rows[-1]
    assert best.reach
    assert best.points
    assert best.reach[0] < best.points < best.reach[1]
    assert shown.card.better[best.row.idea_id][last.row.idea_id] > 0.95
    with store.read() as db:
        assert db.scalars(select(Pair)).all() == []
        assert db.scalars(select(Exposure)).all() == []
        files = record.files(db, told.workshop, _round(told))
        said = [json.loads(line.content or "") for line in db.scalars(select(Line))]
    assert sum(len(line.get("pairs", ())) for line in said) == 55
    for name, content in files.items():
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    right, wrong = look(tmp_path)
    assert wrong == []
    assert right[-1].startswith("Counted 12 ballots again")


def test_a_merged_pair_counts_once_for_the_card(store: Store) -> None:
    told = story(store, people=6, ideas=3, step="vote", rule=RULE)
    card_id, inside, other = told.ideas
    for person in told.people:
        answers(told, person, min)
    told.do(merging.merge, post_id=inside, host_id=card_id)
    shown = _shown(told)
    assert [one.row.idea_id for one in shown.rows] == [card_id, other]
    assert shown.card.table[card_id][other] == 6
    assert shown.card.table[other][card_id] == 0


def test_a_pair_whose_idea_leaves_is_asked_no_more(store: Store) -> None:
    told = story(store, people=1, ideas=3, step="vote", rule=RULE)
    (sam,) = told.people
    side = pair(told, sam)
    assert side
    told.do(posts.set_state, post_id=side[0], state="hidden")
    fresh = pair(told, sam)
    assert fresh
    assert side[0] not in fresh
    with pytest.raises(Refused, match="pair_gone"):
        says(told, sam, side, side[1])


def test_a_closed_round_asks_and_takes_nothing(store: Store) -> None:
    told = story(store, people=1, ideas=3, step="vote", rule=RULE)
    (sam,) = told.people
    side = pair(told, sam)
    assert side
    told.do(voting.move_round, round_id=_round(told), to="closed")
    with pytest.raises(Refused, match="round_closed"):
        says(told, sam, side, side[0])


def test_done_is_said_and_taken_back(store: Store) -> None:
    told = story(store, people=1, ideas=3, step="vote", rule=RULE)
    (sam,) = told.people
    for done in (True, False):
        told.do(voting.set_done, seat_id=sam.seat, done=done)
    answers(told, sam, min, 1)
    assert card(told, sam).answered == 1


def test_rubbing_out_takes_the_answers_along(store: Store) -> None:
    told = story(store, people=2, ideas=3, step="vote", rule=RULE)
    for person in told.people:
        answers(told, person, min, 2)
    mine = told.people[0]
    told.do(erasing.rub_out, seat_id=mine.seat, receipt=mine.receipt)
    with store.read() as db:
        assert set(db.scalars(select(Pair.seat_id))) == {told.people[1].seat}


def test_pairs_are_open_and_have_no_sheet(store: Store) -> None:
    told = story(store, people=1, ideas=3, step="vote", rule=RULE)
    with pytest.raises(Refused, match="pairs_unprinted"):
        told.do(paper.print_sheets, kind="vote", many=1)
    with pytest.raises(Refused, match="pairs_open"):
        told.do(
            steps.edit_step,
            step_id=told.room().step.id,
            question="Which?",
            minutes=5,
            secret=True,
        )


def test_another_way_of_voting_before_the_first_answer_forgets_what_was_asked(
    store: Store,
) -> None:
    told = story(store, people=1, ideas=3, step="vote", rule=RULE)
    assert pair(told, told.people[0])
    told.plans(method="approval", budget=0)
    told.votes(told.people[0], told.ideas[0], 1)
    with store.read() as db:
        assert db.scalars(select(Pair)).all() == []
