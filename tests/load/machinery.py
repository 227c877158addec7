"""Starting what a row of the matrix runs on, and telling what machine it was."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, make_url, text

from tests.load.rows import Row
from tests.load.standing import GENERATOR_CORE, QUIET, SERVER_CORE, stay_on
from tests.served import ROOT, _environ

START_SECONDS: Final = 90.0
STOP_SECONDS: Final = 15.0


class Failed(Exception):
    """A row that could not be run; the message says why."""


@dataclass(frozen=True, slots=True)
class Services:
    """Where PostgreSQL and Redis are; the database in the first address is only to log in."""

    postgres: str
    redis: str


@contextmanager
def database_for(row: Row, folder: Path, port: int, services: Services) -> Iterator[dict[str, str]]:
    """A fresh database as settings of a server; one of PostgreSQL is dropped at the end."""
    if row.database == "SQLite":
        yield {"LONGTABLE_DATABASE_URL": f"sqlite:///{folder}/longtable.sqlite3"}
        return
    name = f"fe_matrix_{port}"
    admin = create_engine(
        make_url(services.postgres).set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
    )
    try:
        _run(admin, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        url = make_url(services.postgres).set(database=name)
        yield {
            "LONGTABLE_DATABASE_URL": url.render_as_string(hide_password=False),
            "LONGTABLE_REDIS_URL": services.redis,
        }
        _run(admin, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    finally:
        admin.dispose()


def _run(admin: Any, *statements: str) -> None:  # noqa: ANN401 - an engine of SQLAlchemy
    with admin.connect() as db:
        for statement in statements:
            db.execute(text(statement))


@contextmanager
def standing(row: Row, folder: Path, port: int, settings: Mapping[str, str]) -> Iterator[list[int]]:
    """The server of a row, and the numbers of all its processes.

    One process has the first core; several take both, and share the second with the generator.

    Raises:
        Failed: it stopped, or did not answer in time.
    """
    command = [sys.executable, str(ROOT / "app.py"), "run"]
    if row.processes > 1 or row.database != "SQLite":
        command += ["--processes", str(row.processes)]
    stay_on(*((SERVER_CORE,) if row.processes == 1 else (SERVER_CORE, GENERATOR_CORE)))
    log = folder / "server.log"
    env = _environ("", port, row.engine, {**QUIET, **settings})
    with ExitStack() as stack:
        out = stack.enter_context(log.open("w"))
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=out)
        stack.callback(_stop, process)
        stay_on(GENERATOR_CORE)
        _wait(f"http://127.0.0.1:{port}/readyz", process, log)
        yield family(process.pid)


def _stop(process: subprocess.Popen[bytes]) -> None:
    kin = family(process.pid)
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        for pid in kin:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Failed(f"the server stopped: {log.read_text()[-500:]}")
        with suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise Failed(f"the server did not answer within {START_SECONDS:g} s")


def family(pid: int, proc: Path = Path("/proc")) -> list[int]:
    """A process and everything it started, that started something, and so on."""
    children: dict[int, list[int]] = {}
    for folder in proc.iterdir():
        # A process may end between the listing and the look.
        with suppress(OSError, ValueError, IndexError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def machine() -> dict[str, Any]:
    """What the figures were measured on, and of which commit."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return {
        "cores": os.cpu_count(),
        "cpu": cpu,
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "commit": _git("rev-parse", "--short", "HEAD"),
        "changed_since": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "day": time.strftime("%Y-%m-%d", time.gmtime()),
    }


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()
