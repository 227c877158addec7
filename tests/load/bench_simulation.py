"""How long a portfolio takes to draw, and whether a room beside it notices.

`python tests/load/bench_simulation.py` prints seconds of one core for the draws. With `--room` it
also fills a database with 60 ideas and 5 assessors each and lets a hall of 100 vote 30 times a
second through the real acts on the green engine. Beside it the whole portfolio is worked out again
and again; it prints how late a task of the same process woke up, with and without those runs.

No test holds a time, because a busy machine would make it lie. The goals are one second of one core
for 60 ideas with 5 assessors each and 5,000 draws, and no gap of the loop above 200 ms.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from workshop.rules.scoring.assessment import Assessment, ItemFacts, Score
from workshop.rules.scoring.criteria import RANKED
from workshop.rules.scoring.harm import RiskScore
from workshop.rules.scoring.joint import Measured, draw_portfolio
from workshop.rules.scoring.risk import FACTORS, REVERSIBILITY
from workshop.rules.scoring.simulation import DRAWS, Case

SECONDS = 15.0
EVERY = 0.005


def backlog(ideas: int, assessors: int) -> list[Measured]:
    """Ideas with made-up answers, the same in every run."""
    rng = np.random.default_rng(1)
    steps = list(REVERSIBILITY)
    return [
        Measured(
            Case(
                f"idea {number}",
                ItemFacts(int(rng.integers(6)), steps[int(rng.integers(5))], effort=3.0),
                tuple(_assessment(rng, f"assessor {place}") for place in range(assessors)),
            )
        )
        for number in range(ideas)
    ]


def _assessment(rng: np.random.Generator, name: str) -> Assessment:
    scores = {key: Score(*np.sort(rng.random(3) * 100).tolist()) for key in RANKED}
    risks = {key: RiskScore(*rng.integers(1, 6, size=2).tolist()) for key in FACTORS}
    return Assessment(name, "citizen", scores, risks, still=risks)


def draws_alone() -> None:
    """Print wall and processor seconds for a few sizes; the first line pays for the table."""
    for ideas, assessors in ((1, 1), (60, 5), (200, 5)):
        cases = backlog(ideas, assessors)
        wall, work = perf_counter(), process_time()
        draw_portfolio(cases)
        figures = f"{perf_counter() - wall:.2f} s, processor {process_time() - work:.2f} s"
        sys.stdout.write(f"{ideas} ideas x {assessors} assessors x {DRAWS} draws: {figures}\n")


def beside_a_room() -> None:
    """Print how late the loop woke up while people voted, without and with runs beside them."""
    # An engine has to patch the library before the rest is imported, as app.py does.
    import eventlet  # noqa: PLC0415 - only with --room

    eventlet.monkey_patch()
    from tests.load.room_beside import Beside  # noqa: PLC0415 - after the patch

    with tempfile.TemporaryDirectory() as folder:
        room = Beside(Path(folder) / "beside.sqlite3", ideas=60, assessors=5)
        for runs in (False, True):
            sys.stdout.write(room.measure(SECONDS, EVERY, runs=runs) + "\n")


def main() -> None:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", action="store_true", help="with a live room beside it")
    wanted = parser.parse_args()
    if wanted.room:
        beside_a_room()
    else:
        draws_alone()


if __name__ == "__main__":
    main()
