"""The whole of a large installation: several processes behind real nginx, by the one command."""

from __future__ import annotations

import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Connection, create_engine, text

from tests.conftest import MUST
from tests.faults import own
from tests.faults.history_checks import Kept
from tests.faults.restartable import STARTS_WITHIN, Restartable
from tests.served import ROOT, _environ
from workshop.acts import accounts
from workshop.acts.stage import Stage
from workshop.cli import nginx
from workshop.storage.models import Base
from workshop.storage.store import Store

STOPS_WITHIN: Final = 15.0


def hall_or_skip(*, alone: bool = False) -> None:
    """Leave a test out, with the reason, where there can be no hall; fail where there must be.

    With `alone`, the hall is to have services of its own.
    """
    why = own.lacking() if alone else ""
    if why := (_lacking(alone=alone) or why):
        if MUST:
            pytest.fail(f"LONGTABLE_REQUIRE_SERVICES is set, but {why}")
        pytest.skip(why)


def _lacking(*, alone: bool) -> str:
    if nginx.program() is None:
        return "no nginx here"
    for name in ("LONGTABLE_TEST_DATABASE_URL", "LONGTABLE_TEST_REDIS_URL"):
        if not alone and not os.environ.get(name):
            return f"{name} is not set"
    return ""


def _free_ports(number: int) -> int:
    """The first of so many ports in a row that nobody listens on.

    They lie below those that the system gives to whoever connects: a connection that goes out must
    not sit on the port of a process that is being started again.
    """
    while True:
        first = random.randrange(20_000, 32_000)
        try:
            for port in range(first, first + number):
                with socket.socket() as trial:
                    trial.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first


@dataclass
class Hall(Restartable):
    """`longtable run --processes N`: what `Restartable` is for one process.

    Attributes:
        database_url: an empty PostgreSQL database.
        redis_url: of a Redis.
        started: seconds that the start took.
    """

    database_url: str = ""
    redis_url: str = ""
    processes: int = 4
    started: float = 0.0
    port: int = field(default_factory=lambda: _free_ports(8))

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url

    def start(self) -> float:
        """Start it all, and return how many seconds passed until it answered."""
        began = time.monotonic()
        more = {"LONGTABLE_REDIS_URL": self.redis_url, **self.more}
        with self.log.open("a") as out:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "app.py"), "run", "--processes", str(self.processes)],
                cwd=self.folder,
                env=_environ(self.database, self.port, self.engine, more),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        while "Longtable is at" not in self.log.read_text():
            assert self.process.poll() is None, f"it stopped:\n{self.log.read_text()}"
            assert time.monotonic() - began < STARTS_WITHIN, self.log.read_text()
            time.sleep(0.05)
        self.started = time.monotonic() - began
        return self.started

    def stop(self) -> None:
        """End all of it in good order."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(STOPS_WITHIN)

    @property
    def ports(self) -> list[int]:
        """Where each process listens, by itself."""
        return [self.port + number for number in range(1, self.processes + 1)]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What is in the database now, read past the product."""
        with _reading(self.database) as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def forget(self) -> None:
        """Empty every table while it runs. Numbers go on, so nothing is mistaken for another."""
        with _reading(self.database) as connection, connection.begin():
            names = [table.name for table in Base.metadata.sorted_tables]
            quoted = ", ".join(f'"{name}"' for name in names)
            connection.execute(text(f"TRUNCATE {quoted}"))

    def one_time_token(self) -> str:
        """A fresh token that signs a facilitator in once."""
        token, store = secrets.token_urlsafe(24), Store(self.database)
        stage = Stage(store, lambda: time.time_ns() // 1_000_000)
        stage.perform(accounts.make_pass, kind="robot", role="facilitator", token=token)
        store.close()
        return token

    def worker(self, port: int) -> int:
        """The process id of the process that listens there now.

        Raises:
            LookupError: none does.
        """
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for child in children.split():
            environ = Path(f"/proc/{child}/environ").read_bytes().split(b"\0")
            if f"LONGTABLE_PORT={port}".encode() in environ:
                return int(child)
        raise LookupError(port)

    def whole(self) -> None:
        """Wait until every process answers."""
        deadline = time.monotonic() + STARTS_WITHIN
        for port in self.ports:
            while True:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                        break
                except OSError:
                    assert time.monotonic() < deadline, self.log.read_text()
                    time.sleep(0.05)

    def pages(self, audience: str = "phone") -> dict[int, int]:
        """How many pages of an audience each process has open, by its port."""
        found = {}
        for port in self.ports:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
                numbers = answer.read().decode()
            start = f'longtable_connections{{audience="{audience}"}} '
            lines = [line for line in numbers.splitlines() if line.startswith(start)]
            found[port] = int(float(lines[0].removeprefix(start))) if lines else 0
        return found


class KeptInPostgres(Kept):
    """The tables that a history is held against."""

    def __init__(self, url: str) -> None:
        def table(query: str) -> list[dict[str, Any]]:
            with _reading(url) as connection:
                return [dict(row) for row in connection.execute(text(query)).mappings()]

        self.posts = {row["id"]: row for row in table("SELECT * FROM post")}
        self.marks = table("SELECT * FROM mark")
        self.ledger = table("SELECT * FROM ledger")
        self.purses = table("SELECT * FROM purse")
        self.rounds = table("SELECT *, result::text AS result FROM round")
        self.moments = table("SELECT * FROM moment ORDER BY seq")
        self.steps = table("SELECT * FROM step ORDER BY position")
        self.seq = int(table("SELECT seq FROM workshop")[0]["seq"])


@contextmanager
def _reading(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def emptied(url: str) -> str:
    """The same address, of a database in which nothing is left."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


@contextmanager
def open_hall(folder: Path, **given: Any) -> Iterator[Hall]:
    """A hall that answers, stopped at the end."""
    hall = Hall(folder, **given)
    hall.start()
    try:
        yield hall
    finally:
        hall.stop()
