"""A small conversation through a real server: all join, write and vote, and nothing differs."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served import ROOT, Served, served

VOTERS = (1, 2, 3, 4, 5, 6)
LOUD = 34
"""More statements of one author than the room takes at one go."""


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> object:
    """A fresh server, in each engine."""
    with served(tmp_path_factory.mktemp(request.param), engine=request.param) as running:
        yield running


def write(folder: Path, name: str, header: str, rows: list[list[object]]) -> None:
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(header.split(","))
        out.writerows(rows)


def conversation(folder: Path) -> Path:
    """Six voters, one in two minds; author 99 never votes; one statement has 500 letters."""
    events = [(at, at % 3, voter, (1, 0, -1)[(at + voter) % 3]) for at, voter in enumerate(VOTERS)]
    events += [(100 + voter, 2, voter, 1) for voter in VOTERS] + [(200, 2, 3, -1), (201, 2, 3, 0)]
    texts = ["ab " * 166 + "cd", "Zwei 🙂 <b>words</b>", "=SUM(A1)"] + [
        f"No. {n}" for n in range(LOUD)
    ]
    last: dict[int, dict[int, int]] = {voter: {} for voter in VOTERS}
    for _, statement, voter, vote in events:
        last[voter][statement] = vote
    write(
        folder,
        "comments.csv",
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body",
        [
            [n, "", n, 99 if n != 1 else 1, *_counts(events, n), 1, text]
            for n, text in enumerate(texts)
        ],
    )
    write(
        folder,
        "votes.csv",
        "timestamp,datetime,comment-id,voter-id,vote",
        [[at, "", statement, voter, vote] for at, statement, voter, vote in events],
    )
    write(
        folder,
        "participants-votes.csv",
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2",
        [_participant(voter, given) for voter, given in last.items()],
    )
    return folder


def _counts(events: list[tuple[int, int, int, int]], statement: int) -> list[int]:
    given = [vote for _, one, _, vote in events if one == statement]
    return [given.count(1), given.count(-1)]


def _participant(voter: int, given: dict[int, int]) -> list[object]:
    values = list(given.values())
    counts = [len(values), values.count(1), values.count(-1)]
    return [voter, "0", int(voter == 1), *counts, *(given.get(n, "") for n in range(3))]


def replay(
    server: Served, folder: Path, *more: str, **environ: str
) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("LONGTABLE_")}
    env |= environ or {"LONGTABLE_DATABASE_URL": server.database}
    return subprocess.run(
        [
            sys.executable,
            str(ROOT / "app.py"),
            "replay",
            "polis",
            str(folder),
            "--url",
            server.url,
            *more,
        ],
        capture_output=True,
        text=True,
        cwd=folder,
        env=env,
        check=False,
    )


def test_a_replayed_conversation_has_no_difference_and_nothing_is_refused(
    server: Served, tmp_path: Path
) -> None:
    done = replay(server, conversation(tmp_path), "--top", "2")
    assert done.returncode == 0, done.stderr + done.stdout
    told = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert told["People"] == "7 seats, 6 of them voters"
    assert told["Statements"] == str(3 + LOUD)
    assert told["Votes"] == "14 acknowledged"
    assert told["Refused"] == "0, and 0 asked to wait"
    assert told["Backlog"] == "2 ideas promoted"
    assert told["Differences"] == "0"


def test_a_difference_is_printed_and_ends_with_one(server: Served, tmp_path: Path) -> None:
    folder = conversation(tmp_path)
    path = folder / "participants-votes.csv"
    path.write_text(path.read_text().replace("1,0,1,2,", "1,0,1,9,", 1))
    done = replay(server, folder)
    assert done.returncode == 1
    assert "Voter 1: the file says" in done.stdout


def test_a_token_that_was_used_is_told_in_one_sentence(server: Served, tmp_path: Path) -> None:
    done = replay(server, conversation(tmp_path), LONGTABLE_TOKEN="used long ago")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("The server doesn’t know our one-time token.")
    assert done.stderr.count("\n") == 1
