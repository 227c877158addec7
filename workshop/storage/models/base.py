"""What all tables share: names of constraints, key types, and how a closed list is enforced."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Dialect, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

#: SQLite numbers rows by itself only where the key is a plain INTEGER.
Key = BigInteger().with_variant(Integer, "sqlite")

#: A row's own number.
Id = Annotated[int, mapped_column(Key, primary_key=True, autoincrement=True)]
#: A moment in time: whole milliseconds since 1970, UTC, by the server's clock.
Instant = Annotated[int, mapped_column(BigInteger)]


class PairsText(TypeDecorator[tuple[tuple[str, str], ...]]):
    """Pairs of words, kept as text. Most cards have none, and an empty text costs no reading."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: tuple[tuple[str, str], ...] | None, dialect: Dialect
    ) -> str:
        """The pairs as one text; none are the empty text."""
        del dialect
        return json.dumps(value, ensure_ascii=False) if value else ""

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> tuple[tuple[str, str], ...]:
        """The pairs as they went in, so that a card that holds them can be told from another."""
        del dialect
        return tuple((first, second) for first, second in json.loads(value)) if value else ()


class Base(DeclarativeBase):
    """All tables, with constraint names that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON, str: String}  # noqa: RUF012 - SQLAlchemy reads this plain class attribute


def in_range(column: str, low: int, high: int) -> CheckConstraint:
    """A constraint by which the database itself refuses a number outside a scale."""
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_known")


def one_of(column: str, choices: Iterable[str]) -> CheckConstraint:
    """A constraint by which the database itself refuses a value outside `choices`."""
    listed = ", ".join(f"'{choice}'" for choice in choices)
    name = column.strip('"')
    return CheckConstraint(f"{column} IN ({listed})", name=f"{name}_known")
