"""Whatever a minute brings, a room keeps its promises. The seed is printed: it can be had again."""

from __future__ import annotations

from tests.faults.table import short


def test_a_minute_of_a_nemesis_breaks_no_promise() -> None:
    figures = short("nemesis")
    assert figures["wrong"] == []
    assert figures["acknowledged"] > 50
