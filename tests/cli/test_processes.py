"""Several processes behind nginx: refused in sentences, kept alive, stopped as one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import MUST
from tests.house.tree import ROOT
from workshop.cli import nginx, processes
from workshop.cli.keeping import Keeper, Kept
from workshop.settings import Settings

SECONDS = 20.0
FIT = Settings(
    database_url="postgresql+psycopg://postgres@127.0.0.1/longtable",
    redis_url="redis://127.0.0.1:6379/0",
    secret_key="pJ3x_Vw8sQn5-RkYt2hLzBc7dGf4mA9u",
    public_url="https://table.example.org",
    allowed_origins=("https://table.example.org", "http://127.0.0.1:5000"),
)
SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not yet taken note of does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def with_nginx() -> None:
    if nginx.program() is None:
        if MUST:
            pytest.fail("LONGTABLE_REQUIRE_SERVICES is set, but there is no nginx")
        pytest.skip("no nginx here")


@pytest.mark.parametrize(
    ("asked", "number", "word"),
    [
        (replace(FIT, database_url="sqlite:///var/longtable.sqlite3"), 4, "PostgreSQL"),
        (replace(FIT, redis_url=None), 4, "Redis"),
        (replace(FIT, secret_key="aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), 4, "SECRET_KEY"),
        (FIT, 0, "at least 1 process"),
        (FIT, 65, "no more than 64"),
        (replace(FIT, port=65_530), 6, "lower LONGTABLE_PORT"),
    ],
)
def test_what_several_processes_need_and_do_not_have_is_a_sentence(
    asked: Settings, number: int, word: str, with_nginx: None
) -> None:
    (sentence,) = processes.lacking(asked, number)
    assert word in sentence
    assert processes.lacking(FIT, 4) == []


def test_without_nginx_the_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nginx, "program", lambda: None)
    (sentence,) = processes.lacking(FIT, 2)
    assert "apt install nginx-light" in sentence


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), "run", "--processes", "2"],
        cwd=tmp_path,
        env={**os.environ, "LONGTABLE_DATABASE_URL": "sqlite:///x", "LONGTABLE_REDIS_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "need PostgreSQL" in done.stderr
    assert "need Redis" in done.stderr
    assert "Traceback" not in done.stderr


def test_each_process_keeps_what_is_seen_outside_and_trusts_one_proxy_more() -> None:
    told = processes.worker_environ(replace(FIT, trusted_proxies=1), 5003)
    assert told["LONGTABLE_PUBLIC_URL"] == "https://table.example.org"
    assert told["LONGTABLE_ALLOWED_ORIGINS"] == "https://table.example.org,http://127.0.0.1:5000"
    assert told["LONGTABLE_SECRET_KEY"] == FIT.secret_key
    assert (told["LONGTABLE_HOST"], told["LONGTABLE_PORT"]) == ("127.0.0.1", "5003")
    assert told["LONGTABLE_TRUSTED_PROXIES"] == "2"


@pytest.mark.parametrize("spread", ["room", "person"])
@pytest.mark.parametrize("proxies", [0, 1])
def test_nginx_understands_its_configuration(
    tmp_path: Path, with_nginx: None, spread: str, proxies: int
) -> None:
    settings = replace(FIT, port=5658, trusted_proxies=proxies)
    text = nginx.configuration(settings, [5656, 5657], tmp_path, spread=spread)
    (tmp_path / "nginx.conf").write_text(text)
    said = subprocess.run(
        [*nginx.command(tmp_path), "-t"], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    assert f"hash $by_{spread} consistent;" in text
    assert "[warn]" not in said.stderr
    assert "server 127.0.0.1:5657 max_fails=0;" in text


def test_a_visitor_cannot_say_who_they_are_where_no_proxy_is_trusted(tmp_path: Path) -> None:
    alone = nginx.configuration(FIT, [5001], tmp_path)
    assert "X-Forwarded-For $remote_addr;" in alone
    behind = nginx.configuration(replace(FIT, trusted_proxies=1), [5001], tmp_path)
    assert "X-Forwarded-For $proxy_add_x_forwarded_for;" in behind


def kept_alive(keeper: Keeper) -> threading.Thread:
    thread = threading.Thread(target=keeper.keep)
    thread.start()
    return thread


def test_a_process_that_falls_is_started_again_and_all_end_together() -> None:
    keeper = Keeper()
    one, other = (Kept(number, SLEEPS, os.environ) for number in (1, 2))
    for process in (one, other):
        keeper.start(process)
    assert one.process
    assert other.process
    thread, first = kept_alive(keeper), one.process.pid
    os.kill(first, signal.SIGKILL)
    until(lambda: one.process and one.process.pid != first and alive(one.process.pid))
    keeper.stopping.set()
    thread.join(SECONDS)
    keeper.stop()
    assert not alive(one.process.pid)
    assert not alive(other.process.pid)


def test_a_process_that_falls_again_and_again_is_started_less_and_less_often() -> None:
    falls = Kept(1, [sys.executable, "-c", ""], os.environ)
    starts: list[float] = []
    falls.start()
    now = 0.0
    while len(starts) < 5:
        assert falls.process
        before = falls.process
        before.wait(SECONDS)
        falls.look(now)
        if falls.process is not before:
            starts.append(now)
        now += 0.1
    waits = [round(later - sooner, 1) for sooner, later in pairwise(starts)]
    assert waits == sorted(waits)
    assert waits[-1] > 2 * waits[0]
    falls.stop(0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_nobody_is_left_behind_where_the_keeper_itself_is_killed() -> None:
    code = (
        "import os, time; from workshop.cli.keeping import Kept;"
        f"one = Kept(1, {SLEEPS!r}, os.environ); one.start();"
        "print(one.process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as keeper:
        assert keeper.stdout
        child = int(keeper.stdout.readline())
        assert alive(child)
        keeper.kill()
    until(lambda: not alive(child))
