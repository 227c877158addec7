"""How Alembic reaches the database: through the connection it was given, else the settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

from workshop.settings import load
from workshop.storage.engines import make_engine
from workshop.storage.models import Base
from workshop.storage.upgrade import migrating


@contextmanager
def _connection() -> Iterator[Connection]:
    """The caller's own connection, or (for the `alembic` command) one to the database set."""
    given = context.config.attributes.get("connection")
    if given is not None:
        yield given
    else:
        with migrating(make_engine(load(os.environ).database_url)) as opened:
            yield opened


def run() -> None:
    """Run what Alembic was asked for, in one transaction for all revisions."""
    with _connection() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
