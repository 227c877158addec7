"""Statements of the hot path: SQLAlchemy writes them once, and the driver runs them.

A hall asks the same ten questions hundreds of times a second. Compiled once for a database, a
statement costs a fifteenth of what it costs to go through the whole library each time.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Dialect, Executable, Select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import UpdateBase

Process = Callable[[Any], Any]
INSERTS: Final[dict[str, Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
"""How each database writes "insert, or else"; the two share no type."""

OPEN: Final = "open connection"
"""Where a session keeps its connection at hand: asking it each time costs more than a question."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A statement as one database takes it: its words, and what to do with values and rows."""

    words: str
    order: Sequence[str] | None
    fixed: dict[str, Any]
    given: dict[str, Process]
    row: Callable[..., Any]
    found: tuple[tuple[int, Process], ...]


class Prepared:
    """One statement with named values, for any number of runs.

    Args:
        make: makes the statement for a database ("sqlite", "postgresql"); its values are
            `bindparam`s. Lists of any length ("in these") are not possible.
    """

    def __init__(self, make: Callable[[str], Executable]) -> None:
        self._make = make
        self._made: dict[str, _Made] = {}

    def first(self, db: Session, **values: Any) -> Any:  # noqa: ANN401 - a named tuple of the columns asked for
        """The first row, its fields named as the columns are; None where there is none."""
        cursor, made = self._run(db, values)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else _shaped(made, row)

    def all(self, db: Session, **values: Any) -> list[Any]:
        """Every row, its fields named as the columns are."""
        cursor, made = self._run(db, values)
        rows = cursor.fetchall()
        cursor.close()
        return [_shaped(made, row) for row in rows]

    def run(self, db: Session, **values: Any) -> None:
        """Run a statement that answers nothing."""
        self._run(db, values)[0].close()

    def _run(self, db: Session, values: dict[str, Any]) -> tuple[Any, _Made]:
        """The cursor after the statement.

        Raises:
            DBAPIError: of the kind that SQLAlchemy itself would raise.
        """
        connection = db.info.get(OPEN) or db.connection()
        dialect = connection.dialect
        made = self._made.get(dialect.name)
        if made is None:
            made = self._made[dialect.name] = _compiled(self._make(dialect.name), dialect)
        for name, process in made.given.items():
            values[name] = process(values[name])
        merged = {**made.fixed, **values}
        sent: Any = merged if made.order is None else [merged[name] for name in made.order]
        cursor = connection.connection.cursor()
        try:
            cursor.execute(made.words, sent)
        except dialect.loaded_dbapi.Error as error:
            cursor.close()
            raise DBAPIError.instance(
                made.words, None, error, dialect.loaded_dbapi.Error, hide_parameters=True
            ) from error
        return cursor, made


def _shaped(made: _Made, row: Sequence[Any]) -> Any:  # noqa: ANN401 - see Prepared.first
    if not made.found:
        return made.row(*row)
    values = list(row)
    for place, process in made.found:
        values[place] = process(values[place])
    return made.row(*values)


def _compiled(statement: Any, dialect: Dialect) -> _Made:  # noqa: ANN401 - any statement with values
    compiled = statement.compile(dialect=dialect)
    given = {name: bound.type.dialect_impl(dialect) for name, bound in compiled.binds.items()}
    processes = {name: kind.bind_processor(dialect) for name, kind in given.items()}
    needed = {name for name, bound in compiled.binds.items() if bound.required}
    fixed = {name: value for name, value in compiled.params.items() if name not in needed}
    for name, value in fixed.items():
        if process := processes[name]:
            fixed[name] = process(value)
    columns = _answered(statement)
    readers = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
    return _Made(
        words=str(compiled),
        order=compiled.positiontup if compiled.positional else None,
        fixed=fixed,
        given={name: process for name in needed if (process := processes[name])},
        row=namedtuple("Row", [one.key for one in columns]),  # noqa: PYI024 - its fields are known only here
        found=tuple((place, process) for place, process in enumerate(readers) if process),
    )


def _answered(statement: object) -> list[Any]:
    """The columns that a statement answers with."""
    if isinstance(statement, Select):
        return list(statement.selected_columns)
    return list(statement.exported_columns) if isinstance(statement, UpdateBase) else []
