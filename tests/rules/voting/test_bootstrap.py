"""Chances from whole ballots: the method's own score again and again, wide enough to come true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.fairness.simulated import come_true
from workshop.rules.voting import METHODS, Ballot, RoundRule
from workshop.rules.voting.bootstrap import (
    RANKING_DRAWS,
    bootstrap_top,
    consensus_score,
    marks_score,
    mean_score,
    schulze_score,
    strengths_top,
)
from workshop.rules.voting.bradley_terry import strengths


def room(*marks: dict[int, int], group: str = "citizen") -> list[Ballot]:
    return [Ballot(f"v{n}", group, given_marks) for n, given_marks in enumerate(marks)]


def test_there_are_no_chances_without_a_choice_or_a_ballot() -> None:
    assert bootstrap_top(marks_score([1, 2], []), 0, [1, 2], 1, seed=1) is None
    assert bootstrap_top(marks_score([1], room({1: 1})), 1, [1], 1, seed=1) is None
    assert strengths_top(strengths(np.zeros((1, 1), dtype=np.int64)), [1], 1, seed=1) is None


def test_level_ideas_have_level_chances() -> None:
    ballots = room(*[{1: 1, 2: 1, 3: 1}] * 9)
    chances = bootstrap_top(marks_score([1, 2, 3], ballots), 9, [1, 2, 3], 1, seed=3)
    assert chances is not None
    assert all(chance == pytest.approx(1 / 3, abs=0.03) for chance in chances.values())


@given(st.lists(st.dictionaries(st.sampled_from((1, 2, 3)), st.integers(0, 3)), min_size=1))
def test_even_weights_give_the_method_s_own_score(marks: list[dict[int, int]]) -> None:
    ballots, even = room(*marks), np.ones((1, len(marks)))
    scorers = {"dots": marks_score, "score": mean_score, "ranked": schulze_score}
    for key, scorer in scorers.items():
        tally = METHODS[key].tally(RoundRule(key), [1, 2, 3], ballots)
        scores = {row.idea: row.score for row in tally.standings}
        again = scorer([1, 2, 3], ballots)(even)[0]
        for idea, score in zip((1, 2, 3), again, strict=True):
            assert score == pytest.approx(-np.inf if scores[idea] is None else scores[idea])


def test_even_weights_give_the_consensus_of_a_sweep() -> None:
    ballots = room(*[{1: 1, 2: -1}] * 6) + room(*[{1: 0}] * 5, group="staff")
    shown_as = {"citizen": "citizen", "staff": "staff"}
    scores = consensus_score([1, 2], ballots, shown_as)(np.ones((1, 11)))[0]
    tally = METHODS["sweep"].tally(RoundRule("sweep"), [1, 2], ballots)
    assert scores.tolist() == pytest.approx([row.score for row in tally.standings])


def test_rankings_and_pairs_have_chances_too() -> None:
    ballots = room(*[{1: 1, 2: 2, 3: 3}] * 8, *[{2: 1, 3: 2, 1: 3}] * 2)
    ranked = bootstrap_top(
        schulze_score([1, 2, 3], ballots), 10, [1, 2, 3], 1, seed=2, draws=RANKING_DRAWS
    )
    paired = strengths_top(strengths(np.array([[0, 9], [2, 0]])), [1, 2], 1, seed=2)
    assert ranked is not None
    assert paired is not None
    assert ranked[1] > 0.8 > ranked[2]
    assert paired[1] > 0.8


@pytest.mark.parametrize("method", ["dots", "approval", "score", "ranked", "sweep"])
@pytest.mark.parametrize(("people", "nights"), [(12, 30), (30, 16), (100, 6)])
def test_at_least_80_percent_comes_true_at_least_80_percent_of_the_time(
    method: str, people: int, nights: int
) -> None:
    said, right = come_true(method, people, 1.0, nights)
    assert said >= 10
    assert right / said >= 0.8
