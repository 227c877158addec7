"""What a database says about itself: does it answer, does it keep what it acknowledged?"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import disk_usage
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from workshop.rules.refusals import Refused
from workshop.storage.engines import make_engine
from workshop.storage.store import Store
from workshop.storage.upgrade import current, head

KEPT_SECONDS: Final = 1.0
"""However many ask whether we are ready, the database is asked once in this time."""

LEAST_FREE: Final = 16 * 1024 * 1024
"""Bytes that a disk must have left for SQLite: room for its log to grow until it is folded in."""

_found: WeakKeyDictionary[Store, tuple[float, str]] = WeakKeyDictionary()
_newest = cache(head)


@dataclass(frozen=True, slots=True)
class Health:
    """What was found.

    Attributes:
        weakness: a sentence that says how it could lose a vote; empty where it could not.
        revision: of its tables, None where there are none; newest: that this program knows.
    """

    answers: bool
    weakness: str = ""
    revision: str | None = None
    newest: str = ""

    @property
    def durable(self) -> bool:
        """Whether what was acknowledged survives a power cut."""
        return not self.weakness


def examine(url: str) -> Health:
    """Open the database and ask it.

    Raises:
        UnsafeDatabase: for SQLite in memory or on a network file system.
    """
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            weakness = (_sqlite if engine.dialect.name == "sqlite" else _postgres)(connection)
        return Health(True, weakness, current(engine), head())
    except DBAPIError:
        return Health(answers=False)
    finally:
        engine.dispose()


def _sqlite(connection: Connection) -> str:
    journal = connection.scalar(text("PRAGMA journal_mode"))
    synchronous = connection.scalar(text("PRAGMA synchronous"))
    if journal != "wal":
        return f"The journal is {journal}, and not a write-ahead log."
    # 2 is FULL and 3 EXTRA; 1, NORMAL, lost every acknowledged vote in a simulated power cut.
    return "" if synchronous in {2, 3} else "It does not wait for the disk (synchronous)."


def _postgres(connection: Connection) -> str:
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        if connection.scalar(text(f"SHOW {name}")) == "off":
            return f"PostgreSQL runs with {name} off. A power cut can lose votes."
    return ""


def trouble(store: Store, *, kept: float = KEPT_SECONDS) -> str:
    """Why this store cannot work: `away`, `old_tables`, `disk_full`, `read_only`; "" where it can.

    An answer is given again for `kept` seconds, so that a flood of questions costs nothing.
    """
    now = time.monotonic()
    at, found = _found.get(store, (-kept, ""))
    if now - at >= kept:
        found = _look(store)
        _found[store] = (now, found)
    return found


def _look(store: Store) -> str:
    try:
        if current(store.engine) != _newest():
            return "old_tables"
    except SQLAlchemyError:
        return "away"
    file = store.engine.url.database if store.engine.dialect.name == "sqlite" else None
    if file and disk_usage(Path(file).parent).free < LEAST_FREE:
        return "disk_full"
    try:
        store.write(_write_nothing)
    except (Refused, SQLAlchemyError):
        return "read_only"
    return ""


def _write_nothing(db: Session) -> None:
    """An update that meets no row: a database that takes no writes refuses it all the same."""
    db.execute(text("UPDATE alembic_version SET version_num = '' WHERE version_num = ''"))
