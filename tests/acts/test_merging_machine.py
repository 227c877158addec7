"""Merging in any order, over any history: out again is as it was, and no purse is overspent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.acts.merged import kept, mine
from tests.acts.merging_rooms import (
    HISTORY,
    MARKS,
    PEOPLE,
    Mark3,
    Told,
    apart,
    careful,
    sane,
    tries_mark,
    tries_merge,
)
from workshop.reads import voting as votes
from workshop.rules.voting import METHODS, Ballot


@careful
@given(**HISTORY, seed=st.integers(0, 999))
def test_merging_and_taking_apart_again_changes_nothing(
    room: Told, before: list[Mark3], merges: list[tuple[int, int]], seed: int
) -> None:
    told = room.again()
    for mark in before:
        tries_mark(told, mark)
    was = kept(told)
    for pair in merges:
        tries_merge(told, pair)
        sane(told)
    apart(told, seed)
    assert kept(told) == was


@careful
@given(**HISTORY, between=st.lists(MARKS, max_size=12), seed=st.integers(0, 999))
def test_votes_between_move_only_what_their_voters_moved(
    room: Told,
    before: list[Mark3],
    merges: list[tuple[int, int]],
    between: list[Mark3],
    seed: int,
) -> None:
    """Whoever did not vote between finds exactly what they gave; nobody is ever overspent."""
    told = room.again()
    for mark in before:
        tries_mark(told, mark)
    was = [dict(mine(told, person).marks) for person in range(PEOPLE)]
    for pair in merges:
        tries_merge(told, pair)
    moved = {tries_mark(told, mark) for mark in between}
    sane(told)
    apart(told, seed)
    sane(told)
    for person in set(range(PEOPLE)) - moved:
        assert dict(mine(told, person).marks) == was[person]


@careful
@given(**HISTORY)
def test_the_reveal_counts_what_everybody_saw_on_their_cards(
    room: Told, before: list[Mark3], merges: list[tuple[int, int]]
) -> None:
    """I3: every voter of what is inside is a voter of the card, once; nothing is held twice."""
    told = room.again()
    for mark in before:
        tries_mark(told, mark)
    for pair in merges:
        tries_merge(told, pair)
    shown = [dict(mine(told, person).marks) for person in range(PEOPLE)]
    told.reveals()
    sane(told)
    opened = told.room().last_round
    assert opened is not None
    with told.stage.store.read() as db:
        card = votes.result(db, opened.id)
    assert card is not None
    cast = [
        Ballot(str(number), told.people[number].group, marks)
        for number, marks in enumerate(shown)
        if marks
    ]
    tally = METHODS[opened.method].tally(card.rule, [row.idea_id for row in card.rows], cast)
    assert card.ballots == len(cast)
    for row, standing in zip(card.rows, tally.standings, strict=True):
        assert (row.idea_id, row.place, row.breadth) == (
            standing.idea,
            standing.place,
            standing.breadth,
        )
        assert row.score == standing.score
