"""Hands for ideas that were merged: nobody counted twice, and apart again as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.acts.merged import (
    counts_hands,
    kept,
    merges,
    parts,
    result,
    standing_hands,
)
from tests.acts.merging_rooms import (
    HISTORY,
    IDEAS,
    Mark3,
    Told,
    apart,
    careful,
    sane,
    tries_mark,
    tries_merge,
)
from tests.story import Story, story
from workshop.acts import erasing, posts
from workshop.rules.paper import hands_together
from workshop.rules.roles import VOICES
from workshop.storage.store import Store


def test_hands_for_two_ideas_that_are_one_now_count_nobody_twice(store: Store) -> None:
    told = story(store, people=6, ideas=3, step="vote")
    one, two, _ = told.ideas
    counts_hands(told, {(one, "citizen"): 9, (two, "citizen"): 7, (two, "staff"): 6})
    merges(told, two, one)
    assert standing_hands(told) == {(one, "citizen"): 9, (one, "staff"): 6}
    told.reveals()
    (raised,) = result(told).raised
    assert (raised.idea_id, raised.hands, raised.at_least) == (one, 15, True)
    assert {name: count.people for name, count in raised.split.items() if count} == {
        "citizen": 9,
        "staff": 6,
    }


def test_hands_of_an_idea_that_came_into_a_card_without_hands_are_the_cards(store: Store) -> None:
    told = story(store, people=3, ideas=3, step="vote")
    one, two, three = told.ideas
    counts_hands(told, {(three, "staff"): 8})
    merges(told, three, two)
    merges(told, two, one)
    told.reveals()
    (raised,) = result(told).raised
    assert (raised.idea_id, raised.hands, raised.at_least) == (one, 8, False)


def test_who_saves_the_form_as_it_stands_has_counted_nothing_anew(store: Store) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, other = told.ideas
    counts_hands(told, {(one, "citizen"): 9, (two, "staff"): 7})
    before = kept(told)["hands"]
    merges(told, two, one)
    counts_hands(told, {**standing_hands(told), (other, "staff"): 5})
    parts(told, two)
    after = kept(told)["hands"]
    assert set(before) < set(after)
    assert len(after) == len(before) + 1


def test_hands_counted_anew_for_a_card_are_all_that_is_said_of_it(store: Store) -> None:
    told = story(store, ideas=2, step="vote")
    one, two = told.ideas
    counts_hands(told, {(one, "citizen"): 9, (two, "staff"): 7})
    merges(told, two, one)
    counts_hands(told, {(one, "citizen"): 12})
    assert standing_hands(told) == {(one, "citizen"): 12}
    parts(told, two)
    assert standing_hands(told) == {(one, "citizen"): 12}


def test_a_form_that_was_opened_before_ideas_were_merged_still_says_what_it_said(
    store: Store,
) -> None:
    told = story(store, ideas=2, step="vote")
    one, two = told.ideas
    merges(told, two, one)
    counts_hands(told, {(one, "citizen"): 9, (two, "citizen"): 7})
    assert standing_hands(told) == {(one, "citizen"): 9}
    parts(told, two)
    assert standing_hands(told) == {(one, "citizen"): 9, (two, "citizen"): 7}


def test_hands_for_what_is_off_the_table_wait_for_it(store: Store) -> None:
    told = story(store, ideas=2, step="vote")
    one, two = told.ideas
    counts_hands(told, {(one, "citizen"): 9, (two, "citizen"): 7})
    told.do(posts.set_state, post_id=two, state="hidden")
    counts_hands(told, {(one, "citizen"): 10})
    told.do(posts.set_state, post_id=two, state="shown")
    assert standing_hands(told) == {(one, "citizen"): 10, (two, "citizen"): 7}


def test_hands_of_an_idea_that_its_author_took_back_are_nobodys(store: Store) -> None:
    told = story(store, people=2, ideas=2, step="vote")
    one, two = told.ideas
    counts_hands(told, {(one, "citizen"): 6, (two, "citizen"): 9})
    merges(told, two, one)
    author = told.people[1]
    told.do(erasing.rub_out, seat_id=author.seat, receipt=author.receipt)
    told.reveals()
    (raised,) = result(told).raised
    assert (raised.idea_id, raised.hands, raised.at_least) == (one, 6, False)


COUNT = st.dictionaries(st.sampled_from(VOICES), st.integers(1, 40))


@given(st.lists(COUNT, max_size=5))
def test_hands_together_are_the_union_as_far_as_anybody_can_know(
    counted: list[dict[str, int]],
) -> None:
    """At least as many as for any of the ideas, and never more than all hands that went up."""
    found = hands_together(counted)
    for group in VOICES:
        each = [count.get(group, 0) for count in counted]
        assert max(each, default=0) == found.get(group, 0) <= sum(each)


HANDS = st.dictionaries(
    st.tuples(st.integers(0, IDEAS - 1), st.sampled_from(VOICES)), st.integers(0, 30), max_size=6
)


def _counts(told: Story, counted: dict[tuple[int, str], int]) -> None:
    counts_hands(told, {(told.ideas[idea], group): n for (idea, group), n in counted.items()})


@careful
@given(**HISTORY, hands=HANDS, seed=st.integers(0, 999))
def test_merging_and_taking_apart_changes_no_hand(
    room: Told,
    before: list[Mark3],
    merges: list[tuple[int, int]],
    hands: dict[tuple[int, str], int],
    seed: int,
) -> None:
    told = room.again()
    for mark in before:
        tries_mark(told, mark)
    _counts(told, hands)
    was = kept(told)
    for pair in merges:
        tries_merge(told, pair)
        counts_hands(told, standing_hands(told))
        sane(told)
    apart(told, seed)
    assert kept(told) == was
