"""A clock that is set right in the middle of a meeting turns nobody out and loses nothing."""

from __future__ import annotations

import ast

import pytest

from tests.faults.table import short
from tests.house.tree import named, python_in
from workshop.live.limits import LIMITS, Buckets
from workshop.rules.refusals import Refused
from workshop.web.throttle import WINDOW_MS, Guesses

HOUR_MS = 3_600_000

#: The places that ask the machine what time it is. Everything else is told, or counts an interval
#: on a clock that never goes back.
TELL_THE_TIME = {"workshop/factory.py", "workshop/cli/opening.py"}

CLOCKS = {"time", "datetime", "datetime.datetime", "date", "datetime.date"}
READINGS = {"time", "time_ns", "now", "utcnow", "today", "localtime", "gmtime", "ctime"}


def test_nobody_is_turned_out_and_no_vote_lost_when_the_clock_jumps_an_hour() -> None:
    figures = short("clock_step")
    assert figures["wrong"] == [], figures
    assert figures["acknowledged"] > 0


def _asks_for_the_time(node: ast.AST) -> bool:
    """Whether this calls the machine's clock, which somebody may set."""
    function = node.func if isinstance(node, ast.Call) else None
    return (
        isinstance(function, ast.Attribute)
        and function.attr in READINGS
        and ast.unparse(function.value) in CLOCKS
    )


def test_only_the_servers_own_clock_is_one_that_can_be_set() -> None:
    places = {
        named(path)
        for path, tree in python_in("app.py", "workshop/")
        for node in ast.walk(tree)
        if _asks_for_the_time(node)
    }
    assert places == TELL_THE_TIME


def test_somebody_who_guessed_before_the_clock_went_back_waits_no_longer() -> None:
    guesses = Guesses(limit=2)
    for _ in range(3):
        guesses.wrong("hall", 2 * HOUR_MS, Refused("wrong_code"))
    assert guesses.too_many("hall", 2 * HOUR_MS)
    assert not guesses.too_many("hall", HOUR_MS)
    assert not guesses.too_many("hall", 2 * HOUR_MS + WINDOW_MS)


def test_a_bucket_that_was_emptied_fills_with_the_seconds_that_pass() -> None:
    buckets, kind = Buckets(), "mark.set"
    for _ in range(int(LIMITS[kind].burst)):
        buckets.take(kind, 0.0)
    with pytest.raises(Refused, match="too_fast"):
        buckets.take(kind, 0.0)
    buckets.take(kind, 1.0)
