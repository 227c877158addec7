"""Assess a file of ideas: the figures behind the advice, in a form that other tools can read."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from workshop.formats.assess_reading import AssessmentFile, read_assessments
from workshop.rules.scoring.gates import closed_gates
from workshop.rules.scoring.panel import to_discuss
from workshop.rules.scoring.portfolio import ADVICE, Candidate, advise
from workshop.rules.scoring.simulation import Case, Outlook, Run, Spread, simulate

DIGITS: Final = 4


def assess_file(path: Path, seed: int) -> list[dict[str, Any]]:
    """What `assess` says of the file at `path`. Raises BadFile with one sentence."""
    return assess(read_assessments(path), seed)


def assess(file: AssessmentFile, seed: int) -> list[dict[str, Any]]:
    """One dictionary for each item, in the order of the file; the same seed gives the same answer.

    Keys: `name`, `R` and `K` ([P10, P50, P90] on 0-100), `p_reward` (P(R >= 50)), `evpi` (points of
    reward), `class` (a `method` name of `ADVICE`) and `gates` (codes of `GATES` that are closed).
    """
    result = simulate(file.cases, file.weights, Run(seed))
    rows = zip(file.names, file.cases, result.outlooks, strict=True)
    return [_row(name, case, outlook) for name, case, outlook in rows]


def _row(name: str, case: Case, outlook: Outlook) -> dict[str, Any]:
    gates = closed_gates(case.facts, (one.risks for one in case.assessments))
    discuss = to_discuss(case.assessments)
    idea = Candidate(case.key, outlook, gates, discuss, case.facts.effort)
    return {
        "name": name,
        "R": _three(outlook.reward),
        "K": _three(outlook.risk),
        "p_reward": round(outlook.p_reward, DIGITS),
        "evpi": round(outlook.evpi, DIGITS),
        "class": ADVICE[advise(idea)].method,
        "gates": list(gates),
    }


def _three(spread: Spread) -> list[float]:
    return [round(value, DIGITS) for value in (spread.p10, spread.p50, spread.p90)]
