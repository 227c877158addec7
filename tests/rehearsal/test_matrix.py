"""Of the published rows, one that fails does not end the rest, and tables say what was found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.load import matrix
from tests.load.machinery import Failed, Services, family
from tests.load.rows import ROWS, Row
from tests.load.tables import tables

NOWHERE = Services("", "")


def test_every_row_has_a_name_of_its_own_and_an_end() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
    assert all(row.limit < 3_600 for row in ROWS)


def test_a_row_that_fails_says_so_and_the_rest_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one(row: Row, _port: int, _services: Services) -> dict[str, object]:
        if row.phones == 1:
            raise Failed("the server stopped: no room")
        return {"found": {"server_answers_s": 1.0, "right_s": 2.0} | RESTARTED}

    monkeypatch.setattr(matrix, "_one", one)
    monkeypatch.setattr(matrix, "REST_SECONDS", 0.0)
    rows = [Row(1, "restart"), Row(2, "restart")]
    told = matrix._all(rows, tmp_path / "out.json", 1, NOWHERE)
    assert [row.get("failed") for row in told["rows"]] == [
        "Failed: the server stopped: no room",
        None,
    ]
    text = tables(told)
    assert "| 2 | eventlet, SQLite | 1.0 | 0.5 / 1.5 / 3.0 | 2.0 | 0 / 0 / 4 | no |" in text
    assert text.endswith("restart-1-eventlet-sqlite-1 failed: Failed: the server stopped: no room")


RESTARTED = {
    "back_s": {"p50": 0.5, "p95": 1.5, "p99": 2.5, "worst": 3.0},
    "lost": 0,
    "doubled": 0,
    "behind": 4,
    "met": False,
}


@pytest.mark.parametrize(
    ("program", "limit", "sentence"),
    [
        ("raise SystemExit('Nobody answers.')", 60.0, "Nobody answers."),
        ("print('{', end='')", 60.0, "it said nothing"),
        ("import time; time.sleep(60)", 0.5, "it was not done within"),
    ],
)
def test_a_generator_that_says_no_figures_is_a_row_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, limit: float, sentence: str
) -> None:
    monkeypatch.setattr(Row, "limit", limit)
    monkeypatch.setattr(matrix, "stay_on", lambda *_: None)
    with pytest.raises(Failed, match=sentence):
        matrix._generate(["-c", program], Row(1), {}, tmp_path)


def test_all_that_a_server_started_belongs_to_it(tmp_path: Path) -> None:
    for pid, parent in ((7, 1), (8, 7), (9, 8), (10, 1)):
        folder = tmp_path / str(pid)
        folder.mkdir()
        (folder / "stat").write_text(f"{pid} (a) b) S {parent} 0 0")
    assert family(7, tmp_path) == [7, 8, 9]
