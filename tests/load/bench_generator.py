"""What the load generator itself costs: `python tests/load/bench_generator.py --phones 1000`.

The room is pretended, on another core, so that what is measured is the generator alone: processor
time for each phone that comes in, each frame that is received, and each vote with its answer.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import gc
import pstats
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.load.standing import GENERATOR_CORE, SERVER_CORE, fill, stay_on
from workshop.rehearsal import figures, load
from workshop.rehearsal.browser import Browser
from workshop.rehearsal.facilitator import Facilitator
from workshop.rehearsal.hall import Hall, rule_for
from workshop.rehearsal.machine import Machine, make_room
from workshop.rehearsal.person import Person

IDEAS = list(range(1, 13))


def say(line: str) -> None:
    """Tell whoever ran it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def pretended() -> Iterator[str]:
    """The address of a pretended room on the first core."""
    stay_on(SERVER_CORE)
    command = [sys.executable, str(Path(__file__).with_name("pretend.py"))]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as room:
        stay_on(GENERATOR_CORE)
        assert room.stdout
        yield f"http://127.0.0.1:{int(room.stdout.readline())}"


async def measure(site: str, phones: int, rate: float, seconds: float) -> None:
    """Fill the hall, vote, and print what each part cost."""
    hall = Hall(Facilitator(Browser.__new__(Browser)), "dots", link="/j/x", ideas=IDEAS)
    began, used = time.perf_counter(), time.process_time()
    await fill(hall, site, range(phones))
    joined = time.process_time() - used
    say(f"join     {1e3 * joined / phones:8.2f} ms a phone, {time.perf_counter() - began:.1f} s")
    gc.collect()
    gc.freeze()
    gc.disable()
    await asyncio.sleep(1)
    # One vote a tick keeps the frames coming, and leaves nothing else to do.
    await _run(hall, seconds, rate=4)
    await _run(hall, seconds, rate=rate)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"memory   {peak:8.0f} MiB")
    await hall.close()


async def _run(hall: Hall, seconds: float, *, rate: float) -> None:
    rule = rule_for("dots")

    async def vote(_: Hall, person: Person, _number: int) -> None:
        await person.vote(rule, hall.ideas, hall.votes)

    due = load.by_chance(round(rate * seconds), seconds)
    run = await load.tap([hall], due, load.anybody([hall]), vote, Machine(()), "votes")
    wall, own = run.after.at - run.before.at, run.after.own - run.before.own
    late, ack = figures.spread(run.late, 1e3), figures.spread(hall.votes.waits(), 1e3)
    say(
        f"{len(due) / seconds:6.0f} votes/s, {run.messages / wall:8.0f} frames/s: {own / wall:.3f} "
        f"of a core, {1e6 * own / max(1, run.messages):.1f} µs a frame were there nothing else; "
        f"late p95 {late.p95} ms, ack p95 {ack.p95} ms"
    )


def main() -> None:
    """Print the figures of one size."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--phones", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rate", type=float, help="votes a second; else a tenth of the phones")
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    make_room(asked.phones)
    with pretended() as site:
        work = measure(site, asked.phones, asked.rate or asked.phones / 10, asked.seconds)
        if not asked.profile:
            asyncio.run(work)
            return
        with cProfile.Profile() as profile:
            asyncio.run(work)
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
