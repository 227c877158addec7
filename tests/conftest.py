"""What tests share: a database to write in, on SQLite and on PostgreSQL."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import routes, templates
from tests.tables import emptied, laid
from workshop.storage.store import Store

# A busy machine is not a failure: benchmarks measure how long things take, properties do not.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
templates.keep()
routes.keep()
# A sixth of a run goes into looking for rubbish among what is there for good; a server of ours
# does not look there either.
gc.set_threshold(20_000, 20, 1_000)

POSTGRES = os.environ.get("LONGTABLE_TEST_DATABASE_URL", "")
MUST = bool(os.environ.get("LONGTABLE_REQUIRE_SERVICES"))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end."""
    gc.collect()
    gc.freeze()


def postgres_or_skip() -> str:
    """The address of a PostgreSQL whose tables may be thrown away."""
    if POSTGRES:
        return POSTGRES
    if MUST:
        pytest.fail("LONGTABLE_REQUIRE_SERVICES is set, but LONGTABLE_TEST_DATABASE_URL is not")
    pytest.skip("no PostgreSQL here: set LONGTABLE_TEST_DATABASE_URL to try it")


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite file with all tables."""
    store = Store(laid(tmp_path / "longtable.sqlite3"), gather=0)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database with all tables: each test runs on both kinds where both are there."""
    if request.param == "sqlite":
        found = Store(laid(tmp_path / "longtable.sqlite3"), gather=0)
    else:
        found = emptied(Store(postgres_or_skip(), gather=0))
    yield found
    found.close()
