"""Gates: what closes one, what opens it again, and that reward never does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.scoring import builders
from workshop.rules.scoring.assessment import ItemFacts
from workshop.rules.scoring.gates import GATES, closed_gates
from workshop.rules.scoring.harm import RiskScore
from workshop.rules.scoring.portfolio import Candidate, Thresholds, advise


def facts(**more: Any) -> ItemFacts:
    return ItemFacts(3, "weeks", **more)


def test_an_idea_with_nothing_against_it_passes_every_gate() -> None:
    calm = {"safeguarding": RiskScore(1, 5), "legal": RiskScore(5, 4), "delivery": RiskScore(5, 5)}

    assert closed_gates(facts(owned=True), [calm]) == ()


@pytest.mark.parametrize("factor", ["safeguarding", "legal"])
def test_lasting_harm_that_is_not_very_unlikely_closes_the_gate_of_its_factor(factor: str) -> None:
    assert closed_gates(facts(), [{factor: RiskScore(2, 5)}]) == (factor,)


def test_one_assessor_who_sees_lasting_harm_is_enough() -> None:
    calm = {"safeguarding": RiskScore(1, 1)}

    assert closed_gates(facts(), [calm, calm, {"safeguarding": RiskScore(3, 5)}]) == (
        "safeguarding",
    )


def test_a_group_made_worse_off_closes_the_gate_until_there_is_a_remedy() -> None:
    assert closed_gates(facts(worse_off="night staff"), []) == ("worse_off",)
    assert closed_gates(facts(worse_off="night staff", remedy="  "), []) == ("worse_off",)
    assert closed_gates(facts(worse_off="night staff", remedy="paid taxis"), []) == ()


def test_a_fact_that_a_file_does_not_carry_closes_nothing() -> None:
    assert closed_gates(facts(owned=None), []) == ()
    assert closed_gates(facts(owned=False), []) == ("no_owner",)


def test_every_closed_gate_is_named_in_the_order_of_the_table() -> None:
    worst = {key: RiskScore(5, 5) for key in ("legal", "safeguarding")}
    found = closed_gates(facts(unlawful=True, worse_off="tenants", owned=False), [worst])

    assert found == tuple(GATES)


@given(
    st.tuples(builders.points, builders.points, builders.points).map(sorted).map(tuple),
    st.floats(0, 1),
    st.sampled_from(list(GATES)),
    st.floats(0, 100),
)
def test_no_reward_and_no_threshold_opens_a_closed_gate(
    reward: tuple[float, float, float], p_reward: float, gate: str, line: float
) -> None:
    idea = Candidate("idea", builders.outlook(reward, (0, 0, 0), p_reward), (gate,), (), 0.1)

    assert advise(idea) == "stop"
    assert advise(idea, Thresholds(reward=line, risk=line, hopeful=0, sure=0)) == "stop"
