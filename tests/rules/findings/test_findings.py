"""What a counted vote means: sureness, two lists with their reasons, shelves and opinion groups."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.rules.findings import Counted, findings, usual_size
from workshop.rules.voting import METHODS, Ballot, RoundRule

GROUPS = ("citizen", "staff", "partner")
ANSWERS = {
    "dots": st.integers(0, 3),
    "approval": st.integers(0, 1),
    "score": st.integers(0, 5),
    "ranked": st.integers(0, 4),
    "sweep": st.integers(-1, 1),
}


def counted(method: str, ballots: list[Ballot], ideas: int, seed: int = 7) -> Counted:
    """A round as it is after its count."""
    rule, numbers = RoundRule(method), range(1, ideas + 1)
    tally = METHODS[method].tally(rule, numbers, ballots)
    return Counted(
        rule=rule,
        seed=seed,
        ideas=[one.idea for one in tally.standings],
        scores={one.idea: one.score for one in tally.standings},
        counts={one.idea: one.by_group for one in tally.standings},
        ballots=ballots,
        room=len(ballots),
    )


def approvals(*sets: set[int], group: str = "citizen") -> list[Ballot]:
    return [Ballot(str(n), group, dict.fromkeys(sorted(liked), 1)) for n, liked in enumerate(sets)]


@st.composite
def rooms(draw: st.DrawFn) -> Counted:
    """Any small room, by any way of voting that gives marks."""
    method = draw(st.sampled_from(sorted(ANSWERS)))
    ideas, people = draw(st.integers(1, 5)), draw(st.integers(0, 12))
    ballots = [
        Ballot(
            str(n),
            draw(st.sampled_from(GROUPS)),
            draw(st.dictionaries(st.integers(1, ideas), ANSWERS[method])),
        )
        for n in range(people)
    ]
    return counted(method, ballots, ideas)


@settings(max_examples=40, deadline=None)
@given(rooms(), st.integers(1, 4))
def test_any_vote_has_findings_that_agree_with_themselves(room: Counted, size: int) -> None:
    made = findings(room, size)
    assert {int(idea) for idea in made["ideas"]} == set(room.ideas)
    for one in made["ideas"].values():
        assert 0 <= one["low"] <= one["high"] <= 1
        assert (one["band"] is None) == (one["chance"] is None)
        assert not one["gem"] or one["band"] == "out"
        assert all(cell is None or cell[1] >= 5 for cell in one["cells"].values())
    only = set(made["plain"]) ^ set(made["fair"])
    assert {int(idea) for idea in made["reasons"]} == only
    for told in made["left_out"].values():
        assert sum(n for n, _ in told["groups"].values()) in {0, told["all"][0]}
        assert all(people >= 5 for _, people in told["groups"].values())


@settings(max_examples=25, deadline=None)
@given(rooms(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_no_list_and_no_shelf(
    room: Counted, chance: random.Random
) -> None:
    mixed = list(room.ballots)
    chance.shuffle(mixed)
    other = counted(room.rule.method, mixed, len(room.ideas))
    one, two = findings(room, 2), findings(other, 2)
    for key in ("plain", "fair", "left_out", "reasons"):
        assert one[key] == two[key]
    assert {idea: told["shelf"] for idea, told in one["ideas"].items()} == {
        idea: told["shelf"] for idea, told in two["ideas"].items()
    }


def test_a_minority_gets_its_idea_and_the_sentence_says_how_many_that_helps() -> None:
    ballots = approvals(*([{1, 2, 3}] * 20), *([{4}] * 10))
    made = findings(counted("approval", ballots, 4), 3)
    assert set(made["plain"]) == {1, 2, 3}
    assert 4 in made["fair"]
    assert made["reasons"]["4"] == [10, 0]
    gone = (set(made["plain"]) - set(made["fair"])).pop()
    assert made["reasons"][str(gone)] == [20, 20]
    assert made["left_out"]["plain"]["all"] == [10, 30]
    assert made["left_out"]["fair"]["all"] == [0, 30]


def test_a_clear_vote_is_in_and_out_and_a_level_one_too_close_to_call() -> None:
    clear = findings(counted("approval", approvals(*([{1}] * 40)), 2), 1)
    assert [clear["ideas"][idea]["band"] for idea in ("1", "2")] == ["in", "out"]
    level = findings(counted("approval", approvals(*([{1}, {2}] * 20)), 2), 1)
    assert {told["band"] for told in level["ideas"].values()} == {"contested"}


def test_what_one_group_surely_wants_is_protected_where_it_would_be_out() -> None:
    ballots = [
        *approvals(*([{1, 2}] * 60)),
        *approvals(*([{3}] * 6), group="staff"),
    ]
    made = findings(counted("approval", ballots, 3), 2)
    assert made["ideas"]["3"]["band"] == "out"
    assert "one_group" in made["ideas"]["3"]["gem"]


def test_a_vote_without_a_ballot_or_a_choice_says_nothing_it_does_not_know() -> None:
    none = findings(counted("dots", [], 3), 1)
    assert {told["band"] for told in none["ideas"].values()} == {None}
    assert {told["shelf"] for told in none["ideas"].values()} == {None}
    alone = findings(counted("approval", approvals({1}), 1), 1)
    assert alone["ideas"]["1"]["band"] is None


def test_pairs_are_wishes_too() -> None:
    ballots = [Ballot(str(n), "citizen", {}, ((1, 2), (1, 3), (2, 3))) for n in range(12)]
    made = findings(counted("pairwise", ballots, 3), 1)
    assert made["plain"] == made["fair"] == [1]
    assert made["ideas"]["1"]["band"] == "in"


def test_opinion_groups_are_told_of_a_sweep_with_enough_answers_alone() -> None:
    """Two camps of fifteen answer eight ideas the opposite way."""
    sides = [1] * 15 + [-1] * 15
    ballots = [
        Ballot(str(n), "citizen", {idea: side * (1 if idea % 2 else -1) for idea in range(1, 9)})
        for n, side in enumerate(sides)
    ]
    found = findings(counted("sweep", ballots, 8), 4)["found"]
    assert sorted(found["sizes"].values()) == [15, 15]
    assert all(found["apart"].values())
    assert findings(counted("sweep", ballots[:19], 8), 4)["found"] is None


@pytest.mark.parametrize(("ideas", "size"), [(0, 1), (1, 1), (2, 1), (6, 3), (10, 5), (200, 5)])
def test_a_list_is_never_longer_than_half_unless_somebody_wants_it(ideas: int, size: int) -> None:
    assert usual_size(ideas) == size
