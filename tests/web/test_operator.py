"""What whoever runs the server is told: it lives, it is ready, and its numbers; nobody else is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.served import ROOT
from tests.tables import migrated
from tests.web.visitors import Place, place
from workshop import metrics
from workshop.rules.policies import COMMANDS, ROUTES
from workshop.rules.refusals import REFUSALS, Refused
from workshop.storage import health
from workshop.storage.store import Store
from workshop.storage.upgrade import downgrade, head

TOKEN = "a token of a test that is long enough"
LINE = re.compile(r"(?m)^([a-z_]+)(?:\{(.*)\})? (\S+)$")


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path)


def value(page: str, name: str, **labels: str) -> float:
    """A number on the page, 0 where it is not there."""
    for found, written, number in LINE.findall(page):
        if found == name and dict(re.findall(r'(\w+)="(.*?)"', written)) == labels:
            return float(number)
    return 0.0


def asks(here: Place, **how: Any) -> int:
    return here.browser().client.get("/metrics", **how).status_code


def with_token(here: Place) -> None:
    house = here.longtable.app.extensions["longtable"]
    settings = replace(house.settings, metrics_token=TOKEN)
    here.longtable.app.extensions["longtable"] = replace(house, settings=settings)


def test_the_server_says_that_it_lives(here: Place) -> None:
    assert here.browser().client.get("/healthz").json == {"ok": True}


def test_this_machine_itself_may_read_the_numbers(here: Place) -> None:
    assert asks(here) == 200
    assert asks(here, environ_overrides={"REMOTE_ADDR": "::1"}) == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_nobody_reads_the_numbers_through_a_proxy(here: Place, header: str) -> None:
    assert asks(here, headers={header: "127.0.0.1"}) == 404


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "127.0.0.1.example.org", ""])
def test_another_machine_finds_no_such_page(here: Place, address: str) -> None:
    assert asks(here, environ_overrides={"REMOTE_ADDR": address}) == 404


def test_what_a_trusted_proxy_says_of_its_visitor_makes_nobody_local(here: Place) -> None:
    kept = {"REMOTE_ADDR": "192.0.2.7"}
    told = {"REMOTE_ADDR": "127.0.0.1", "werkzeug.proxy_fix.orig": kept}
    assert asks(here, environ_overrides=told) == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "192.0.2.7"}, 200),
        ({"Authorization": f"Bearer {TOKEN}é"}, 404),
        ({"Authorization": "Bearer "}, 404),
        ({"Authorization": TOKEN}, 404),
        ({}, 404),
    ],
)
def test_with_a_token_its_bearer_reads_the_numbers_and_nobody_else(
    here: Place, headers: Mapping[str, str], status: int
) -> None:
    with_token(here)
    assert asks(here, headers=headers) == status


def test_a_command_a_commit_and_a_page_are_counted(here: Place) -> None:
    before = here.browser().client.get("/metrics").text
    person = here.told.people[0]
    here.told.moves_to("problems")
    here.told.posts(person, "problem", "CANARY words")
    with pytest.raises(Refused), metrics.command("mark.set"):
        raise Refused("round_closed")
    with pytest.raises(ValueError, match="CANARY"), metrics.command("mark.set"):
        raise ValueError("CANARY")
    after = here.browser().client.get("/metrics").text

    def more(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    assert more("longtable_commit_acts_sum") >= 2
    assert more("longtable_commit_seconds_count") >= 2
    assert more("longtable_pages_total", endpoint="operator.numbers", status="200") == 1
    assert more("longtable_commands_total", kind="mark.set", outcome="round_closed") == 1
    assert more("longtable_commands_total", kind="mark.set", outcome="fault") == 1
    assert more("longtable_command_seconds_count", kind="mark.set") == 2
    assert value(after, "process_resident_memory_bytes") > 0
    assert "CANARY" not in after


def test_an_address_that_leads_nowhere_becomes_no_label(here: Place) -> None:
    here.browser().client.get("/CANARYADDRESS")
    assert "CANARYADDRESS" not in metrics.text().decode()


@pytest.mark.parametrize("written", ["We wait.", "482913", "a b", "x" * 41, "é", "a\nb", ""])
def test_what_is_no_word_of_the_code_becomes_no_label(written: str) -> None:
    metrics.refused("command", written)
    assert value(metrics.text().decode(), "longtable_refused_events_total", event="command",
                 refusal=metrics.WITHHELD) > 0  # fmt: skip
    assert f'refusal="{written}"' not in metrics.text().decode()


def test_the_page_about_watching_tells_every_number() -> None:
    told = (ROOT / "docs/watching.md").read_text()
    names = {family.name for family in metrics.registry.collect()}
    ours = {name for name in names if name.startswith("longtable_")}
    assert {name for name in ours if f"| `{name}` |" not in told} == set()


def test_every_name_that_may_be_a_label_is_told_as_it_is() -> None:
    names = {*COMMANDS, *ROUTES, *REFUSALS, "404"}
    assert {name for name in names if metrics._label(name) != name} == set()


@pytest.fixture
def whole(tmp_path: Path) -> Store:
    return Store(migrated(tmp_path / "ready.sqlite3"), gather=0)


def test_a_server_with_its_tables_is_ready(whole: Store) -> None:
    assert health.trouble(whole, kept=0) == ""


def test_a_server_with_old_tables_is_not_ready(whole: Store) -> None:
    downgrade(whole.engine, "-1")
    assert health.trouble(whole, kept=0) == "old_tables"


def test_a_server_that_cannot_write_is_not_ready(whole: Store) -> None:
    with whole.engine.connect() as other:
        other.exec_driver_sql("PRAGMA query_only = ON")
    assert health.trouble(whole, kept=0) == "read_only"


def test_a_server_with_a_full_disk_is_not_ready(
    whole: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 62)
    assert health.trouble(whole, kept=0) == "disk_full"


def test_a_server_whose_database_is_away_is_not_ready() -> None:
    nobody = Store("postgresql+psycopg://nobody@127.0.0.1:9/nothing?connect_timeout=1", gather=0)
    assert health.trouble(nobody, kept=0) == "away"


def test_many_questions_ask_the_database_once(whole: Store) -> None:
    assert health.trouble(whole, kept=60) == ""
    downgrade(whole.engine, "-1")
    assert health.trouble(whole, kept=60) == ""
    assert health.trouble(whole, kept=0) == "old_tables"


def test_a_server_that_is_not_ready_says_so_with_503(here: Place) -> None:
    answer = here.browser().client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"ready": False, "database": "old_tables"})
    upgrade_of(here)


def upgrade_of(here: Place) -> None:
    """The tables of these tests are made without Alembic; here its stamp is set beside them."""
    with here.longtable.store.engine.begin() as raw:
        raw.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        raw.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (head(),))
    health._found.clear()
    answer = here.browser().client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"ready": True, "database": "ready"})
