"""Merged ideas on paper and on secret ballots: nobody's voice lost, nobody's twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.acts.merged import (
    enters,
    kept,
    merges,
    parts,
    result,
    round_of,
    types_in,
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
from tests.faults.recount import read, wrong
from tests.story import Story, story
from workshop.acts import casting, paper, posts
from workshop.reads import paper as sheets
from workshop.reads.ballots import ballot_box
from workshop.rules.refusals import Refused
from workshop.storage.store import Store

# ---------------------------------------------------------------------- paper


def test_a_sheet_printed_before_ideas_were_merged_is_typed_in_as_it_is_written(
    store: Store,
) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, other = told.ideas
    code = told.do(paper.print_sheets, kind="vote", many=1).answer["codes"][0]
    with store.read() as db:
        as_printed = sheets.printed(db, told.room(), code)
    merges(told, two, one)
    with store.read() as db:
        lines = sheets.printed(db, told.room(), code)
        fresh = sheets.ballot(db, told.room(), code)
    assert [(row.number, row.idea.id) for row in lines] == [
        (row.number, row.idea.id) for row in as_printed
    ]
    part = {row.idea.id: row.part_of for row in lines}
    number = next(row.number for row in lines if row.idea.id == one)
    assert part == {one: None, two: number, other: None}
    assert {row.idea.id for row in fresh} == {one, other}
    enters(told, code, {one: 2, two: 3})
    assert [used for _, used, _ in kept(told)["purses"]] == [3], "no more than the card may get"
    told.reveals()
    scores = {row.row.idea_id: row.row.score for row in result(told).rows}
    assert scores == {one: 3, other: 0}
    assert result(told).card.ballots == 1


def test_a_sheet_that_was_taken_back_leaves_nothing_on_any_of_the_ideas(store: Store) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, _ = told.ideas
    before = kept(told)
    merges(told, two, one)
    code = types_in(told, {one: 2, two: 3})
    told.do(paper.take_back_ballot, code=code, receipt=f"PAPER-{code}")
    parts(told, two)
    assert kept(told) == before


def test_a_sheet_names_nothing_that_a_hidden_card_holds(store: Store) -> None:
    told = story(store, ideas=3, step="vote")
    one, two, _ = told.ideas
    merges(told, two, one)
    told.do(posts.set_state, post_id=one, state="hidden")
    for idea in (one, two):
        with pytest.raises(Refused, match="not_found"):
            types_in(told, {idea: 1})


# ---------------------------------------------------------------------- secret ballots


def _secret(store: Store, **rule: object) -> Story:
    return story(store, ideas=3, step="vote", rule={"method": "dots", "secret": True, **rule})


def _casts(told: Story, person: int, marks: dict[int, int]) -> None:
    told.do(
        casting.cast_ballot,
        seat_id=told.people[person].seat,
        command_id=f"command-{person}",
        idea_ids=list(marks),
        values=list(marks.values()),
    )


def test_secret_ballots_for_ideas_that_were_merged_since_count_on_their_card(
    store: Store,
) -> None:
    told = _secret(store)
    one, two, other = told.ideas
    _casts(told, 0, {one: 2, two: 3})
    _casts(told, 1, {two: 1, other: 1})
    before = kept(told)
    merges(told, two, one)
    assert kept(told)["secret"] == before["secret"]
    # A ballot that was filled in before the merge reached this phone says what it says.
    _casts(told, 2, {two: 2})
    told.reveals()
    rows = {row.row.idea_id: (row.row.score, row.row.breadth) for row in result(told).rows}
    assert rows == {one: (6, 3), other: (1, 1)}
    with store.read() as db:
        box = ballot_box(db, told.workshop, round_of(told))
    assert sorted(sorted(ballot.marks.items()) for ballot in box.ballots) == [
        [(one, 1), (other, 1)],
        [(one, 2)],
        [(one, 3)],
    ]
    assert wrong(read(store.engine.url.render_as_string(hide_password=False))) == []


def test_secret_ballots_are_as_they_were_once_ideas_are_taken_out_again(store: Store) -> None:
    told = _secret(store)
    one, two, _ = told.ideas
    _casts(told, 0, {one: 2, two: 3})
    before = kept(told)
    merges(told, two, one)
    parts(told, two)
    assert kept(told) == before
    told.reveals()
    assert {row.row.idea_id: row.row.score for row in result(told).rows}[two] == 3


# ---------------------------------------------------------------------- over any history

SHEETS = st.lists(st.dictionaries(st.integers(0, IDEAS - 1), st.integers(0, 3)), max_size=3)


def _types(told: Story, sheet: dict[int, int]) -> str:
    """Try to type in a sheet; its code, or nothing where it is refused."""
    try:
        return types_in(told, {told.ideas[idea]: value for idea, value in sheet.items()})
    except Refused:
        return ""


@careful
@given(**HISTORY, sheets=SHEETS, seed=st.integers(0, 999))
def test_merging_and_taking_apart_changes_no_sheet(
    room: Told,
    before: list[Mark3],
    merges: list[tuple[int, int]],
    sheets: list[dict[int, int]],
    seed: int,
) -> None:
    told = room.again()
    for mark in before:
        tries_mark(told, mark)
    for sheet in sheets:
        _types(told, sheet)
    was = kept(told)
    for pair in merges:
        tries_merge(told, pair)
        sane(told)
    apart(told, seed)
    assert kept(told) == was


@careful
@given(**HISTORY, sheet=st.dictionaries(st.integers(0, IDEAS - 1), st.integers(0, 3)))
def test_a_sheet_counts_the_same_before_ideas_are_merged_and_after(
    room: Told,
    before: list[Mark3],
    merges: list[tuple[int, int]],
    sheet: dict[int, int],
) -> None:
    found = []
    for is_late in (False, True):
        told = room.again()
        for mark in before:
            tries_mark(told, mark)
        early = "" if is_late else _types(told, sheet)
        for pair in merges:
            tries_merge(told, pair)
        late = _types(told, sheet) if is_late else ""
        sane(told)
        held = kept(told)
        told.reveals()
        shown = result(told)
        rows = [(row.row.idea_id, row.row.score, row.row.breadth) for row in shown.rows]
        found.append((bool(early or late), shown.card.ballots, rows, held))
    assert found[0] == found[1]
