"""A small hall in a real server: everybody comes in, votes and is counted, and nothing is lost."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import urllib.request
from typing import Any

import pytest

from tests.served import ROOT, Served, served
from workshop.acts.accounts import make_pass
from workshop.cli.opening import opened
from workshop.rehearsal import rehearse
from workshop.rehearsal.browser import Lost
from workshop.rehearsal.findings import Plan


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A fresh server without an engine of its own."""
    with served(tmp_path_factory.mktemp("threading"), engine="threading") as running:
        yield running


def longtable_rehearse(server: Served, options: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("LONGTABLE_")}
    words = [
        sys.executable,
        str(ROOT / "app.py"),
        "rehearse",
        "--url",
        server.url,
        *options.split(),
    ]
    return subprocess.run(
        words,
        capture_output=True,
        text=True,
        env=env | {"LONGTABLE_DATABASE_URL": server.database},
        check=False,
    )


def found(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr + done.stdout
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_ten_people_vote_and_every_vote_is_on_every_screen_and_counted(server: Served) -> None:
    told = found(longtable_rehearse(server, "--json --phones 10 --rate 10 --seconds 2"))
    assert told["sound"] is True
    assert (told["wrong"], told["ballots"]) == ({"lost": 0, "doubled": 0},) * 2
    votes = told["votes"]
    assert (votes["acknowledged"], votes["unanswered"], votes["refused"]) == (20, 0, 0)
    assert votes["unseen"] == 0
    assert 0 < votes["ack"]["p50"] <= votes["last"]["worst"]
    assert votes["messages"] > 0
    assert votes["used"]["seconds"] is not None
    assert told["joining"]["each"]["worst"] > 0


def test_several_rooms_post_first_and_then_everybody_taps_at_once(server: Served) -> None:
    options = "--phones 3 --rooms 2 --burst --method sweep --posts-per-second 2 --seconds 1"
    told = found(longtable_rehearse(server, f"--json {options}"))
    assert told["sound"] is True
    assert len(told["slugs"]) == 2
    assert told["posts"]["acknowledged"] == 4
    assert told["votes"]["acknowledged"] == 6


def test_the_table_ends_with_a_verdict_and_says_what_became_of_the_workshop(
    server: Served,
) -> None:
    done = longtable_rehearse(server, "--phones 2 --seconds 1 --join-seconds 0.2")
    assert done.returncode == 0, done.stderr
    assert "\nVerdict    " in done.stdout
    last = done.stdout.splitlines()[-1]
    assert last.endswith("finished: its doors are shut and its code is free.")
    with urllib.request.urlopen(f"{server.url}/healthz") as answer:  # noqa: S310 - our own server
        assert answer.status == 200


def test_a_server_that_is_not_there_is_told_in_one_sentence(server: Served) -> None:
    gone = Served("http://127.0.0.1:9", server.database, "", server.process)
    done = longtable_rehearse(gone, "--phones 1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Nobody answers at http://127.0.0.1:9. Is the server running?\n"


def test_a_hall_that_does_not_fill_in_time_is_told_with_the_room_that_stays_open(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearse, "JOIN_SECONDS", 0.0)
    monkeypatch.setattr(rehearse, "PAGE_SECONDS", 0.0)
    with opened({"LONGTABLE_DATABASE_URL": server.database}) as (_, stage):
        stage.perform(make_pass, kind="robot", role="facilitator", token="once")
    plan = Plan(phones=2, rate=1, seconds=1)
    with pytest.raises(Lost) as lost:
        asyncio.run(rehearse.Rehearsal(plan, server.url, "once").run())
    assert str(lost.value).startswith("Only 0 of 2 phones came in before time was up. This stays")
