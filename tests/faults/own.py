"""PostgreSQL and Redis of our own, to be stopped and killed as we like: never those of others."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import redis
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.served import free_port

SECONDS: Final = 30.0
#: PostgreSQL refuses to run as root.
USER: Final = "postgres" if os.geteuid() == 0 else None


def _program(name: str) -> str | None:
    """Where a program of PostgreSQL's is; Debian keeps them out of the way."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name, path=os.pathsep.join(map(str, places))) or shutil.which(name)


def lacking() -> str:
    """Why there can be none of our own here; nothing where there can."""
    for name in ("initdb", "postgres"):
        if _program(name) is None:
            return f"{name} is not installed"
    return "" if shutil.which("redis-server") else "redis-server is not installed"


@dataclass
class Postgres:
    """A cluster of one database, durable as a real one, in a folder of its own."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make the cluster."""
        where = str(self.folder / "data")
        command = [_program("initdb") or "initdb", "-D", where, "-A", "trust", "-U", "postgres"]
        subprocess.run(command, user=USER, check=True, capture_output=True, cwd=self.folder)

    def start(self) -> None:
        """Start it, and wait until it answers: after a kill it first mends itself."""
        options = ["-h", "127.0.0.1", "-p", str(self.port), "-k", str(self.folder)]
        with (self.folder / "postgres.log").open("a") as log:
            self.process = subprocess.Popen(
                [_program("postgres") or "postgres", "-D", str(self.folder / "data"), *options],
                user=USER,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        deadline, engine = time.monotonic() + SECONDS, create_engine(self.url)
        while True:
            try:
                with engine.connect() as connection:
                    connection.execute(text("SELECT 1"))
                break
            except OperationalError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        engine.dispose()

    def stop(self, *, kill: bool = False) -> None:
        """Stop it at once: every connection is cut, and `kill` leaves it no time at all."""
        if self.process is None:
            return
        # SIGINT is "fast": roll back what is open and cut everybody off.
        self.process.send_signal(9 if kill else 2)
        self.process.wait(SECONDS)
        self.process = None


@dataclass
class Redis:
    """A Redis that keeps nothing."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = ["redis-server", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(
            [*command, "--bind", "127.0.0.1"], stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir()
        )
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                redis.Redis.from_url(self.url).ping()
                break
            except redis.ConnectionError:
                assert time.monotonic() < deadline
                time.sleep(0.02)

    def stop(self) -> None:
        """Kill it: it has nothing to keep."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def own() -> Iterator[tuple[Postgres, Redis]]:
    """Both, running, and taken away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="longtable-own-"))
    if USER:
        shutil.chown(folder, USER)
    postgres, other = Postgres(folder, free_port()), Redis(free_port())
    try:
        postgres.make()
        postgres.start()
        other.start()
        yield postgres, other
    finally:
        other.stop()
        postgres.stop(kill=True)
        shutil.rmtree(folder, ignore_errors=True)
