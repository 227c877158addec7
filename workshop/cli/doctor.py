"""`longtable doctor` and `longtable version`: is everything as it should be?"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workshop.cli.asking import Asked, Start, Stop

if TYPE_CHECKING:
    from workshop.settings import Settings

Finding = tuple[str, str, str]
"""ok, warn or bad; what was looked at; one sentence."""

LITTLE_SPACE: Final = 500 * 1024 * 1024
"""Bytes below which a disk may fill during one long day."""


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Hang `doctor` and `version` on the command line."""
    about = "look at settings, database, disk and pages, and say what is wrong"
    commands.add_parser("doctor", help=about, description=about).set_defaults(run=_doctor)
    about = "say which version this is"
    commands.add_parser("version", help=about, description=about).set_defaults(run=_version)


def _version(_asked: Asked, _start: Start) -> int:
    from workshop import __version__

    print(f"Longtable {__version__}")
    return 0


def _doctor(_asked: Asked, _start: Start) -> int:
    bad = False
    for state, what, sentence in findings():
        bad = bad or state == "bad"
        print(f"{state:<5} {what:<12} {sentence}")
    print("\nSomething needs mending." if bad else "\nReady.")
    return 1 if bad else 0


def findings() -> Iterator[Finding]:
    """Everything that was looked at, one after the other; later looks need the earlier ones."""
    from workshop.cli.opening import settings_of

    try:
        settings = settings_of(os.environ)
    except Stop as wrong:
        for problem in str(wrong).splitlines():
            yield "bad", "settings", problem
        return
    yield "ok", "settings", f"They are complete. The engine is {settings.engine}."
    yield from _exposed(settings)
    for look in LOOKS:
        yield from look(settings)


def _exposed(settings: Settings) -> Iterator[Finding]:
    reached = settings.host not in {"127.0.0.1", "::1", "localhost"}
    if reached and not settings.production:
        yield "warn", "settings", "Others can reach this server. Set LONGTABLE_PRODUCTION=yes."
    if reached and settings.public_url.startswith("http://"):
        yield "warn", "settings", "LONGTABLE_PUBLIC_URL has no https. Links can be read on the way."


def _database(settings: Settings) -> Iterator[Finding]:
    from workshop.storage import health
    from workshop.storage.engines import UnsafeDatabase

    try:
        found = health.examine(settings.database_url)
    except UnsafeDatabase as wrong:
        yield "bad", "database", str(wrong)
        return
    if not found.answers:
        yield "bad", "database", "We can’t open it. Is LONGTABLE_DATABASE_URL right?"
        return
    durable = "A vote that was acknowledged is on disk."
    yield ("ok", "database", durable) if found.durable else ("bad", "database", found.weakness)
    if found.revision == found.newest:
        yield "ok", "tables", f"They are up to date ({found.revision})."
    elif found.revision is None:
        yield "ok", "tables", "They will be made at the first start."
    else:
        yield (
            "warn",
            "tables",
            f"They are at {found.revision}; the next start brings {found.newest}.",
        )


def _disk(settings: Settings) -> Iterator[Finding]:
    from workshop.settings.key import folder_of

    folder = folder_of(settings.database_url)
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"1")
    except OSError as error:
        yield "bad", "disk", f"We can’t write to {folder}: {error.strerror}."
        return
    free = shutil.disk_usage(folder).free
    megabytes = f"{free // (1024 * 1024):,} MB are free in {folder.resolve()}."
    yield ("warn" if free < LITTLE_SPACE else "ok"), "disk", megabytes


def _pages(_settings: Settings) -> Iterator[Finding]:
    from workshop import assets
    from workshop.seeding.reading import names

    built = (assets.static_dir() / "dist/manifest.json").exists()
    sentence = "Scripts and styles are built." if built else "They are not built. Run: make assets"
    yield ("ok" if built else "bad"), "pages", sentence
    yield "ok", "stories", f"{len(names())} stories can be told."


def _tools(_settings: Settings) -> Iterator[Finding]:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    said = f"Chromium is at {Path(chromium)}." if chromium else "No Chromium: no browser journeys."
    yield "ok", "tests", said


LOOKS: Final[tuple[Callable[[Settings], Iterator[Finding]], ...]] = (
    _database,
    _disk,
    _pages,
    _tools,
)
