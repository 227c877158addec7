"""The real server as a child process, as a new user starts it, and a real browser beside it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tests.templates import FOLDER

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = (
    os.environ.get("LONGTABLE_TEST_CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60
SECRET_KEY = "a key for tests that is long enough to be taken"


@dataclass
class Served:
    """A running server: where it is, and what it printed when it started."""

    url: str
    database: str
    said: str
    process: subprocess.Popen[str]

    def link(self, name: str) -> str:
        """The link printed beside `name`."""
        found = re.search(
            rf"^\s*{name}\b.*?(https?://\S+)", self.said, re.MULTILINE | re.IGNORECASE
        )
        assert found, f"no link for {name} in:\n{self.said}"
        return found[1]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port


def _environ(database: str, port: int, engine: str, more: Mapping[str, str]) -> dict[str, str]:
    """Our own environment without its settings, and the server's settings instead."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("LONGTABLE_")},
        "LONGTABLE_DATABASE_URL": database,
        "LONGTABLE_PORT": str(port),
        "LONGTABLE_ASYNC": engine,
        "LONGTABLE_LOG_LEVEL": "debug",
        "LONGTABLE_SECRET_KEY": SECRET_KEY,
        "LONGTABLE_TEMPLATE_CACHE": FOLDER,
        "PYTHONUNBUFFERED": "1",
        **more,
    }


@contextmanager
def served(
    folder: Path,
    *,
    engine: str = "eventlet",
    command: str = "run",
    database: str = "",
    port: int = 0,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Served]:
    """Run `longtable COMMAND` on a database in `folder` until the block ends.

    `more` holds further settings, by their names in the environment.
    """
    port = port or free_port()
    database = database or f"sqlite:///{folder}/longtable.sqlite3"
    log = folder / f"server-{port}.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py"), command],
            cwd=folder,
            env=_environ(database, port, engine, more),
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", process, log)
        yield Served(f"http://127.0.0.1:{port}", database, log.read_text(), process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen[str], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the server stopped:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no answer from the server in {START_SECONDS} s:\n{log.read_text()}")
