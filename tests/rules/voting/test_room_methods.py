"""Dots, approval and the sweep: what a mark may be, what it costs, and what comes out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.refusals import Refused
from workshop.rules.voting import METHODS, Ballot, GroupCount, RoundRule, Tally

DOTS = METHODS["dots"]
APPROVAL = METHODS["approval"]
SWEEP = METHODS["sweep"]
IDEAS = (1, 2, 3, 4)
GROUPS = ("citizen", "staff", "partner")


def ballots_of(*rows: tuple[str, dict[int, int]]) -> list[Ballot]:
    return [Ballot(f"v{n}", group, marks) for n, (group, marks) in enumerate(rows)]


def standing_places(tally: Tally) -> dict[int, int]:
    return {standing.idea: standing.place for standing in tally.standings}


def marks_for(key: str) -> st.SearchStrategy[dict[int, int]]:
    low, high = {"dots": (0, 3), "approval": (0, 1), "sweep": (-1, 1)}[key]
    return st.dictionaries(st.sampled_from(IDEAS), st.integers(low, high))


def rooms(key: str) -> st.SearchStrategy[list[Ballot]]:
    rows = st.lists(st.tuples(st.sampled_from(GROUPS), marks_for(key)), max_size=25)
    return rows.map(lambda drawn: ballots_of(*drawn))


keyed_rooms = st.sampled_from(("dots", "approval", "sweep")).flatmap(
    lambda key: st.tuples(st.just(key), rooms(key))
)


@pytest.mark.parametrize("key", METHODS)
def test_every_method_stands_in_the_table_under_its_own_key_and_has_a_label(key: str) -> None:
    assert METHODS[key].key == key
    assert METHODS[key].label


@pytest.mark.parametrize(("key", "value"), [("dots", 3), ("approval", 1), ("sweep", -1)])
def test_a_lawful_mark_is_taken(key: str, value: int) -> None:
    METHODS[key].check(RoundRule(key), value)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("dots", 4, "over_cap"),
        ("dots", -1, "bad_value"),
        ("dots", True, "bad_value"),
        ("dots", 1.0, "bad_value"),
        ("approval", 2, "bad_value"),
        ("approval", True, "bad_value"),
        ("sweep", 2, "bad_value"),
        ("sweep", "1", "bad_value"),
    ],
)
def test_an_unlawful_mark_is_refused(key: str, value: int, code: str) -> None:
    with pytest.raises(Refused) as no:
        METHODS[key].check(RoundRule(key), value)
    assert no.value.code == code


def test_the_refusal_over_the_cap_names_what_the_purse_can_buy() -> None:
    with pytest.raises(Refused) as no:
        DOTS.check(RoundRule("dots", budget=5, cap=3, quadratic=True), 3)
    assert no.value.values == {"cap": 2}


def test_quadratic_dots_cost_their_square() -> None:
    rule = RoundRule("dots", budget=5, quadratic=True)
    assert [DOTS.cost(rule, value) for value in (0, 1, 2)] == [0, 1, 4]
    assert DOTS.valid(rule, Ballot("a", "citizen", {1: 2, 2: 1}))
    assert not DOTS.valid(rule, Ballot("a", "citizen", {1: 2, 2: 1, 3: 1}))


def test_a_ballot_over_the_budget_is_not_valid() -> None:
    rule = RoundRule("dots", budget=5, cap=3)
    assert DOTS.valid(rule, Ballot("a", "citizen", {1: 3, 2: 2}))
    assert not DOTS.valid(rule, Ballot("a", "citizen", {1: 3, 2: 3}))
    assert not DOTS.valid(rule, Ballot("a", "citizen", {1: 4}))


def test_approvals_cost_something_only_where_they_are_limited() -> None:
    assert APPROVAL.cost(RoundRule("approval"), 1) == 0
    assert APPROVAL.cost(RoundRule("approval", maximum=2), 1) == 1
    two = RoundRule("approval", maximum=2)
    assert APPROVAL.valid(two, Ballot("a", "staff", {1: 1, 2: 1, 3: 0}))
    assert not APPROVAL.valid(two, Ballot("a", "staff", {1: 1, 2: 1, 3: 1}))


def test_ideas_that_are_level_share_a_place_and_the_next_place_is_skipped() -> None:
    tally = DOTS.tally(RoundRule("dots"), IDEAS, ballots_of(("citizen", {3: 3, 1: 1, 4: 1})))
    assert [(row.idea, row.place, row.tied) for row in tally.standings] == [
        (3, 1, False),
        (1, 2, True),
        (4, 2, True),
        (2, 4, False),
    ]


def test_breadth_counts_people_and_the_score_counts_dots() -> None:
    room = ballots_of(("citizen", {1: 3}), ("staff", {1: 2}), ("staff", {2: 1}))
    first = DOTS.tally(RoundRule("dots"), IDEAS, room).standings[0]
    assert (first.score, first.breadth, first.seen) == (5.0, 2, None)
    assert first.by_group["staff"] == GroupCount(people=1, marks=2, seen=2)


def test_exposures_say_who_was_shown_an_idea_but_a_supporter_has_always_seen_it() -> None:
    room = ballots_of(("citizen", {1: 1}), ("citizen", {1: 1}), ("staff", {}))
    shown = {1: {"citizen": 1, "staff": 4}}
    rows = APPROVAL.tally(RoundRule("approval"), (1, 2), room, shown).standings
    assert [(row.idea, row.seen) for row in rows] == [(1, 6), (2, 0)]


def test_marks_on_ideas_that_were_removed_are_left_out() -> None:
    tally = DOTS.tally(RoundRule("dots"), (1,), ballots_of(("citizen", {1: 1, 99: 3})))
    assert [(row.idea, row.score) for row in tally.standings] == [(1, 1.0)]


def test_a_sweep_counts_agree_pass_and_disagree_and_leaves_the_unseen_blank() -> None:
    room = ballots_of(*[("citizen", {1: 1})] * 3, ("citizen", {1: 0}), ("citizen", {1: -1}))
    row = SWEEP.tally(RoundRule("sweep"), (1, 2), room).standings[0]
    assert row.by_group["citizen"] == GroupCount(people=3, marks=3, seen=5, against=1, passed=1)
    assert row.score == pytest.approx(4 / 7)


def test_an_idea_nobody_answered_has_no_score_and_comes_last() -> None:
    rows = SWEEP.tally(RoundRule("sweep"), (1, 2), ballots_of(("citizen", {2: -1}))).standings
    assert [(row.idea, row.score is None) for row in rows] == [(2, False), (1, True)]


def test_the_sweep_prefers_what_both_groups_like_to_what_the_larger_group_loves() -> None:
    room = ballots_of(
        *[("citizen", {1: 1, 2: 1})] * 12,
        *[("citizen", {1: 1, 2: -1})] * 8,
        *[("staff", {1: -1, 2: 1})] * 6,
    )
    first, second = SWEEP.tally(RoundRule("sweep"), (1, 2), room).standings
    assert (first.idea, second.idea) == (2, 1)
    assert first.score == pytest.approx(13 / 22 * 7 / 8)
    assert second.breadth > first.breadth


def test_the_sweep_folds_small_groups_before_it_multiplies() -> None:
    room = ballots_of(
        *[("citizen", {1: 1})] * 8, *[("staff", {1: -1})] * 3, *[("partner", {1: 1})] * 2
    )
    row = SWEEP.tally(RoundRule("sweep"), (1,), room).standings[0]
    assert row.score == pytest.approx(9 / 10 * 3 / 7)
    assert set(row.by_group) == {"citizen", "staff", "partner"}


def test_a_tally_names_the_rule_its_version_and_the_ballots() -> None:
    tally = APPROVAL.tally(RoundRule("approval"), IDEAS, ballots_of(("citizen", {}), ("staff", {})))
    assert (tally.rule_name, tally.rule_version, tally.ballots_cast) == ("approval", 1, 2)


@given(keyed_rooms, st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_ideas_changes_nothing(
    room: tuple[str, list[Ballot]], chance: random.Random
) -> None:
    key, ballots = room
    ideas, shuffled = list(IDEAS), list(ballots)
    chance.shuffle(ideas)
    chance.shuffle(shuffled)
    rule = RoundRule(key)
    assert METHODS[key].tally(rule, ideas, shuffled) == METHODS[key].tally(rule, IDEAS, ballots)


@given(keyed_rooms, st.permutations(IDEAS))
def test_renaming_ideas_renames_the_result_and_changes_nothing_else(
    room: tuple[str, list[Ballot]], names: list[int]
) -> None:
    key, ballots = room
    new = dict(zip(IDEAS, names, strict=True))
    renamed = [
        Ballot(b.voter, b.group, {new[idea]: mark for idea, mark in b.marks.items()})
        for b in ballots
    ]
    before = METHODS[key].tally(RoundRule(key), IDEAS, ballots)
    after = METHODS[key].tally(RoundRule(key), names, renamed)
    assert {new[idea]: place for idea, place in standing_places(before).items()} == (
        standing_places(after)
    )
    assert sorted(str(row.score) for row in before.standings) == sorted(
        str(row.score) for row in after.standings
    )


@given(rooms("dots"))
def test_the_split_by_group_adds_up_to_the_whole(ballots: list[Ballot]) -> None:
    for row in DOTS.tally(RoundRule("dots"), IDEAS, ballots).standings:
        assert sum(count.marks for count in row.by_group.values()) == row.score
        assert sum(count.people for count in row.by_group.values()) == row.breadth


@given(
    st.sampled_from((RoundRule("dots"), RoundRule("dots", quadratic=True))),
    st.lists(st.tuples(st.sampled_from(IDEAS), st.integers(-1, 4)), max_size=30),
)
def test_no_order_of_taps_gets_past_the_purse(rule: RoundRule, taps: list[tuple[int, int]]) -> None:
    marks: dict[int, int] = {}
    for idea, value in taps:
        try:
            DOTS.check(rule, value)
        except Refused:
            continue
        step = DOTS.cost(rule, value) - DOTS.cost(rule, marks.get(idea, 0))
        spent = sum(DOTS.cost(rule, mark) for mark in marks.values())
        if spent + step <= DOTS.purse(rule):
            marks[idea] = value
    assert DOTS.valid(rule, Ballot("a", "citizen", marks))
