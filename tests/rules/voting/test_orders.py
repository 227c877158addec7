"""Score, ranked and pairwise: what a mark may be and what order comes out."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.refusals import Refused
from workshop.rules.voting import METHODS, Ballot, GroupCount, RoundRule
from workshop.rules.voting.schulze import beaten_by, pairwise_table

IDEAS = (1, 2, 3, 4)
SCORE = METHODS["score"]
RANKED = METHODS["ranked"]

Row = tuple[str, dict[int, int], list[tuple[int, int]]]
Rows = Sequence[Row]

groups = st.sampled_from(("citizen", "staff"))
no_marks: st.SearchStrategy[dict[int, int]] = st.builds(dict)
no_pairs: st.SearchStrategy[list[tuple[int, int]]] = st.builds(list)
pairs = st.lists(
    st.permutations(IDEAS).map(lambda mixed: (mixed[0], mixed[1])), max_size=6, unique_by=frozenset
)


def rows_of(
    marks: st.SearchStrategy[dict[int, int]], pairs: st.SearchStrategy[list[tuple[int, int]]]
) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.tuples(groups, marks, pairs), max_size=12)


score_rooms = rows_of(st.dictionaries(st.sampled_from(IDEAS), st.integers(0, 5)), no_pairs)
ranked_rooms = rows_of(st.dictionaries(st.sampled_from(IDEAS), st.integers(0, 4)), no_pairs)
pairwise_rooms = rows_of(no_marks, pairs)
rooms = st.one_of(
    st.tuples(st.just("score"), score_rooms),
    st.tuples(st.just("ranked"), ranked_rooms),
    st.tuples(st.just("pairwise"), pairwise_rooms),
)


def ballots_of(rows: Rows) -> list[Ballot]:
    return [Ballot(f"v{n}", *row) for n, row in enumerate(rows)]


def ranking(*orders: tuple[int, str]) -> list[Ballot]:
    """Ballots told as (people, "1 2=3"): 1 first, then 2 and 3 level."""
    rows: list[Row] = []
    for people, told in orders:
        places = {
            int(idea): place
            for place, level in enumerate(told.split(), 1)
            for idea in level.split("=")
        }
        rows += [("citizen", places, [])] * people
    return ballots_of(rows)


@given(rooms, st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_ideas_changes_nothing(
    room: tuple[str, Rows], chance: random.Random
) -> None:
    key, rows = room
    ballots = ballots_of(rows)
    ideas, shuffled = list(IDEAS), list(ballots)
    chance.shuffle(ideas)
    chance.shuffle(shuffled)
    rule = RoundRule(key)
    assert METHODS[key].tally(rule, ideas, shuffled) == METHODS[key].tally(rule, IDEAS, ballots)


@given(rooms, st.permutations(IDEAS))
def test_renaming_ideas_renames_the_result_and_changes_nothing_else(
    room: tuple[str, Rows], names: list[int]
) -> None:
    key, rows = room
    new = dict(zip(IDEAS, names, strict=True))
    renamed = [
        (
            group,
            {new[idea]: mark for idea, mark in marks.items()},
            [(new[one], new[other]) for one, other in answered],
        )
        for group, marks, answered in rows
    ]
    before = METHODS[key].tally(RoundRule(key), IDEAS, ballots_of(rows))
    after = METHODS[key].tally(RoundRule(key), names, ballots_of(renamed))
    assert {new[row.idea]: row.place for row in before.standings} == {
        row.idea: row.place for row in after.standings
    }


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (RoundRule("score"), 6),
        (RoundRule("score"), -1),
        (RoundRule("score"), 2.5),
        (RoundRule("ranked"), -1),
        (RoundRule("ranked"), 1001),
        (RoundRule("ranked", places=3), 4),
        (RoundRule("pairwise"), 0),
        (RoundRule("pairwise"), True),
    ],
)
def test_an_unlawful_mark_is_refused(rule: RoundRule, value: int) -> None:
    with pytest.raises(Refused) as no:
        METHODS[rule.method].check(rule, value)
    assert no.value.code == "bad_value"


def test_a_score_is_the_mean_of_those_who_rated() -> None:
    room = ballots_of([("citizen", {1: 5, 2: 3}, []), ("staff", {1: 2}, [])])
    rows = SCORE.tally(RoundRule("score"), IDEAS, room).standings
    assert [(row.idea, row.score, row.seen, row.place) for row in rows[:2]] == [
        (1, 3.5, 2, 1),
        (2, 3.0, 1, 2),
    ]
    assert [(row.idea, row.score, row.place) for row in rows[2:]] == [(3, None, 3), (4, None, 3)]
    assert rows[0].by_group["staff"] == GroupCount(people=0, marks=0, seen=1, against=1)


def test_places_are_paid_for_only_where_they_are_limited() -> None:
    three = RoundRule("ranked", places=3)
    assert RANKED.valid(three, Ballot("a", "citizen", {1: 1, 2: 1, 3: 2, 4: 0}))
    assert not RANKED.valid(three, Ballot("a", "citizen", {1: 1, 2: 1, 3: 2, 4: 3}))
    assert RANKED.valid(RoundRule("ranked"), Ballot("a", "citizen", {1: 1, 2: 2, 3: 3, 4: 4}))


def test_the_schulze_order_of_the_published_example() -> None:
    """Example 1 of Schulze (2011), section 3.1: 21 voters, the order is d, a, c, b."""
    room = ranking((8, "1 3 4 2"), (2, "2 1 4 3"), (4, "3 4 2 1"), (4, "4 2 1 3"), (3, "4 3 2 1"))
    tally = RANKED.tally(RoundRule("ranked"), IDEAS, room)
    assert [row.idea for row in tally.standings] == [4, 1, 3, 2]
    table = RANKED.table(IDEAS, room)
    assert table is not None
    assert table.tolist() == [[0, 8, 14, 10], [13, 0, 6, 2], [7, 15, 0, 12], [11, 19, 9, 0]]


def test_whoever_beats_everybody_is_first() -> None:
    room = ranking((3, "1 2 3 4"), (2, "2 3 1 4"), (2, "3 1 2"))
    assert RANKED.tally(RoundRule("ranked"), IDEAS, room).standings[0].idea == 1


def test_unranked_ideas_are_level_below_the_ranked_ones() -> None:
    rows = RANKED.tally(RoundRule("ranked"), IDEAS, ranking((1, "3 2"))).standings
    assert [(row.idea, row.place, row.tied) for row in rows] == [
        (3, 1, False),
        (2, 2, False),
        (1, 3, True),
        (4, 3, True),
    ]


@given(ranked_rooms)
def test_an_idea_is_placed_above_all_that_it_beats(rows: Rows) -> None:
    orders = [(marks, 1) for _, marks, _ in rows]
    table = pairwise_table(IDEAS, orders)
    beaten = beaten_by(table)
    if (beaten == 0).sum() == 1:
        first = int(beaten.argmin())
        rivals = [n for n in range(4) if (table[n] > table[:, n]).all() and n != first]
        assert not rivals
    assert (beaten == 0).any()
