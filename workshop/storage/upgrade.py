"""Brings a database to the newest shape of the tables, and says which shape it has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

MIGRATIONS: Final = Path(__file__).parent / "migrations"
LOCK: Final = 0x10_96_7A_B1
"""The number under which processes that start together queue for PostgreSQL's tables."""


class DatabaseUnfit(Exception):
    """The database cannot be reached, or is not one that this program knows."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to `revision`, one process at a time; nothing happens where it is there.

    Raises:
        DatabaseUnfit: nobody answers there, or a newer program has been at work.
    """
    try:
        with migrating(engine) as connection:
            command.upgrade(_config(connection), revision)
    except DBAPIError as error:
        raise DatabaseUnfit(
            "We can’t open the database. Is LONGTABLE_DATABASE_URL right, and may we write there?"
        ) from error
    except CommandError as error:
        raise DatabaseUnfit(
            "The database was made by a newer Longtable. Please start that one, or a copy."
        ) from error


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to `revision`; "base" takes every table away."""
    with migrating(engine) as connection:
        command.downgrade(_config(connection), revision)


def head() -> str:
    """The newest revision that this program knows."""
    return str(ScriptDirectory.from_config(_config(None)).get_current_head())


def current(engine: Engine) -> str | None:
    """The revision of the database, or None where it has no tables of ours."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A connection that holds the write lock for one whole run of migrations.

    A table is changed in SQLite by copying and dropping it. With foreign keys on, the drop would
    empty whatever points there; the key can only be switched off outside a transaction.
    """
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(writing=True) as connection:
        if sqlite:
            _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
                yield connection
        finally:
            if sqlite:
                _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, wanted: str) -> None:
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys={wanted}")


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
