"""Ideas and answers for the scoring tests: each builder fills in what a test does not care for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from workshop.rules.scoring.assessment import Assessment, ItemFacts, Score
from workshop.rules.scoring.criteria import RANKED
from workshop.rules.scoring.harm import RiskScore
from workshop.rules.scoring.portfolio import Candidate
from workshop.rules.scoring.risk import FACTORS, REVERSIBILITY
from workshop.rules.scoring.simulation import Case, Outlook, Spread

points = st.integers(0, 100)
scores = st.lists(points, min_size=3, max_size=3).map(lambda three: Score(*sorted(three)))
levels = st.integers(1, 5)
answers = st.builds(RiskScore, band=levels, impact=levels)
risks = st.dictionaries(st.sampled_from(list(FACTORS)), answers)
steps = st.sampled_from(list(REVERSIBILITY))
weights = st.fixed_dictionaries({key: st.integers(1, 100) for key in RANKED})


def assessment(
    score: Score | Mapping[str, Score], name: str = "ada", standing: str = "citizen", **more: Any
) -> Assessment:
    """One assessor who gives every ranked criterion `score`, or the scores of a mapping."""
    given = dict.fromkeys(RANKED, score) if isinstance(score, Score) else score
    return Assessment(name, standing, given, **more)


def case(
    *scores_given: Score, key: str = "idea", evidence: int = 5, effort: float = 1.0, **more: Any
) -> Case:
    """An idea with one assessor for each score; `more` goes into every assessment."""
    facts = ItemFacts(evidence, "months", effort=effort)
    found = tuple(
        assessment(score, name=f"assessor {place}", **more)
        for place, score in enumerate(scores_given)
    )
    return Case(key, facts, found)


def outlook(
    reward: tuple[float, float, float] = (60, 65, 70),
    risk: tuple[float, float, float] = (5, 10, 15),
    p_reward: float = 0.95,
    key: str = "idea",
) -> Outlook:
    """What a simulation might say of an idea."""
    return Outlook(key, Spread(*reward), Spread(*risk), None, reward[1], p_reward, 0.5, 0.0)


def candidate(key: str = "idea", **more: Any) -> Candidate:
    """A candidate of one person-month whose outlook takes the words of `outlook`."""
    effort, gates = more.pop("effort", 1.0), more.pop("gates", ())
    discuss = more.pop("discuss", ())
    return Candidate(key, outlook(key=key, **more), gates, discuss, effort)
