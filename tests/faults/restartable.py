"""The real server as a process that can be killed, frozen and started again where it was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.served import ROOT, _environ, free_port
from workshop.acts import accounts
from workshop.acts.stage import Stage
from workshop.storage.store import Store

STARTS_WITHIN: Final = 60.0
TOKEN: Final = "a one-time token of the fault suite"
PAGE_KIB: Final = os.sysconf("SC_PAGE_SIZE") / 1024


@dataclass
class Restartable:
    """A server on one port and one database, however often its process dies.

    Attributes:
        more: further settings, by their names in the environment.
        starts: how often it was started.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    engine: str = "eventlet"
    more: Mapping[str, str] = field(default_factory=dict)
    starts: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / "longtable.sqlite3"

    @property
    def database(self) -> str:
        """The database's address."""
        return f"sqlite:///{self.file}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def start(self) -> float:
        """Start the process and return how many seconds passed until it answered.

        Raises:
            AssertionError: it stopped, or did not answer in time.
        """
        began = time.monotonic()
        with self.log.open("a") as out:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "app.py"), "run"],
                cwd=self.folder,
                env=_environ(self.database, self.port, self.engine, self.more),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.starts += 1
        while time.monotonic() - began < STARTS_WITHIN:
            assert self.process.poll() is None, f"the server stopped:\n{self.log.read_text()}"
            if self.answers():
                return time.monotonic() - began
            time.sleep(0.02)
        raise AssertionError(f"no answer in {STARTS_WITHIN} s:\n{self.log.read_text()}")

    def answers(self) -> bool:
        """Whether it is well at this moment."""
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:  # noqa: S310 - our own server
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """`kill -9`: nothing is flushed, nobody is told."""
        self._signal(signal.SIGKILL)
        if self.process:
            self.process.wait()

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it in good order, however it was left."""
        if self.process is None or self.process.poll() is not None:
            return
        self.thaw()
        self._signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()

    def _signal(self, number: int) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)

    def memory(self) -> float:
        """What the process holds now, in MiB."""
        assert self.process
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * PAGE_KIB / 1024

    def descriptors(self) -> int:
        """How many files and sockets the process holds open."""
        assert self.process
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def complaints(self) -> list[str]:
        """Lines of the log that say something went wrong inside."""
        words = ("Traceback", '"event":"fault"', '"event": "fault"', '"level":"error"', "Error:")
        return [line for line in self.log.read_text().splitlines() if any(w in line for w in words)]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What is in the database now, read past the product."""
        with closing(sqlite3.connect(self.file)) as raw:
            return list(raw.execute(query))

    def one_time_token(self) -> str:
        """A token that signs a facilitator in once."""
        store = Store(self.database)
        stage = Stage(store, lambda: time.time_ns() // 1_000_000)
        stage.perform(accounts.make_pass, kind="robot", role="facilitator", token=TOKEN)
        store.close()
        return TOKEN


@contextmanager
def running(folder: Path, **given: object) -> Iterator[Restartable]:
    """A server that answers, stopped at the end."""
    server = Restartable(folder, **given)  # type: ignore[arg-type]  # handed on by name
    server.start()
    try:
        yield server
    finally:
        server.stop()
