"""The server may die at any moment, as often as it likes: what it said yes to is kept."""

from __future__ import annotations

from tests.faults.table import short


def test_kill_9_in_the_middle_of_a_vote_loses_and_doubles_nothing() -> None:
    figures = short("kill")
    assert figures["wrong"] == []
    assert figures["acknowledged"] > 100
    assert figures["resent"] > 0
