"""Which of two: Bradley-Terry strengths, how sure they are, and which pair to ask next."""

from __future__ import annotations

import random

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.voting import METHODS, Ballot, GroupCount, RoundRule
from workshop.rules.voting.bradley_terry import outcome_entropy, strengths
from workshop.rules.voting.pairwise import agreed, duels, in_hundred, next_pair, wins_table

IDEAS = (1, 2, 3, 4)
PAIRWISE = METHODS["pairwise"]


def room_of(*answers: tuple[str, list[tuple[int, int]]]) -> list[Ballot]:
    return [Ballot(f"v{n}", group, {}, pairs) for n, (group, pairs) in enumerate(answers)]


def test_strengths_of_one_pair_match_the_equation_they_solve() -> None:
    fitted = strengths(np.array([[0, 3], [1, 0]]))
    gap = fitted.theta[0] - fitted.theta[1]
    chance = 1 / (1 + np.exp(-gap))
    assert fitted.theta.sum() == pytest.approx(0, abs=1e-9)
    assert 3 - 4 * chance == pytest.approx(fitted.theta[0] / 1.5**2)


def test_the_covariance_is_the_inverse_of_the_curvature() -> None:
    wins = np.array([[0, 5, 2], [1, 0, 4], [3, 0, 0]])
    fitted = strengths(wins)

    def loss(theta: npt.NDArray[np.float64]) -> float:
        gaps = theta[:, None] - theta[None, :]
        return float((wins * np.log1p(np.exp(-gaps))).sum() + (theta**2).sum() / (2 * 1.5**2))

    h, eye = 1e-4, np.eye(3)
    bent = [
        [
            (
                loss(fitted.theta + h * (eye[i] + eye[j]))
                - loss(fitted.theta + h * (eye[i] - eye[j]))
                - loss(fitted.theta - h * (eye[i] - eye[j]))
                + loss(fitted.theta - h * (eye[i] + eye[j]))
            )
            / (4 * h * h)
            for j in range(3)
        ]
        for i in range(3)
    ]
    assert np.linalg.inv(fitted.covariance) == pytest.approx(np.array(bent), abs=1e-4)


def test_one_sided_answers_stay_finite_and_say_how_sure_they_are() -> None:
    fitted = strengths(np.array([[0, 10_000], [0, 0]]))
    assert np.isfinite(fitted.theta).all()
    assert fitted.better(0, 1) > 0.99
    assert strengths(np.array([[0, 1], [1, 0]])).better(0, 1) == pytest.approx(0.5)


def test_strengths_recover_the_truth_from_many_answers() -> None:
    truth = np.array([1.0, 0.3, -0.2, -1.1])
    chance = 1 / (1 + np.exp(-(truth[:, None] - truth[None, :])))
    wins = np.round(chance * 4_000 * (1 - np.eye(4))).astype(np.int64)
    assert strengths(wins).theta == pytest.approx(truth, abs=0.02)


def test_pairwise_counts_who_met_an_idea_and_who_preferred_it() -> None:
    room = room_of(("citizen", [(1, 2), (1, 3)]), ("staff", [(2, 1)]))
    tally = PAIRWISE.tally(RoundRule("pairwise"), IDEAS, room)
    rows = {row.idea: row for row in tally.standings}
    assert rows[1].by_group["citizen"] == GroupCount(people=1, marks=2, seen=1)
    assert rows[1].by_group["staff"] == GroupCount(seen=1, against=1)
    assert (rows[1].breadth, rows[1].seen) == (1, 2)
    assert rows[4].score is None


def test_each_pair_is_answered_once_and_is_of_two_ideas() -> None:
    rule = RoundRule("pairwise")
    assert PAIRWISE.valid(rule, Ballot("a", "staff", {}, [(1, 2), (2, 3)]))
    assert not PAIRWISE.valid(rule, Ballot("a", "staff", {}, [(1, 2), (2, 1)]))
    assert not PAIRWISE.valid(rule, Ballot("a", "staff", {}, [(1, 1)]))
    assert not PAIRWISE.valid(rule, Ballot("a", "staff", {1: 1}, []))


