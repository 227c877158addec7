"""Whether the database's driver lets others go on while it waits for an answer."""

from __future__ import annotations

import threading
import time
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from workshop.storage.engines import UnsafeDatabase
from workshop.storage.upgrade import DatabaseUnfit

QUERY: Final = text("SELECT pg_sleep(0.05)")
TICK_SECONDS: Final = 0.005


class _Ticks:
    """Counts how often another thread, green or not, gets to run."""

    def __init__(self) -> None:
        self.count = 0
        self._over = threading.Event()
        threading.Thread(target=self._tick, daemon=True).start()

    def _tick(self) -> None:
        while not self._over.is_set():
            time.sleep(TICK_SECONDS)
            self.count += 1

    def stop(self) -> None:
        """Count no more."""
        self._over.set()


def refuse_to_be_held_up(engine: Engine) -> None:
    """Ask PostgreSQL to sleep for a moment and see whether others run meanwhile.

    A driver that waits inside C stops every green thread: one slow query, and a whole hall waits.
    SQLite answers from its own file and is not asked.

    Raises:
        UnsafeDatabase: nobody else ran while the database was asked.
        DatabaseUnfit: the database does not answer.
    """
    if engine.dialect.name == "sqlite":
        return
    ticks = _Ticks()
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
            before = ticks.count
            connection.execute(QUERY)
            ran = ticks.count - before
    except DBAPIError as error:
        raise DatabaseUnfit("We can’t reach the database. We’ll try again.") from error
    finally:
        ticks.stop()
    if not ran:
        raise UnsafeDatabase(
            "The database driver holds everybody up while it waits. Is PSYCOPG_WAIT_FUNC set to"
            " wait_selector before it is loaded? Or use LONGTABLE_ASYNC=threading."
        )
