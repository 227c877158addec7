"""Lets the application's own store run over a file system of ours.

The standard library's sqlite3 cannot be given one; apsw can. So the store's engine stays as the
application makes it, with its settings and its `BEGIN`, and only the connection below is exchanged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import apsw
from sqlalchemy import Engine, event


def drive(engine: Engine, path: str, vfs: str, *pragmas: str) -> None:
    """From now on, open `engine`'s connections with apsw on `vfs`; `pragmas` come last."""

    def connect(*_given: object) -> Connection:
        return Connection(apsw.Connection(path, vfs=vfs))

    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - as SQLAlchemy hands it on
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", prepare)


@contextmanager
def _as_sqlite3() -> Iterator[None]:
    """Raise the standard library's errors, which are the ones that SQLAlchemy knows."""
    try:
        yield
    except apsw.ConstraintError as error:
        raise sqlite3.IntegrityError(str(error)) from error
    except apsw.Error as error:
        raise sqlite3.OperationalError(f"{type(error).__name__}: {error}") from error


class Connection:
    """As much of a DB-API connection as SQLAlchemy's SQLite dialect asks for."""

    isolation_level: str | None = None

    def __init__(self, inner: apsw.Connection) -> None:
        self.inner = inner

    def cursor(self) -> Cursor:
        return Cursor(self.inner)

    def execute(self, sql: str, given: Sequence[Any] = ()) -> Cursor:
        cursor = self.cursor()
        cursor.execute(sql, given)
        return cursor

    def create_function(self, *_given: object, **_more: object) -> None:
        """Do nothing: the dialect offers a function for regular expressions, which we never use."""

    def commit(self) -> None:
        if self.inner.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        if self.inner.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        self.inner.close()


class Cursor:
    """A cursor that has read everything by the time `execute` returns."""

    arraysize = 1

    def __init__(self, inner: apsw.Connection) -> None:
        self._connection = inner
        self._rows: list[Any] = []
        self.description: list[tuple[Any, ...]] | None = None
        self.lastrowid = 0
        self.rowcount = -1

    def _describe(self, cursor: apsw.Cursor, _sql: str, _given: object) -> bool:
        names = [column[0] for column in cursor.get_description()]
        self.description = [(name, *[None] * 6) for name in names] or None
        return True

    def execute(self, sql: str, given: Sequence[Any] = ()) -> None:
        cursor = self._connection.cursor()
        cursor.exec_trace = self._describe
        before = self._connection.total_changes()
        with _as_sqlite3():
            self._rows = list(cursor.execute(sql, tuple(given)))
        self.rowcount = self._connection.total_changes() - before
        self.lastrowid = self._connection.last_insert_rowid()

    def executemany(self, sql: str, many: Sequence[Sequence[Any]]) -> None:
        for given in many:
            self.execute(sql, given)

    def fetchone(self) -> Any:  # noqa: ANN401 - a row
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    def close(self) -> None:
        self._rows = []
