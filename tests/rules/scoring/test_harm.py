"""K: worked by hand, never falling when anything gets worse, and held to the tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.scoring import builders
from workshop.rules.refusals import Refused
from workshop.rules.scoring.harm import (
    RiskScore,
    biggest_first,
    combined,
    risk,
    risk_of_standing_still,
    to_be_made_safe,
)
from workshop.rules.scoring.risk import FACTORS, IMPACTS, LIKELIHOODS, REVERSIBILITY

probabilities = st.floats(0, 1)
harms = st.floats(0, 100)
pairs = st.lists(st.tuples(probabilities, harms), min_size=1, max_size=6)
rhos = st.sampled_from([step.factor for step in REVERSIBILITY.values()])


def k(pairs_given: list[tuple[float, float]], rho: float) -> float:
    chances, impacts = zip(*pairs_given, strict=True)
    return float(combined(chances, impacts, rho))


def test_the_tables_are_those_of_the_methods() -> None:
    assert [(row.low, row.high) for row in LIKELIHOODS.values()] == [
        (0.01, 0.05),
        (0.05, 0.20),
        (0.20, 0.50),
        (0.50, 0.80),
        (0.80, 0.95),
    ]
    assert [row.harm for row in IMPACTS.values()] == [5, 15, 35, 65, 100]
    assert [step.factor for step in REVERSIBILITY.values()] == [0.6, 0.8, 1.0, 1.2, 1.5]
    assert list(FACTORS) == ["delivery", "safeguarding", "legal", "acceptance", "dependency"]


def test_two_risks_worked_out_by_hand() -> None:
    risks = {"delivery": RiskScore(3, 3), "legal": RiskScore(1, 5)}

    # 1 - (1 - .35 * .42) * (1 - .03 * 1) with rho 1.2; the severe impact is held at 100.
    assert risk(risks, "hard") == pytest.approx(100 * (1 - (1 - 0.35 * 0.42) * 0.97))


@given(pairs, rhos, st.integers(0, 5), probabilities, harms)
def test_k_never_falls_when_a_chance_or_a_harm_rises(
    given_pairs: list[tuple[float, float]], rho: float, at: int, chance: float, harm: float
) -> None:
    place = at % len(given_pairs)
    worse = list(given_pairs)
    worse[place] = (max(worse[place][0], chance), max(worse[place][1], harm))

    assert k(worse, rho) >= k(given_pairs, rho) - 1e-9


@given(builders.risks, st.sampled_from(list(FACTORS)), builders.steps, st.integers(0, 1))
def test_k_never_falls_when_one_answer_gets_worse(
    risks: dict[str, RiskScore], key: str, step: str, chance: int
) -> None:
    start = risks.get(key, RiskScore(1, 1))
    worse = RiskScore(min(5, start.band + chance), min(5, start.impact + 1 - chance))

    assert risk({**risks, key: worse}, step) >= risk({**risks, key: start}, step)


@given(builders.risks)
def test_what_is_harder_to_undo_is_never_less_risky(risks: dict[str, RiskScore]) -> None:
    found = [risk(risks, step) for step in REVERSIBILITY]

    assert found == sorted(found)
    assert all(0 <= one <= 100 for one in found)


@given(builders.risks)
def test_standing_still_uses_the_same_factors_as_something_undone_in_months(
    risks: dict[str, RiskScore],
) -> None:
    assert risk_of_standing_still(risks) == risk(risks, "months")


def test_nothing_answered_is_no_risk() -> None:
    assert risk({}, "weeks") == 0


@given(builders.risks, builders.steps, st.integers(0, 100))
def test_a_bold_bet_is_told_the_fewest_risks_that_would_make_it_safe(
    risks: dict[str, RiskScore], step: str, line: int
) -> None:
    gone = to_be_made_safe(risks, step, line)
    left = {key: one for key, one in risks.items() if key not in gone}

    assert risk(left, step) <= line
    if gone:
        kept = {key: one for key, one in risks.items() if key not in gone[:-1]}
        assert risk(kept, step) > line
        assert gone == tuple(biggest_first(risks, step)[: len(gone)])


@pytest.mark.parametrize(("band", "impact"), [(0, 1), (6, 1), (1, 0), (1, 6), (True, 1), (2.5, 1)])
def test_an_answer_off_the_tables_is_turned_down(band: int, impact: int) -> None:
    with pytest.raises(Refused):
        RiskScore(band, impact)


def test_unknown_names_are_turned_down() -> None:
    for wrong in (
        lambda: RiskScore(1, 1, bearers=("weather",)),
        lambda: risk({"weather": RiskScore(1, 1)}, "weeks"),
        lambda: risk({}, "tomorrow"),
    ):
        with pytest.raises(Refused):
            wrong()