def test_the_next_pair_is_the_one_we_know_least_about() -> None:
    room = room_of(*[("citizen", [(1, 2)])] * 20)
    fitted = strengths(wins_table((1, 2, 3, 4), room))
    pair = next_pair((1, 2, 3, 4), fitted, [], "anna/1")
    assert pair is not None
    assert set(pair) == {3, 4}


def test_every_pair_comes_once_then_none_and_sides_are_drawn() -> None:
    fitted = strengths(np.zeros((4, 4), dtype=np.int64))
    had: set[frozenset[int]] = set()
    sides = set()
    while (pair := next_pair(IDEAS, fitted, had, f"anna/{len(had)}")) is not None:
        assert frozenset(pair) not in had
        had.add(frozenset(pair))
        sides.add(pair[0] < pair[1])
    assert len(had) == 6
    assert sides == {True, False}


def test_an_even_pair_is_the_most_open() -> None:
    entropy = outcome_entropy(strengths(np.array([[0, 9], [1, 0]])))
    assert entropy[0, 0] == pytest.approx(np.log(2))
    assert entropy[0, 1] < entropy[0, 0]


def test_where_ideas_became_one_the_side_preferred_more_often_stands() -> None:
    assert agreed([(1, 2), (2, 1), (1, 2)]) == ((1, 2),)
    assert agreed([(1, 2), (2, 1)]) == ()
    assert agreed([(1, 1), (3, 2)]) == ((3, 2),)


PAIRS = st.lists(st.tuples(st.sampled_from(IDEAS), st.sampled_from(IDEAS)), max_size=12)


@given(PAIRS, st.randoms(use_true_random=False))
def test_a_ballot_of_pairs_is_valid_whatever_was_merged_and_in_whatever_order(
    pairs: list[tuple[int, int]], chance: random.Random
) -> None:
    ballot = Ballot("a", "staff", {}, agreed(pairs))
    assert PAIRWISE.valid(RoundRule("pairwise"), ballot)
    chance.shuffle(pairs)
    assert agreed(pairs) == tuple(ballot.pairs)


@given(st.lists(PAIRS, max_size=6), st.permutations(IDEAS), st.randoms(use_true_random=False))
def test_other_numbers_and_another_order_change_no_strength(
    room: list[list[tuple[int, int]]], names: list[int], chance: random.Random
) -> None:
    rule, new = RoundRule("pairwise"), dict(zip(IDEAS, names, strict=True))
    ballots = room_of(*[("citizen", list(agreed(pairs))) for pairs in room])
    renamed = [
        Ballot(one.voter, one.group, {}, [(new[a], new[b]) for a, b in one.pairs])
        for one in ballots
    ]
    chance.shuffle(renamed)
    scores = {row.idea: row for row in PAIRWISE.tally(rule, IDEAS, ballots).standings}
    again = {row.idea: row for row in PAIRWISE.tally(rule, sorted(names), renamed).standings}
    for idea, row in scores.items():
        other = again[new[idea]]
        assert (row.place, row.tied) == (other.place, other.tied)
        assert row.score == pytest.approx(other.score)


def test_pairs_nearly_as_good_as_the_best_are_spread_over_a_room() -> None:
    fitted = strengths(wins_table(IDEAS, room_of(("citizen", [(1, 2)]))))
    exact = {next_pair(IDEAS, fitted, [], f"person {n}") for n in range(60)}
    spread = {next_pair(IDEAS, fitted, [], f"person {n}", 0.5) for n in range(60)}
    assert len({frozenset(pair or ()) for pair in exact}) == 1
    assert len({frozenset(pair or ()) for pair in spread}) > 2


def test_how_sure_one_idea_is_ahead_is_told_for_both_sides() -> None:
    wins = wins_table(IDEAS, room_of(*[("citizen", [(1, 2), (2, 3)])] * 9))
    told, fitted = duels(IDEAS, wins), strengths(wins)
    assert told["better"][0][1] == pytest.approx(fitted.better(0, 1), abs=0.001)
    assert told["better"][0][1] + told["better"][1][0] == pytest.approx(1, abs=0.002)
    assert told["low"][0] < fitted.theta[0] < told["high"][0]
    assert in_hundred(0) == 50
