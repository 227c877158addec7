"""Migrations build exactly the tables of the models, and take them away again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Inspector, create_engine, inspect, make_url, text
from sqlalchemy.exc import IntegrityError

from workshop.storage.engines import make_engine
from workshop.storage.models import Base
from workshop.storage.upgrade import current, downgrade, head, upgrade

SERVER = os.environ.get("LONGTABLE_TEST_DATABASE_URL")
Opener = Callable[[str], Engine]


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)],
)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens empty databases by name, and closes them after the test."""
    opened: list[Engine] = []

    def open_sqlite(name: str) -> Engine:
        return make_engine(f"sqlite:///{tmp_path}/{name}.sqlite3")

    def open_postgres(name: str) -> Engine:
        return make_engine(_own_database(f"longtable_migrations_{name}"))

    if request.param == "postgresql" and not SERVER:
        if os.environ.get("LONGTABLE_REQUIRE_SERVICES"):
            pytest.fail("LONGTABLE_TEST_DATABASE_URL must name a PostgreSQL for the tests")
        pytest.skip("LONGTABLE_TEST_DATABASE_URL names no PostgreSQL")

    def opener(name: str) -> Engine:
        engine = open_sqlite(name) if request.param == "sqlite" else open_postgres(name)
        opened.append(engine)
        return engine

    yield opener
    for engine in opened:
        engine.dispose()


def _own_database(name: str) -> str:
    """The address of a new, empty PostgreSQL database beside the one for tests."""
    url = make_url(SERVER or "").set(drivername="postgresql+psycopg")
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    server.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def shape(engine: Engine) -> dict[str, Any]:
    """Everything that the database itself says about its tables."""
    seen = inspect(engine)
    names = sorted(set(seen.get_table_names()) - {"alembic_version"})
    return {name: _table(seen, name) for name in names}


def _plain(value: object) -> object:
    """A value that says the same wherever it is; the condition of an index is an object."""
    if isinstance(value, dict):
        return {key: str(one) for key, one in value.items()}
    return value


def _table(seen: Inspector, name: str) -> dict[str, Any]:
    def sorted_by_name(rows: Sequence[Mapping[str, Any]]) -> list[str]:
        return sorted(str([(key, _plain(row[key])) for key in sorted(row)]) for row in rows)

    return {
        "columns": [
            (column["name"], repr(column["type"]), column["nullable"], column["default"])
            for column in seen.get_columns(name)
        ],
        "key": seen.get_pk_constraint(name),
        "foreign keys": sorted_by_name(seen.get_foreign_keys(name)),
        "unique": sorted_by_name(seen.get_unique_constraints(name)),
        "checks": sorted_by_name(seen.get_check_constraints(name)),
        "indexes": sorted_by_name(seen.get_indexes(name)),
    }


def test_migrations_make_exactly_the_tables_of_the_models(database: Opener) -> None:
    migrated, modelled = database("migrated"), database("modelled")
    upgrade(migrated)
    Base.metadata.create_all(modelled)
    found, wanted = shape(migrated), shape(modelled)
    assert found.keys() == wanted.keys() == set(Base.metadata.tables)
    for name, table in wanted.items():
        assert found[name] == table, name


def test_going_all_the_way_down_leaves_nothing_and_up_again_leaves_everything(
    database: Opener,
) -> None:
    engine = database("updown")
    upgrade(engine)
    before = shape(engine)
    downgrade(engine, "base")
    assert (shape(engine), current(engine)) == ({}, None)
    upgrade(engine)
    assert (shape(engine), current(engine)) == (before, head())


def test_an_upgraded_database_keeps_its_rows_when_upgraded_again(database: Opener) -> None:
    engine = database("again")
    upgrade(engine)
    with engine.connect().execution_options(writing=True) as db, db.begin():
        db.execute(
            text(
                "INSERT INTO account (id, email, name, role, password_hash, epoch, created_at)"
                " VALUES (1, 'ada@example.org', 'Ada', 'leader', '', 0, 0)"
            )
        )
    upgrade(engine)
    with engine.connect() as db:
        assert db.scalar(text("SELECT name FROM account")) == "Ada"


def test_after_an_upgrade_the_database_still_refuses_orphans(database: Opener) -> None:
    engine = database("orphans")
    upgrade(engine)
    seat = text(
        'INSERT INTO seat (workshop_id, "group", name, language, receipt_hash, joined_at)'
        " VALUES (99, 'citizen', '', 'en', 'x', 0)"
    )
    with (
        engine.connect().execution_options(writing=True) as db,
        pytest.raises(IntegrityError, match=r"(?i)foreign key"),
    ):
        db.execute(seat)
