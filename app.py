"""Choose the engine, patch, build, run. The only file that may name eventlet or gevent.

`longtable` and `python app.py` both start here: an engine has to patch the standard library
before anything else is imported, so this file imports nothing of ours at its top.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from typing import Any

Offload = Callable[..., Any]
"""`offload(function, *values)` runs blocking work where it holds nobody up; returns its answer."""

SERVING = ("run", "demo")


def _eventlet() -> Offload:
    # The retirement notice is known, decided about and written down (docs/decisions/0003).
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    import eventlet

    eventlet.monkey_patch()
    # psycopg waits inside C by default, where no green thread can run. It reads this on import.
    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"
    from eventlet import tpool

    offload: Offload = tpool.execute
    return offload


def _gevent() -> Offload:
    from gevent import get_hub, monkey

    monkey.patch_all()
    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"
    return lambda function, *values: get_hub().threadpool.apply(function, values)


def _threading() -> Offload:
    from concurrent.futures import ThreadPoolExecutor

    # A small pool: argon2 takes 64 MB a time, and a queue is kinder than a full memory.
    pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="offload")
    return lambda function, *values: pool.submit(function, *values).result()


ENGINES: dict[str, Callable[[], Offload]] = {
    "eventlet": _eventlet,
    "gevent": _gevent,
    "threading": _threading,
}


def engine_for(arguments: list[str], wanted: str) -> str:
    """The engine for one command: only a command that serves needs the one that was asked for.

    A name that is not an engine is left to the settings, which say so in a sentence.
    """
    serves = next((word for word in arguments if not word.startswith("-")), "") in SERVING
    # With several processes this one serves nobody: it keeps the others alive.
    serves = serves and not any(word.split("=")[0] == "--processes" for word in arguments)
    name = wanted.strip().lower() or "eventlet"
    return name if serves and name in ENGINES else "threading"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    engine = engine_for(words, os.environ.get("LONGTABLE_ASYNC", ""))
    offload = ENGINES[engine]()
    from workshop.cli import main as run

    return run(words, engine, offload)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["run"]))
