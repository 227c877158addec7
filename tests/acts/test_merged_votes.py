"""Votes on merged ideas: every voter once, nobody over the cap, and out again as they were."""

from __future__ import annotations

import pytest

from tests.acts.merged import kept, merges, mine, parts
from tests.story import story
from workshop.acts import merging, posts
from workshop.reads import ballots as boxes
from workshop.reads import posts as reading
from workshop.reads import voting as votes
from workshop.rules.refusals import Refused
from workshop.storage.store import Store


def test_whoever_voted_for_both_counts_once_and_the_votes_add_up(store: Store) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, other = told.ideas
    told.votes(told.people[0], one, 1)
    told.votes(told.people[0], two, 1)
    told.votes(told.people[1], two, 2)
    told.votes(told.people[2], other, 1)
    merges(told, two, one)
    assert mine(told, 0).marks == {one: 2}
    assert mine(told, 1).marks == {one: 2}
    told.reveals()
    opened = told.room().last_round
    assert opened
    with store.read() as db:
        card = votes.result(db, opened.id)
        box = boxes.ballot_box(db, told.workshop, opened.id)
    assert card
    first = card.rows[0]
    assert (first.idea_id, first.score, first.breadth) == (one, 4, 2)
    assert [row.idea_id for row in card.rows] == [one, other]
    assert sorted(sorted(ballot.marks.items()) for ballot in box.ballots) == [
        [(one, 2)],
        [(one, 2)],
        [(other, 1)],
    ]


def test_votes_above_the_cap_come_back_and_are_held_again_after_taking_out(store: Store) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, _ = told.ideas
    told.votes(told.people[0], one, 3)
    told.votes(told.people[0], two, 2)
    before = kept(told)
    merges(told, two, one)
    assert (mine(told, 0).marks, mine(told, 0).left) == ({one: 3}, 2)
    parts(told, two)
    assert kept(told) == before


def test_votes_that_came_back_and_were_given_elsewhere_stay_there(store: Store) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, other = told.ideas
    told.votes(told.people[0], one, 3)
    told.votes(told.people[0], two, 2)
    merges(told, two, one)
    told.votes(told.people[0], other, 1)
    parts(told, two)
    assert (mine(told, 0).marks, mine(told, 0).left) == ({one: 3, two: 1, other: 1}, 0)


def test_who_marks_the_card_anew_has_said_all_they_say_of_it(store: Store) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, _ = told.ideas
    told.votes(told.people[0], one, 2)
    told.votes(told.people[0], two, 3)
    merges(told, two, one)
    change = told.votes(told.people[0], one, 1, device="phone", number=1)
    assert change.answer["left"] == 4
    assert mine(told, 0).marks == {one: 1}
    parts(told, two)
    assert mine(told, 0).marks == {one: 1}


def test_a_late_mark_is_answered_with_what_stands_on_the_whole_card(store: Store) -> None:
    told = story(store, ideas=2, step="vote")
    one, two = told.ideas
    told.votes(told.people[0], one, 1, device="phone", number=5)
    told.votes(told.people[0], two, 2, device="phone", number=6)
    merges(told, two, one)
    late = told.votes(told.people[0], one, 3, device="phone", number=4)
    assert (late.answer["value"], late.answer["left"]) == (3, 2)
    with pytest.raises(Refused, match="merged_away"):
        told.votes(told.people[0], two, 1, device="phone", number=7)


def test_cards_that_hold_cards_make_a_tree_and_come_out_as_they_went_in(store: Store) -> None:
    told = story(store, ideas=4, step="vote")
    a, b, c, d = told.ideas
    for number, idea in enumerate(told.ideas):
        told.votes(told.people[0], idea, 1)
        told.votes(told.people[1], idea, 2 if number < 2 else 0)
    alone = kept(told)
    merges(told, b, a)
    pair = kept(told)
    merges(told, a, c)
    merges(told, d, c)
    assert mine(told, 0).marks == {c: 3}
    parts(told, a)
    parts(told, d)
    assert kept(told) == pair
    merges(told, a, d)
    told.do(merging.take_all_out, post_id=d)
    assert kept(told) == alone


def test_a_sealed_round_refuses_merges_and_taking_out(store: Store) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, other = told.ideas
    merges(told, two, one)
    told.reveals()
    for act, given in (
        (merging.merge, {"post_id": other, "host_id": one}),
        (merging.take_out, {"post_id": two}),
        (merging.take_all_out, {"post_id": one}),
    ):
        with pytest.raises(Refused, match="merge_sealed"):
            told.do(act, **given)


def test_a_closed_round_that_opens_again_keeps_what_was_given_to_merged_ideas(
    store: Store,
) -> None:
    told = story(store, ideas=2, step="vote")
    one, two = told.ideas
    told.votes(told.people[0], two, 2)
    told.moves_to("ideas")
    merges(told, two, one)
    told.moves_to("vote")
    assert (mine(told, 0).marks, mine(told, 0).left) == ({one: 2}, 3)


def test_hiding_a_card_gives_back_all_that_was_given_to_what_it_holds(store: Store) -> None:
    told = story(store, ideas=2, step="vote")
    one, two = told.ideas
    told.votes(told.people[0], one, 3)
    told.votes(told.people[0], two, 2)
    merges(told, two, one)
    told.do(posts.set_state, post_id=one, state="hidden")
    assert mine(told, 0).left == 5
    told.do(posts.set_state, post_id=one, state="shown")
    assert set(mine(told, 0).marks.values()) <= {0}
    told.do(posts.set_state, post_id=one, state="hidden")
    parts(told, two)
    with store.read() as db:
        assert reading.some(db, told.workshop, [two])[two].state == "hidden"


def test_in_a_sweep_the_answer_to_the_words_that_stay_counts(store: Store) -> None:
    told = story(store, problems=0, ideas=3, step="vote", template="sweep")
    one, two, three = told.ideas
    for idea, value in ((one, -1), (two, 1), (three, 1)):
        told.votes(told.people[0], idea, value)
    for idea, value in ((two, 1), (three, -1)):
        told.votes(told.people[1], idea, value)
    merges(told, two, one)
    merges(told, three, one)
    assert mine(told, 0).marks == {one: -1}
    assert mine(told, 1).marks == {one: 0}
