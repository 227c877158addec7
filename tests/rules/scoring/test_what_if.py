"""Other weights and other lines: what would move, and what must not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.scoring import builders
from workshop.rules.refusals import Refused
from workshop.rules.scoring.assessment import Score
from workshop.rules.scoring.criteria import DEFAULT_WEIGHTS, RANKED
from workshop.rules.scoring.joint import Measured, draw_portfolio
from workshop.rules.scoring.portfolio import Candidate, Thresholds, place
from workshop.rules.scoring.simulation import Case
from workshop.rules.scoring.what_if import WhatIf, lines_of, what_if, wished
from workshop.rules.scoring.yardstick import BUILT_IN, Yardstick

USUAL = {"reward": 50.0, "risk": 30.0, "quick": 3.0}
DRAWS = 300
SEED = 7

panels = st.lists(
    st.lists(st.fixed_dictionaries(dict.fromkeys(RANKED, builders.scores)), min_size=3, max_size=3),
    min_size=2,
    max_size=6,
)


def ideas_of(scored: list[list[dict[str, Score]]]) -> list[Measured]:
    """An idea for each panel."""
    return [
        Measured(
            Case(
                f"item-{number}",
                builders.case(Score(1, 2, 3)).facts,
                tuple(
                    builders.assessment(scores, name=f"assessor {at}")
                    for at, scores in enumerate(panel)
                ),
            )
        )
        for number, panel in enumerate(scored)
    ]


def stored_of(ideas: list[Measured]) -> dict[str, Candidate]:
    """What the backlog keeps of them."""
    made = draw_portfolio(ideas, SEED, draws=DRAWS)
    return {
        key: Candidate(key, one.outlook, one.gates, one.discuss, 2.0, one.lines)
        for key, one in made.appraisals.items()
    }


def asked(
    ideas: list[Measured], stored: dict[str, Candidate], yard: Yardstick = BUILT_IN
) -> WhatIf:
    return what_if(ideas, stored, yard, seed=SEED, draws=DRAWS)


def told(found: WhatIf) -> list[tuple[str, str, str, int]]:
    return [(one.key, one.now.advice, one.now.code, one.now_place) for one in found.moved]


@settings(deadline=None, max_examples=40)
@given(panels)
def test_the_stored_weights_and_lines_give_exactly_the_stored_classes(
    scored: list[list[dict[str, Score]]],
) -> None:
    ideas = ideas_of(scored)
    stored = stored_of(ideas)
    same = wished(BUILT_IN, DEFAULT_WEIGHTS, BUILT_IN.lines)
    found = asked(ideas, stored, same)

    assert [(one.candidate.key, one.code) for one in place(list(stored.values()))] == [
        (one.key, one.now.code) for one in found.moved
    ]
    assert (found.reclassed, found.changed, found.kept) == (0, 0, found.top)
    for one in found.moved:
        assert one.was.candidate.outlook == one.now.candidate.outlook


@settings(deadline=None, max_examples=40)
@given(panels, builders.weights, st.sampled_from([0.001, 0.5, 3, 1e6]))
def test_weights_scaled_by_a_constant_change_nothing(
    scored: list[list[dict[str, Score]]], weights: dict[str, float], by: float
) -> None:
    ideas = ideas_of(scored)
    stored = stored_of(ideas)
    scaled = {key: by * one for key, one in weights.items()}
    one, other = (
        asked(ideas, stored, wished(BUILT_IN, given, BUILT_IN.lines)) for given in (weights, scaled)
    )

    assert told(one) == told(other)
    assert one.steady == other.steady


@settings(deadline=None, max_examples=40)
@given(panels, builders.weights)
def test_weights_never_move_risk_nor_open_a_gate(
    scored: list[list[dict[str, Score]]], weights: dict[str, float]
) -> None:
    ideas = ideas_of(scored)
    stored = stored_of(ideas)
    shut = {key: replace(one, gates=("owner",)) for key, one in stored.items()}
    found = asked(ideas, shut, wished(BUILT_IN, weights, BUILT_IN.lines))

    assert {one.now.advice for one in found.moved} == {"stop"}
    assert found.first == "", "nothing is first that a gate stops"
    for one in found.moved:
        assert one.was.candidate.outlook.risk == one.now.candidate.outlook.risk


def simple() -> tuple[list[Measured], dict[str, Candidate]]:
    """One idea that is best for outcome, one for equity."""
    good, poor = Score(80, 85, 90), Score(30, 35, 40)
    panel = [
        [{**dict.fromkeys(RANKED, Score(50, 55, 60)), "outcome": one, "equity": other}] * 3
        for one, other in ((good, poor), (poor, good))
    ]
    ideas = ideas_of(panel)
    return ideas, stored_of(ideas)


def test_another_weight_puts_another_idea_first_and_says_how_far_it_holds() -> None:
    ideas, stored = simple()
    now = asked(ideas, stored)
    then = asked(ideas, stored, wished(BUILT_IN, {"outcome": 10, "equity": 60}, BUILT_IN.lines))

    assert (now.first, then.first) == ("item-0", "item-1")
    assert then.changed == 2
    steady = {one.criterion: (one.low, one.high) for one in then.steady}
    assert steady["equity"][0] == pytest.approx(0.5)
    assert steady["equity"][1] == 1


def test_other_lines_change_advice_and_no_number_of_reward() -> None:
    ideas, stored = simple()
    high = wished(BUILT_IN, DEFAULT_WEIGHTS, lines_of(BUILT_IN, reward=90, risk=30, quick=3))
    found = asked(ideas, stored, high)

    assert [one.now.advice for one in found.moved] == ["not", "not"]
    assert found.reclassed == 2
    assert all(one.was_place == one.now_place for one in found.moved)


def test_an_idea_that_nobody_asked_about_stays_and_one_without_answers_is_named() -> None:
    ideas, stored = simple()
    few = asked(ideas[:1], stored)
    assert [one.key for one in few.moved] == ["item-0"]
    bare = Measured(
        replace(ideas[1].case, assessments=(builders.assessment({"equity": Score(1, 2, 3)}),))
    )
    outcome = wished(BUILT_IN, {"outcome": 1}, BUILT_IN.lines)
    assert asked([ideas[0], bare], stored, outcome).dropped == ("item-1",)


@pytest.mark.parametrize(
    ("weights", "lines", "code"),
    [
        ({"outcome": -1}, {}, "bad_weight"),
        (dict.fromkeys(RANKED, 0), {}, "weights_zero"),
        ({"outcome": float("nan")}, {}, "bad_weight"),
        (DEFAULT_WEIGHTS, {"reward": 101}, "bad_threshold"),
        (DEFAULT_WEIGHTS, {"quick": float("inf")}, "bad_threshold"),
    ],
)
def test_what_makes_no_sense_is_refused(
    weights: dict[str, float], lines: dict[str, float], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        wished(
            BUILT_IN, weights, lines_of(BUILT_IN, **{"reward": 50, "risk": 30, "quick": 3} | lines)
        )
    assert refused.value.code == code
    assert BUILT_IN.lines == Thresholds()
