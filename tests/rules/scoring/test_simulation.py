"""The draws: right on average, the same again, and honest about width."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.scoring import builders
from tests.rules.scoring.builders import assessment, case
from workshop.rules.refusals import Refused
from workshop.rules.scoring.assessment import ItemFacts, Score
from workshop.rules.scoring.criteria import CRITERIA, DEFAULT_WEIGHTS, RANKED
from workshop.rules.scoring.harm import RiskScore, risk
from workshop.rules.scoring.portfolio import ADVICE, Candidate, advise
from workshop.rules.scoring.simulation import (
    RULE_VERSION,
    Case,
    Outlook,
    Run,
    chances_of_top,
    pairwise,
    simulate,
    worth_of_knowing,
)

QUICK = Run(seed=7, draws=1_000)
MIXED = (
    case(Score(60, 70, 90), Score(20, 50, 60), key="lift"),
    case(Score(30, 55, 80), key="letter", evidence=2),
    case(Score(55, 60, 65), Score(40, 60, 70), Score(50, 90, 95), key="nurse", evidence=0),
)


def alone(one: Case, weights: dict[str, float] = DEFAULT_WEIGHTS, run: Run = QUICK) -> Outlook:
    return simulate([one], weights, run).outlooks[0]


def test_the_same_input_and_seed_give_the_same_numbers() -> None:
    first = simulate(MIXED, DEFAULT_WEIGHTS, QUICK)

    assert simulate(MIXED, DEFAULT_WEIGHTS, QUICK) == first
    assert simulate(MIXED, DEFAULT_WEIGHTS, Run(seed=8, draws=1_000)) != first
    assert first.run.version == RULE_VERSION


def test_an_idea_keeps_its_figures_whoever_stands_beside_it() -> None:
    together = simulate(MIXED[::-1], DEFAULT_WEIGHTS, QUICK).outlooks[-1]
    single = alone(MIXED[0])

    assert (together.reward, together.risk, together.evpi) == (
        single.reward,
        single.risk,
        single.evpi,
    )


@given(builders.weights, st.sampled_from((0.01, 3, 1e5)))
@settings(max_examples=15)
def test_scaled_weights_give_the_very_same_draws(weights: dict[str, float], scale: float) -> None:
    scaled = {key: one * scale for key, one in weights.items()}

    assert simulate(MIXED, scaled, QUICK) == simulate(MIXED, weights, QUICK)


def test_one_assessor_agrees_with_the_moments_worked_out_by_hand() -> None:
    # One criterion, so the weight is 1: R is the PERT score itself.
    spread = alone(case(Score(20, 50, 80)), {"outcome": 1}, Run(seed=1, draws=40_000))

    # Beta(3, 3): P10 and P90 lie at 0.24664 and 0.75336 of the range.
    assert spread.reward.p10 == pytest.approx(20 + 60 * 0.24664, abs=0.4)
    assert spread.reward.p50 == pytest.approx(50, abs=0.4)
    assert spread.reward.p90 == pytest.approx(20 + 60 * 0.75336, abs=0.4)
    assert spread.mean == pytest.approx(50, abs=0.3)


def test_the_copula_ties_criteria_as_firmly_as_it_says() -> None:
    # With equal weights Var(R) = sd^2 (1 + (n - 1) rho') / n; for these near-normal scores rho'
    # is close to the .5 of the copula. Untied criteria would give a far narrower reward.
    even = dict.fromkeys(RANKED, 1.0)
    spread = alone(case(Score(20, 50, 80)), even, Run(seed=2, draws=40_000)).reward
    sd_of_one = 60 * (9 / 252) ** 0.5

    width_in_sd = spread.width / (2 * 1.2816) / sd_of_one
    assert width_in_sd == pytest.approx((0.2 + 0.8 * 0.5) ** 0.5, abs=0.02)


def test_each_assessor_is_heard_equally_often() -> None:
    split = alone(case(Score(0, 3, 6), Score(94, 97, 100)), run=Run(seed=3, draws=20_000))

    assert split.p_reward == pytest.approx(0.5, abs=0.02)
    assert split.reward.width > 90


def test_risks_are_even_inside_their_band_and_held_at_their_edges() -> None:
    one = case(Score(1, 2, 3), risks={"delivery": RiskScore(3, 5)})
    spread = alone(one, run=Run(seed=4, draws=20_000)).risk

    assert spread.p10 == pytest.approx(23, abs=0.5)
    assert spread.p50 == pytest.approx(35, abs=0.5)
    assert spread.p90 == pytest.approx(47, abs=0.5)


@given(builders.risks.filter(bool), builders.steps)
@settings(max_examples=25)
def test_the_median_risk_lies_close_to_the_risk_at_the_middle_of_the_bands(
    risks: dict[str, RiskScore], step: str
) -> None:
    one = Case("idea", ItemFacts(5, step), (assessment(Score(1, 2, 3), risks=risks),))

    assert alone(one).risk.p50 == pytest.approx(risk(risks, step), abs=3)


def test_standing_still_is_left_open_where_nobody_answered() -> None:
    quiet = alone(case(Score(1, 2, 3)))
    heard = alone(case(Score(1, 2, 3), still={"legal": RiskScore(5, 5)}))

    assert quiet.still is None
    assert heard.still is not None
    assert heard.still.p50 == pytest.approx(87.5, abs=1)


def test_an_assessor_without_risks_does_not_water_the_others_down() -> None:
    panel = (
        assessment(Score(1, 2, 3), "ada"),
        assessment(Score(1, 2, 3), "bo", risks={"delivery": RiskScore(5, 5)}),
    )

    assert alone(Case("idea", ItemFacts(5, "months"), panel)).risk.p10 > 80


@given(st.lists(st.tuples(builders.scores, builders.scores), min_size=1, max_size=3), st.data())
@settings(max_examples=20)
def test_savings_never_move_a_rank(pairs: list[tuple[Score, Score]], data: st.DataObject) -> None:
    def backlog(savings: Callable[[], Score]) -> list[Case]:
        return [
            Case(
                f"idea {n}",
                ItemFacts(3, "weeks"),
                tuple(
                    assessment(dict.fromkeys(RANKED, one) | {"savings": savings()}, f"a{place}")
                    for place, one in enumerate(pair)
                ),
            )
            for n, pair in enumerate(pairs)
        ]

    low = simulate(backlog(lambda: Score(0, 0, 0)), DEFAULT_WEIGHTS, QUICK)
    some = simulate(backlog(lambda: data.draw(builders.scores)), DEFAULT_WEIGHTS, QUICK)
    assert some == low


@given(st.integers(50, 75), st.integers(0, 11), st.integers(1, 12), st.integers(0, 5))
@settings(max_examples=60)
def test_the_same_mean_with_a_wider_spread_never_improves_the_advice(
    mean: int, half: int, more: int, evidence: int
) -> None:
    kinds = ["quick", "safe", "bold", "learn", "not", "stop"]

    def advice(width: int) -> int:
        one = case(Score(mean - width, mean, mean + width), evidence=evidence)
        return kinds.index(advise(Candidate("idea", alone(one), effort=1)))

    assert advice(half + more) >= advice(half)
    assert list(ADVICE) == kinds


def test_scores_without_any_width_and_without_doubt_still_work() -> None:
    certain = alone(case(Score(100, 100, 100), Score(100, 100, 100)))

    assert certain.reward.p90 <= 100
    assert certain.p_reward == 1
    assert certain.evpi == 0


def test_knowing_more_is_worth_most_when_the_line_runs_through_the_doubt() -> None:
    doubtful = alone(case(Score(10, 50, 90)))
    clear = alone(case(Score(80, 85, 90)))
    hopeless = alone(case(Score(5, 10, 15)))

    assert doubtful.evpi > 3
    assert clear.evpi == pytest.approx(0, abs=1e-9)
    assert hopeless.evpi == pytest.approx(0, abs=1e-9)


def test_the_worth_of_knowing_is_the_published_difference() -> None:
    reward = np.array([10.0, 45.0, 60.0, 90.0])

    # E[max(R - 50, 0)] = 12.5 and E[R] - 50 = 1.25.
    assert worth_of_knowing(reward, 50) == pytest.approx(12.5 - 1.25)
    assert worth_of_knowing(reward, 95) == 0


def test_the_best_of_a_run_share_the_places_between_them() -> None:
    result = simulate(MIXED, DEFAULT_WEIGHTS, Run(seed=1, top=2, draws=1_000))

    assert sum(one.p_top for one in result.outlooks) == pytest.approx(2)
    assert chances_of_top(np.zeros((2, 5)), 2) == [1.0, 1.0]


def test_of_two_ideas_one_wins_as_often_as_the_other_loses() -> None:
    rewards = np.array([[1.0, 2.0, 3.0, 4.0], [1.0, 1.0, 4.0, 1.0]])

    assert pairwise(rewards).tolist() == [[0.5, 0.625], [0.375, 0.5]]


def test_progress_is_told_after_every_idea() -> None:
    heard: list[int] = []
    simulate(MIXED, DEFAULT_WEIGHTS, QUICK, progress=heard.append)

    assert heard == [1, 2, 3]


def test_a_reworded_criterion_keeps_old_results() -> None:
    table = {
        key: type(one)(key, "Another name", one.question, one.weight, one.anchors, one.ranked)
        for key, one in CRITERIA.items()
    }

    assert simulate(MIXED, DEFAULT_WEIGHTS, QUICK, criteria=table) == simulate(
        MIXED, DEFAULT_WEIGHTS, QUICK
    )


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (Case("idea", ItemFacts(1, "weeks"), ()), "no_scores"),
        (
            Case("idea", ItemFacts(1, "weeks"), (assessment({"outcome": Score(1, 2, 3)}),)),
            "missing_scores",
        ),
    ],
)
def test_an_idea_that_cannot_be_drawn_is_turned_down(broken: Case, code: str) -> None:
    with pytest.raises(Refused) as no:
        alone(broken)
    assert no.value.code == code


def test_a_backlog_without_ideas_is_an_empty_result() -> None:
    assert simulate([], DEFAULT_WEIGHTS, QUICK).outlooks == ()
