"""Print how long one core takes to draw a backlog: `python tests/load/bench_simulation.py`.

No test holds a time, because a busy machine would make it lie. The goal is one second for 60 ideas
with 5 assessors each and 5,000 draws.
"""

from __future__ import annotations

import sys
from time import perf_counter, process_time

import numpy as np

from workshop.rules.scoring.assessment import Assessment, ItemFacts, Score
from workshop.rules.scoring.criteria import DEFAULT_WEIGHTS, RANKED
from workshop.rules.scoring.harm import RiskScore
from workshop.rules.scoring.risk import FACTORS, REVERSIBILITY
from workshop.rules.scoring.simulation import DRAWS, Case, Run, simulate


def backlog(ideas: int, assessors: int) -> list[Case]:
    """Cases with made-up answers, the same in every run."""
    rng = np.random.default_rng(1)
    steps = list(REVERSIBILITY)
    return [
        Case(
            f"idea {number}",
            ItemFacts(int(rng.integers(6)), steps[int(rng.integers(5))], effort=3.0),
            tuple(_assessment(rng, f"assessor {place}") for place in range(assessors)),
        )
        for number in range(ideas)
    ]


def _assessment(rng: np.random.Generator, name: str) -> Assessment:
    scores = {key: Score(*np.sort(rng.random(3) * 100).tolist()) for key in RANKED}
    risks = {key: RiskScore(*rng.integers(1, 6, size=2).tolist()) for key in FACTORS}
    return Assessment(name, "citizen", scores, risks, still=risks)


def main() -> None:
    """Print wall and processor seconds for a few sizes; the first line pays for the table."""
    for ideas, assessors in ((1, 1), (60, 5), (200, 5)):
        cases = backlog(ideas, assessors)
        wall, work = perf_counter(), process_time()
        simulate(cases, DEFAULT_WEIGHTS, Run(seed=1))
        figures = f"{perf_counter() - wall:.2f} s, processor {process_time() - work:.2f} s"
        sys.stdout.write(f"{ideas} ideas x {assessors} assessors x {DRAWS} draws: {figures}\n")


if __name__ == "__main__":
    main()
