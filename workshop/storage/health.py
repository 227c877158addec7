"""What a database says about itself: does it answer, does it keep what it acknowledged?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from workshop.storage.engines import make_engine
from workshop.storage.upgrade import current, head


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
