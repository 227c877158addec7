"""Several assessors: enough of them, agreeing or not, side by side by standing."""

from __future__ import annotations

import pytest

from tests.rules.scoring.builders import assessment
from workshop.rules.refusals import Refused
from workshop.rules.scoring.assessment import Assessment, Score
from workshop.rules.scoring.criteria import DEFAULT_WEIGHTS, RANKED
from workshop.rules.scoring.panel import (
    SHORTFALLS,
    disagreement,
    expected,
    medians,
    shortfalls,
    to_discuss,
)


def says(likely: float, name: str = "ada", standing: str = "citizen", **more: object) -> Assessment:
    return assessment(Score(likely, likely, likely), name, standing, **more)


def test_three_people_with_lived_experience_and_the_front_line_among_them_are_enough() -> None:
    panel = [says(1, "a", lived=True), says(2, "b", "staff", frontline=True), says(3, "c")]

    assert shortfalls(panel) == ()


def test_each_thing_a_panel_lacks_is_named() -> None:
    assert shortfalls([]) == tuple(SHORTFALLS)
    assert shortfalls([says(1, name, lived=True) for name in "abc"]) == ("frontline",)
    assert shortfalls([says(1, name, frontline=True) for name in "abc"]) == ("lived",)


def test_the_same_person_twice_is_one_assessor() -> None:
    panel = [says(1, "a", lived=True), says(2, "b", frontline=True), says(3, "b")]

    assert shortfalls(panel) == ("assessors",)


def test_disagreement_runs_from_all_alike_to_half_and_half() -> None:
    assert disagreement([says(40), says(40)], "equity") == 0
    assert disagreement([says(0), says(100)], "equity") == 1
    assert disagreement([says(35), says(65)], "equity") == pytest.approx(0.3)
    assert disagreement([], "equity") == 0


def test_disagreement_from_the_line_on_is_to_be_discussed() -> None:
    apart = {key: Score(60, 60, 60) for key in RANKED} | {"staff": Score(90, 90, 90)}

    assert to_discuss([says(60), assessment(apart)]) == ("staff",)
    assert to_discuss([says(60), assessment(apart)], threshold=0.31) == ()


def test_a_quarrel_about_savings_is_never_a_reason_to_wait() -> None:
    rich = {key: Score(60, 60, 60) for key in RANKED} | {"savings": Score(100, 100, 100)}
    poor = {**rich, "savings": Score(0, 0, 0)}

    assert to_discuss([assessment(rich), assessment(poor)]) == ()


def test_medians_stand_side_by_side_by_standing() -> None:
    panel = [
        says(80, "a"),
        says(90, "b"),
        says(40, "c", "staff"),
        says(52, "d", "leader"),
        says(10, "e"),
    ]

    assert medians(panel, "outcome") == {"citizen": 80, "staff": 40, "leader": 52}
    assert medians(panel, "outcome", at_least=2) == {"citizen": 80}


def test_expected_values_are_means_over_assessors_after_the_evidence_has_widened_them() -> None:
    panel = [assessment(Score(0, 10, 20), "a"), assessment(Score(80, 90, 100), "b")]

    # With level 1 the second becomes 75-90-100; the first 0-10-25.
    wide = ((0 + 40 + 25) / 6 + (75 + 360 + 100) / 6) / 2
    assert expected(panel, DEFAULT_WEIGHTS, 1) == pytest.approx(dict.fromkeys(RANKED, wide))


def test_an_idea_without_scores_or_with_a_gap_is_turned_down() -> None:
    with pytest.raises(Refused) as nobody:
        expected([], DEFAULT_WEIGHTS, 1)
    with pytest.raises(Refused) as gap:
        expected([assessment({"outcome": Score(1, 2, 3)})], DEFAULT_WEIGHTS, 1)
    assert (nobody.value.code, gap.value.code) == ("no_scores", "missing_scores")
