"""What may go wrong, each with a script that does it and says what became of it.

A fault is one module in this folder with one function:

    def run(rounds: int, seed: int) -> Figures

It does the harm `rounds` times, draws all its chance from `seed`, and returns its figures: plain
JSON values, with `wrong`, a list of sentences, each saying what must never happen and did. An empty
list is what we promise. It stops by itself and leaves nothing running. What needs PostgreSQL or
Redis finds their addresses in `LONGTABLE_TEST_DATABASE_URL` and `LONGTABLE_TEST_REDIS_URL`.

To add a fault: write the module, add a row below, and let `test_<name>.py` call `short("<name>")`
and hold `wrong` against `[]`. `python -m tests.faults NAME --whole` prints the figures of TRUST.
"""

from __future__ import annotations

import importlib
import secrets
import time
from typing import Any, Final, NamedTuple

Figures = dict[str, Any]
"""What a fault came to: plain JSON values, among them `wrong`, a list of sentences."""


class Fault(NamedTuple):
    """How often a fault is done in a test of seconds, and how often for the published figure."""

    short: int
    whole: int


#: The name of each module in this folder that does harm.
FAULTS: Final[dict[str, Fault]] = {
    "flapping": Fault(60, 500),
    "fuzz": Fault(150, 5_000),
    "clock_step": Fault(12, 500),
    "close_race": Fault(50, 500),
    "disk_full": Fault(20, 500),
    "duplicates": Fault(5_000, 100_000),
    "kill": Fault(10, 100),
    "nemesis": Fault(60, 600),
    "slow": Fault(20, 100),
    "postgres_restart": Fault(2, 10),
    "power_cut": Fault(50, 500),
    "races": Fault(20, 200),
    "redis_away": Fault(6, 60),
    "worker_kill": Fault(2, 10),
}


def do(name: str, rounds: int, seed: int | None = None) -> Figures:
    """Do the fault `name` and return its figures, with the seed by which it can be done again."""
    seed = secrets.randbelow(2**31) if seed is None else seed
    run = importlib.import_module(f"tests.faults.{name}").run
    print(f"fault {name}: {rounds} rounds, seed {seed}", flush=True)  # noqa: T201 - a failure shows it
    began = time.monotonic()
    figures: Figures = run(rounds, seed)
    seconds = round(time.monotonic() - began, 1)
    return {"fault": name, "rounds": rounds, "seed": seed, "seconds": seconds, **figures}


def short(name: str) -> Figures:
    """Do a fault as briefly as a test may."""
    return do(name, FAULTS[name].short)
