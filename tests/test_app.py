"""The engine is chosen and patched before anything else, and only for commands that serve."""

from __future__ import annotations

import subprocess
import sys

import pytest

import app
from tests.house.tree import ROOT


@pytest.mark.parametrize(
    ("words", "wanted", "engine"),
    [
        (["run"], "", "eventlet"),
        (["demo"], "Threading", "threading"),
        (["run"], "gevent", "gevent"),
        (["--quiet", "run"], "eventlet", "eventlet"),
        (["tally", "run"], "eventlet", "threading"),
        (["run", "--processes", "4"], "eventlet", "threading"),
        (["run", "--processes=4"], "eventlet", "threading"),
        (["run"], "no such engine", "threading"),
        ([], "", "threading"),
    ],
)
def test_only_a_command_that_serves_gets_the_engine_that_was_asked_for(
    words: list[str], wanted: str, engine: str
) -> None:
    assert app.engine_for(words, wanted) == engine


def in_a_fresh_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_under_eventlet_the_standard_library_is_patched_and_work_is_offloaded() -> None:
    code = """
import app
offload = app.ENGINES["eventlet"]()
import os, socket, threading
here = threading.get_ident()
print(socket.socket.__module__, os.environ["PSYCOPG_WAIT_FUNC"], offload(divmod, 7, 2))
"""
    assert in_a_fresh_python(code) == "eventlet.greenio.base wait_selector (3, 1)"


def test_under_threading_nothing_is_patched_and_work_is_offloaded() -> None:
    code = """
import app
offload = app.ENGINES["threading"]()
import sys
print("eventlet" in sys.modules, offload(divmod, 7, 2))
"""
    assert in_a_fresh_python(code) == "False (3, 1)"


def test_an_error_in_offloaded_work_comes_back_to_whoever_asked() -> None:
    offload = app.ENGINES["threading"]()
    with pytest.raises(ZeroDivisionError):
        offload(divmod, 1, 0)
