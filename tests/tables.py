"""Empty databases with all tables: made once for a run of the tests, then copied or emptied.

Making every table anew costs more than most tests do, and all the migrations cost more yet.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.schema import CreateTable

from workshop.storage.models import Base
from workshop.storage.store import Store
from workshop.storage.upgrade import upgrade

_kept: Final = tempfile.TemporaryDirectory(prefix="longtable-tables-")


@cache
def _made() -> Path:
    """A SQLite file with all tables and no rows."""
    file = Path(_kept.name) / "made.sqlite3"
    store = Store(f"sqlite:///{file}")
    Base.metadata.create_all(store.engine)
    store.close()
    return file


def laid(file: Path) -> str:
    """Lay an empty SQLite database with all tables at `file`, and return its address."""
    shutil.copyfile(_made(), file)
    return f"sqlite:///{file}"


@cache
def _upgraded() -> Path:
    """A SQLite file that the product itself brought to the newest shape, and no rows."""
    file = Path(_kept.name) / "upgraded.sqlite3"
    store = Store(f"sqlite:///{file}")
    upgrade(store.engine)
    store.close()
    return file


def migrated(file: Path) -> str:
    """As `laid`, for a server to start on: it finds the shape it knows and changes nothing."""
    shutil.copyfile(_upgraded(), file)
    return f"sqlite:///{file}"


def emptied(store: Store) -> Store:
    """Give a store on PostgreSQL all tables without a row; what was in them is gone.

    The tables themselves stay where they are the ones that the models make now: the schema's own
    comment says so, and goes with the schema where a test takes it away.
    """
    with store.engine.begin() as db:
        if _are_ours(db):
            _rows_go(db)
        else:
            _made_anew(db)
    return store


def _are_ours(db: Connection) -> bool:
    """Whether the tables are those of the models, neither migrated nor fewer nor more."""
    said = db.scalar(text("SELECT obj_description('public'::regnamespace)"))
    named = db.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
    return said == _print() and set(named) == set(Base.metadata.tables)


def _rows_go(db: Connection) -> None:
    """Delete every row, those that others point to last, and number from 1 again.

    TRUNCATE gives each table a new file, which takes forty times as long where tables are small.
    """
    for table in reversed(Base.metadata.sorted_tables):
        db.execute(table.delete())
    db.execute(
        text(
            "SELECT setval(oid, 1, false) FROM pg_class"
            " WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
        )
    )


def _made_anew(db: Connection) -> None:
    db.execute(text("DROP SCHEMA public CASCADE"))
    db.execute(text("CREATE SCHEMA public"))
    Base.metadata.create_all(db)
    # Nobody cuts the power here, and waiting for the disk is most of the time a test takes.
    name = db.scalar(text("SELECT quote_ident(current_database())"))
    db.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    db.execute(text(f"COMMENT ON SCHEMA public IS '{_print()}'"))


@cache
def _print() -> str:
    """What tells these tables from those of any other day."""
    told = "".join(str(CreateTable(table)) for table in Base.metadata.sorted_tables)
    return hashlib.sha256(told.encode()).hexdigest()
