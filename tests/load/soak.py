"""An hour in one hall: `python tests/load/soak.py --minutes 60 --phones 300`.

Starts a server of its own, fills a hall, and has it send a vote a second for every ten phones; a
smaller room posts ideas meanwhile, people leave and come back, and connections break. Every ten
seconds it samples what the server holds. It ends by itself, and with 0 only where nothing was lost
or doubled, memory grew by 5 % at most, and open files stayed flat.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from tests.load.growth import growth
from tests.load.lasting import Lasting
from tests.load.standing import serving

MOST_GROWTH: Final = 0.05
MOST_FILES: Final = 5
"""Files that may be open more at the end than at first, beyond the connections themselves."""


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--warm-up", type=float, default=5, help="minutes that are not judged")
    parser.add_argument("--phones", type=int, default=300)
    parser.add_argument("--churn", type=float, default=4, help="people who leave, a minute")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--engine", default="eventlet")
    parser.add_argument("--out", type=Path, help="a file for every sample, as lines of JSON")
    return parser.parse_args()


def main() -> int:
    """Run it and print what was found."""
    asked = _asked()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        port = asked.port
        with serving(Path(folder), port=port, engine=asked.engine) as server:
            run = Lasting(server, asked.phones, asked.minutes * 60, asked.churn, asked.out)
            asyncio.run(run.hold())
        size = sum(one.stat().st_size for one in Path(folder).glob("longtable.sqlite3*"))
    print(f"database {size / 2**20:.0f} MiB, in all {time.monotonic() - started:.0f} s")  # noqa: T201 - it speaks to whoever ran it
    return judge(run, asked.warm_up * 60)


def judge(run: Lasting, warm_up: float) -> int:
    """Print the verdict; 0 where everything is as it should be."""
    told: dict[str, Any] = run.told()
    memory = growth([(one.at, float(one.memory)) for one in run.samples], warm_up)
    # One file for each connection is no leak; who is connected changes by the minute.
    files = growth([(one.at, float(one.spare_files)) for one in run.samples], warm_up)
    told["memory"] = {
        "early_mib": round(memory.early / 2**20, 1),
        "late_mib": round(memory.late / 2**20, 1),
        "growth_percent": round(100 * memory.share, 2),
    }
    told["files"] = {"early": files.early, "late": round(files.late, 1)}
    wrong = told["lost"] + told["doubled"] + told["unanswered"] + told["unseen"]
    sound = not wrong
    flat = abs(files.late - files.early) <= MOST_FILES
    told["sound"], told["flat"] = sound, flat
    told["small"] = memory.share <= MOST_GROWTH
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return 0 if sound and flat and told["small"] else 1


if __name__ == "__main__":
    sys.exit(main())
