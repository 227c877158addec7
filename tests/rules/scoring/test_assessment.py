"""What one assessor says is checked when it is made; money comes last."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.scoring import builders
from tests.rules.scoring.builders import assessment
from workshop.rules.refusals import Refused
from workshop.rules.scoring.assessment import EVIDENCE, Assessment, ItemFacts, Reach, Score
from workshop.rules.scoring.savings import (
    Saving,
    is_a_cut,
    money_may_be_asked,
    require_outcome_first,
)

SURE = ItemFacts(evidence=5, reversibility="weeks")


def refused(make: Callable[..., object], *args: object, **named: object) -> str:
    with pytest.raises(Refused) as no:
        make(*args, **named)
    return no.value.code


def test_three_numbers_in_the_wrong_order_are_told_apart() -> None:
    assert refused(Score, 60, 50, 70) == "low_over_likely"
    assert refused(Score, 40, 80, 70) == "likely_over_high"


@pytest.mark.parametrize("three", [(-1, 0, 1), (0, 50, 101), (0, float("nan"), 100), (0, 1, True)])
def test_a_number_off_the_scale_is_turned_down(three: tuple[float, ...]) -> None:
    assert refused(Score, *three) == "score_range"


def test_the_mean_is_the_pert_mean() -> None:
    assert Score(20, 50, 100).mean == pytest.approx((20 + 4 * 50 + 100) / 6)


def test_evidence_sets_the_least_half_width_of_the_methods() -> None:
    assert [half for _, half in EVIDENCE] == [20, 15, 10, 7, 5, 3]


@given(builders.scores, st.integers(0, 5))
def test_weak_evidence_only_ever_widens_a_score(score: Score, evidence: int) -> None:
    wide = score.widened(evidence)
    half = EVIDENCE[evidence][1]

    assert wide.low <= score.low
    assert wide.high >= score.high
    assert wide.likely == score.likely
    assert wide.low == 0 or wide.likely - wide.low >= half
    assert wide.high == 100 or wide.high - wide.likely >= half


def test_a_score_as_wide_as_the_evidence_asks_stays_as_it_is() -> None:
    assert Score(30, 50, 70).widened(0) == Score(30, 50, 70)
    assert Score(45, 50, 95).widened(0) == Score(30, 50, 95)


def test_an_assessment_with_a_gap_is_not_complete() -> None:
    whole = assessment(Score(1, 2, 3))
    whole.require()

    gap = Assessment("ada", "citizen", {"outcome": Score(1, 2, 3)})
    assert refused(gap.require) == "missing_scores"


def test_an_unknown_standing_is_turned_down() -> None:
    assert refused(assessment, Score(1, 2, 3), standing="king") == "unknown_choice"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ((6, "weeks"), "unknown_choice"),
        ((-1, "weeks"), "unknown_choice"),
        ((True, "weeks"), "unknown_choice"),
        ((1, "never"), "unknown_choice"),
        ((1, "weeks", -1.0), "bad_effort"),
        ((1, "weeks", float("nan")), "bad_effort"),
    ],
)
def test_facts_off_the_tables_are_turned_down(facts: tuple[object, ...], code: str) -> None:
    assert refused(ItemFacts, *facts) == code


def test_reach_is_a_range_of_people() -> None:
    assert Reach(100, 1240, 2000).likely == 1240
    assert refused(Reach, -1, 0, 1) == "reach_range"
    assert refused(Reach, 5, 4, 6) == "low_over_likely"
    assert refused(Reach, 1, 4, 3) == "likely_over_high"


def test_money_may_be_asked_only_after_the_outcome() -> None:
    assert not money_may_be_asked({"equity": Score(1, 2, 3)})
    assert refused(require_outcome_first, {}) == "outcome_first"
    require_outcome_first({"outcome": Score(1, 2, 3)})


def test_a_saving_needs_its_mechanism_and_its_order() -> None:
    assert refused(Saving, 1, 2, 3, "  ") == "savings_how"
    assert refused(Saving, -1, 2, 3, "fewer letters") == "money_range"
    assert refused(Saving, 3, 2, 3, "fewer letters") == "low_over_likely"
    assert refused(Saving, 1, 4, 3, "fewer letters") == "likely_over_high"


def test_a_saving_that_makes_little_better_or_somebody_worse_off_is_a_cut() -> None:
    saving = Saving(0, 100, 200, "fewer repeat contacts, because letters are clear")
    unfair = ItemFacts(5, "weeks", worse_off="people without a car")

    assert is_a_cut(saving, 25, SURE)
    assert not is_a_cut(saving, 26, SURE)
    assert is_a_cut(saving, 90, unfair)
    assert not is_a_cut(Saving(0, 0, 0, "none"), 10, SURE)
