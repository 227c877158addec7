"""Nothing lost, nothing doubled: what was acknowledged against what the room says."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rehearsal.hall import rule_for, template_for
from workshop.rehearsal.ledger import of_ballots, of_person
from workshop.rehearsal.person import wishes
from workshop.rules.voting import METHODS, Ballot


@pytest.mark.parametrize(
    ("acknowledged", "unsure", "found", "wrong"),
    [
        ({1: 2}, {}, {1: 2}, (0, 0)),
        ({1: 2}, {}, {}, (1, 0)),
        ({1: 2}, {}, {1: 1}, (1, 0)),
        ({1: 2}, {}, {1: 3}, (0, 1)),
        ({}, {}, {1: 1}, (0, 1)),
        ({1: 2}, {1: 3}, {1: 3}, (0, 0)),
        ({1: 2}, {1: 3}, {1: 2}, (0, 0)),
        ({1: 2}, {1: 3}, {1: 1}, (1, 0)),
        ({}, {1: 1}, {1: 1}, (0, 0)),
        ({1: -1}, {}, {1: -1}, (0, 0)),
    ],
)
def test_a_persons_own_ballot_is_what_they_were_acknowledged(
    acknowledged: dict[int, int],
    unsure: dict[int, int],
    found: dict[int, int],
    wrong: tuple[int, int],
) -> None:
    assert of_person(acknowledged, unsure, found) == wrong


def file(*ballots: dict[str, int]) -> dict[str, object]:
    return {"ballots": [{"group": "others", "marks": marks} for marks in ballots]}


def test_every_ballot_is_in_the_file_once_in_whatever_order() -> None:
    people = [{1: 2, 2: 1}, {}, {2: 1}]
    assert of_ballots(people, file({"2": 1}, {"2": 1, "1": 2})) == (0, 0)


def test_a_ballot_that_is_missing_and_one_that_is_there_twice_are_both_seen() -> None:
    people = [{1: 2}, {2: 1}]
    assert of_ballots(people, file({"1": 2})) == (1, 0)
    assert of_ballots(people, file({"1": 2}, {"2": 1}, {"2": 1})) == (0, 1)
    assert of_ballots(people, file({"1": 1}, {"2": 1})) == (1, 1)


@given(st.sampled_from(["dots", "approval", "sweep"]), st.randoms(use_true_random=False))
def test_whatever_people_wish_for_is_a_ballot_that_the_rule_allows(
    method: str, chance: random.Random
) -> None:
    rule, marks = rule_for(method), dict[int, int]()
    for _ in range(40):
        options = [(idea, value) for idea in range(4) for value in wishes(rule, marks, idea)]
        idea, value = chance.choice(options)
        assert marks.get(idea) != value
        marks[idea] = value
        assert METHODS[method].valid(rule, Ballot("one", "citizen", marks))


@pytest.mark.parametrize("method", ["dots", "approval", "sweep"])
def test_every_way_of_voting_has_a_plan_to_rehearse_it_in(method: str) -> None:
    steps = [step for step in template_for(method).steps if step.phase == "vote"]
    assert steps[0].method == method
