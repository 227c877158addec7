"""A portfolio drawn together: the same figures as alone, and places shared between all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.scoring.builders import case, risks, scores, weights
from workshop.rules.refusals import Refused
from workshop.rules.scoring.appraisal import as_stored, from_stored
from workshop.rules.scoring.assessment import Score
from workshop.rules.scoring.criteria import CRITERIA
from workshop.rules.scoring.harm import RiskScore
from workshop.rules.scoring.joint import Measured, Portfolio, draw_portfolio
from workshop.rules.scoring.portfolio import ADVICE, Candidate, Thresholds, advise
from workshop.rules.scoring.simulation import Run, simulate
from workshop.rules.scoring.yardstick import BUILT_IN, Yardstick

BAND_FIVE = RiskScore(5, 5)
FEW = 400
SEED = 7


def weighing(given_weights: dict[str, float]) -> Yardstick:
    """The built-in yardstick with other weights."""
    rows = {key: replace(row, weight=given_weights.get(key, 0.0)) for key, row in CRITERIA.items()}
    return replace(BUILT_IN, criteria=rows)


def portfolio(*ideas: Measured, draws: int = FEW) -> Portfolio:
    return draw_portfolio(ideas, SEED, draws=draws)


def test_an_idea_has_the_same_figures_in_a_portfolio_as_alone() -> None:
    ideas = [case(Score(low, low + 10, low + 30), key=f"idea {low}") for low in (10, 30, 50)]
    found = portfolio(*map(Measured, ideas))
    alone = simulate(ideas, BUILT_IN.weights, Run(SEED, draws=FEW))
    for outlook in alone.outlooks:
        assert found.appraisals[outlook.key].outlook == outlook
    by_key = {one.key: place for place, one in enumerate(alone.outlooks)}
    first, second = (by_key[key] for key in found.keys[:2])
    assert found.better[0][1] == pytest.approx(alone.better[first][second], abs=1e-4)


@settings(max_examples=20, deadline=None)
@given(st.lists(scores, min_size=11, max_size=14))
def test_the_places_among_the_best_are_shared_between_all(given_scores: list[Score]) -> None:
    ideas = [Measured(case(one, key=str(place))) for place, one in enumerate(given_scores)]
    found = portfolio(*ideas)
    shares = [one.outlook.p_top for one in found.appraisals.values()]
    # Ideas that draw level at the last place are all in, so there may be more than ten.
    assert sum(shares) >= found.top - 1e-9
    for row, column in zip(found.better, zip(*found.better, strict=True), strict=True):
        assert [a + b for a, b in zip(row, column, strict=True)] == pytest.approx([1.0] * len(row))


@settings(max_examples=25, deadline=None)
@given(scores, weights, st.floats(0.001, 1000))
def test_weights_scaled_by_a_constant_change_nothing(
    one: Score, given_weights: dict[str, float], scale: float
) -> None:
    scaled = {key: weight * scale for key, weight in given_weights.items()}
    plain = portfolio(Measured(case(one), weighing(given_weights)))
    assert portfolio(Measured(case(one), weighing(scaled))) == plain


@settings(max_examples=25, deadline=None)
@given(scores, scores, risks)
def test_savings_never_move_a_rank(one: Score, saving: Score, harms: dict[str, object]) -> None:
    plain = case(one, risks=harms)
    panel = tuple(replace(a, scores={**a.scores, "savings": saving}) for a in plain.assessments)
    saved = replace(plain, assessments=panel)
    assert portfolio(Measured(saved)) == portfolio(Measured(plain))


@settings(max_examples=40, deadline=None)
@given(
    likely=st.integers(50, 80),
    narrow=st.integers(3, 20),
    wider=st.integers(0, 20),
    harms=risks,
    effort=st.sampled_from([1.0, 9.0]),
)
def test_the_same_mean_with_a_wider_spread_never_improves_the_class(
    likely: int, narrow: int, wider: int, harms: dict[str, object], effort: float
) -> None:
    """Symmetric, unclipped, at or above R*: doubt alone must never look like promise."""
    wide = min(narrow + wider, 100 - likely)
    classes = []
    for half in (min(narrow, wide), wide):
        idea = case(Score(likely - half, likely, likely + half), risks=harms, effort=effort)
        found = draw_portfolio([Measured(idea)], SEED).appraisals["idea"]
        picked = Candidate("idea", found.outlook, found.gates, found.discuss, effort)
        classes.append(READY.index(advise(picked)))
    assert classes[1] >= classes[0]


READY = [key for key in ADVICE if key not in {"not", "stop"}] + ["not", "stop"]


@settings(max_examples=30, deadline=None)
@given(scores, risks)
def test_no_reward_offsets_a_gate(one: Score, harms: dict[str, object]) -> None:
    found = portfolio(Measured(case(one, risks=harms))).appraisals["idea"]
    picked = Candidate("idea", found.outlook, found.gates, found.discuss, 1.0)
    lines = Thresholds(reward=0.0, risk=100.0, quick=1000.0)
    assert (advise(picked, lines) == "stop") is bool(found.gates)


def test_each_idea_goes_by_its_own_yardstick_and_says_which() -> None:
    strict = replace(BUILT_IN, version=3, place="programme-2", lines=Thresholds(reward=90))
    both = [
        Measured(case(Score(60, 70, 80), key="a")),
        Measured(case(Score(60, 70, 80), key="b"), strict),
    ]
    found = portfolio(*both).appraisals
    assert (found["a"].yardstick, found["b"].yardstick) == ("server, 0", "programme-2, 3")
    assert found["a"].outlook.p_reward > 0.9
    assert found["b"].outlook.p_reward < 0.1
    assert (found["a"].among, found["a"].seed, found["a"].version) == (2, SEED, "scoring-1")
    assert from_stored(as_stored(found["b"])) == found["b"]


def test_a_risk_that_is_taken_out_counts_no_more() -> None:
    severe = {"dependency": BAND_FIVE}
    retired = replace(BUILT_IN, retired=frozenset({"dependency"}))
    idea = case(Score(60, 70, 80), risks=severe)
    assert portfolio(Measured(idea)).appraisals["idea"].outlook.risk.p50 > 50
    assert portfolio(Measured(idea, retired)).appraisals["idea"].outlook.risk.p90 == 0


def test_progress_is_told_and_an_empty_portfolio_is_an_empty_answer() -> None:
    told: list[int] = []
    ideas = [Measured(case(Score(1, 2, 3), key=str(place))) for place in range(3)]
    draw_portfolio(ideas, SEED, draws=10, progress=told.append)
    assert told == [1, 2, 3]
    assert draw_portfolio([], SEED).keys == ()


def test_an_idea_nobody_can_weigh_is_turned_down() -> None:
    with pytest.raises(Refused, match="weights_zero"):
        portfolio(Measured(case(Score(1, 2, 3)), weighing({})))
