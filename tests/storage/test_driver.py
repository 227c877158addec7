"""A driver that stops everybody while it waits is found out before anybody is let in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import postgres_or_skip
from tests.house.tree import ROOT
from workshop.rules.refusals import Refused
from workshop.storage import driver
from workshop.storage.engines import UnsafeDatabase, make_engine
from workshop.storage.store import Store
from workshop.storage.upgrade import DatabaseUnfit

LOOKS = """
import app
app.ENGINES[{engine!r}]()
import os
os.environ["PSYCOPG_WAIT_FUNC"] = {wait!r}
from workshop.storage.driver import refuse_to_be_held_up
from workshop.storage.engines import make_engine
refuse_to_be_held_up(make_engine({url!r}))
"""


def looks(engine: str, wait: str) -> subprocess.CompletedProcess[str]:
    """Start as a server does under an engine, but let psycopg wait in this way."""
    code = LOOKS.format(engine=engine, wait=wait, url=postgres_or_skip())
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@pytest.mark.services
def test_a_driver_that_waits_inside_c_is_refused_under_eventlet() -> None:
    said = looks("eventlet", "wait_c")
    assert UnsafeDatabase.__name__ in said.stderr
    assert "holds everybody up" in said.stderr


@pytest.mark.services
@pytest.mark.parametrize(
    ("engine", "wait"), [("eventlet", "wait_selector"), ("threading", "wait_c")]
)
def test_a_driver_that_lets_others_run_is_taken(engine: str, wait: str) -> None:
    said = looks(engine, wait)
    assert said.returncode == 0, said.stderr


@pytest.mark.services
def test_a_server_refuses_to_start_on_a_driver_that_holds_everybody_up(tmp_path: Path) -> None:
    engine = make_engine(postgres_or_skip())
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    code = (
        "import app; start = app.ENGINES['eventlet']\n"
        "def broken():\n"
        "    offload = start(); import os; os.environ['PSYCOPG_WAIT_FUNC'] = 'wait_c'\n"
        "    return offload\n"
        "app.ENGINES['eventlet'] = broken\n"
        "raise SystemExit(app.main(['run', '--port', '5655']))"
    )
    own = {name: value for name, value in os.environ.items() if not name.startswith("LONGTABLE_")}
    said = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**own, "PYTHONPATH": str(ROOT), "LONGTABLE_DATABASE_URL": postgres_or_skip()},
    )
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.startswith("The database driver holds everybody up")


def test_sqlite_is_not_asked(tmp_path: Path) -> None:
    driver.refuse_to_be_held_up(make_engine(f"sqlite:///{tmp_path}/x.sqlite3"))


def test_a_database_that_is_away_is_a_sentence() -> None:
    with pytest.raises(DatabaseUnfit, match="reach the database"):
        driver.refuse_to_be_held_up(make_engine("postgresql+psycopg://nobody@127.0.0.1:1/none"))


def test_whoever_reads_while_the_database_is_away_is_asked_to_come_back() -> None:
    store = Store("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(Refused, match="server_busy") as no, store.read():
        pass
    assert no.value.again == 1.0
