"""`longtable run --processes N`: several processes behind nginx, started and stopped as one."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
import urllib.request
from dataclasses import replace
from functools import partial
from http.client import HTTPException
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workshop.cli.asking import Asked, Start, Stop, environ, in_sentences

if TYPE_CHECKING:
    from workshop.cli.keeping import Keeper
    from workshop.settings import Settings

MOST: Final = 64
START_SECONDS: Final = 60.0
ROOT: Final = Path(__file__).resolve().parents[2]


def run(asked: Asked, start: Start) -> int:
    """Check everything, bring the tables up to date once, and keep it all running."""
    with in_sentences():
        from workshop import logs
        from workshop.cli import ready
        from workshop.cli.opening import settings_of

        settings = settings_of(environ(host=asked.host, port=asked.port))
        logs.configure(settings.log_level, debug=settings.debug)
        if missing := lacking(settings, asked.processes):
            raise Stop(*missing)
        ports = [settings.port + number for number in range(1, asked.processes + 1)]
        for host, port in ((settings.host, settings.port), *(("127.0.0.1", p) for p in ports)):
            ready.claim(replace(settings, host=host, port=port))
        told = _links(settings, start)
    folder = Path(tempfile.mkdtemp(prefix="longtable-"))
    try:
        return _keep(
            settings, ports, asked.keep_together, folder, partial(ready.say, settings, told)
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lacking(settings: Settings, processes: int) -> list[str]:
    """A sentence for everything that several processes need and do not have."""
    from workshop.cli import nginx
    from workshop.settings.loading import weak

    wanted = {
        f"Please start at least 1 process, and no more than {MOST}.": 1 <= processes <= MOST,
        f"The ports after {settings.port} are not enough. Please choose a lower LONGTABLE_PORT.": (
            settings.port + processes <= 65_535
        ),
        "Several processes need PostgreSQL: one file can’t be shared between them. "
        "Please set LONGTABLE_DATABASE_URL=postgresql://…": (
            not settings.database_url.startswith("sqlite")
        ),
        "Several processes need Redis, to hear of each other at once. "
        "Please set LONGTABLE_REDIS_URL=redis://…": bool(settings.redis_url),
        "The drivers of PostgreSQL and Redis are missing. Run: pip install 'longtable[postgres]'": (
            bool(find_spec("psycopg") and find_spec("redis"))
        ),
        "Several processes need nginx in front of them, and there is none here. "
        "On Debian: apt install nginx-light": nginx.program() is not None,
        "LONGTABLE_SECRET_KEY is easy to guess. A good one: "
        'python3 -c "import secrets; print(secrets.token_urlsafe(48))"': (
            not weak(settings.secret_key)
        ),
    }
    return [sentence for sentence, holds in wanted.items() if not holds]


def _links(settings: Settings, start: Start) -> list[tuple[str, str]]:
    """Bring the tables up to date, and say where to go: both once, for all processes."""
    from workshop.cli import addresses, ready

    house = ready.built(replace(settings, engine="threading", redis_url=None), start)
    told = addresses.of_an_installation(house)
    house.store.close()
    return told


def worker_environ(settings: Settings, port: int) -> dict[str, str]:
    """The environment of one process: what is seen outside stays as it is outside."""
    return {
        **os.environ,
        **environ(
            host="127.0.0.1",
            port=port,
            public_url=settings.public_url,
            allowed_origins=",".join(settings.allowed_origins),
            secret_key=settings.secret_key,
            trusted_proxies=settings.trusted_proxies + 1,
        ),
    }


def _keep(
    settings: Settings, ports: list[int], spread: str, folder: Path, say: partial[None]
) -> int:
    from workshop.cli import nginx
    from workshop.cli.keeping import Keeper, Kept

    text = nginx.configuration(settings, ports, folder, spread=spread)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    keeper = Keeper()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: keeper.stopping.set())
    worker = [sys.executable, str(ROOT / "app.py"), "run", "--worker"]
    try:
        for number, port in enumerate(ports, 1):
            keeper.start(Kept(number, worker, worker_environ(settings, port)))
        for port in ports:
            _wait(keeper, f"http://127.0.0.1:{port}/healthz")
        keeper.start(Kept(0, nginx.command(folder), os.environ))
        host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104 - compared, not bound
        _wait(keeper, f"http://{host}:{settings.port}/healthz")
        if not keeper.stopping.is_set():
            say()
        keeper.keep()
    finally:
        keeper.stop()
    print("\nLongtable has stopped. Everything that was said is saved.")
    return 0


def _wait(keeper: Keeper, address: str) -> None:
    """Wait until something answers there.

    Raises:
        Stop: a process ended instead, or took too long.
    """
    deadline = time.monotonic() + START_SECONDS
    while not keeper.stopping.is_set():
        if keeper.fallen():
            raise Stop("One of the processes could not start. It says why above.", code=1)
        if time.monotonic() > deadline:
            raise Stop(
                f"One of the processes did not start in {START_SECONDS:.0f} seconds.", code=1
            )
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own process
                return
        except (OSError, HTTPException):
            keeper.stopping.wait(0.05)
