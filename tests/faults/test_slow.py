"""A phone that never reads costs nobody else anything, and is let go."""

from __future__ import annotations

from tests.faults.table import short


def test_phones_that_never_read_are_dropped_before_they_cost_much() -> None:
    figures = short("slow")
    assert figures["wrong"] == []
