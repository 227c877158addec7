"""A command counts once, however often, however late and in whatever order it arrives."""

from __future__ import annotations

from tests.faults.table import short


def test_duplicated_reordered_and_replayed_commands_have_one_effect_and_one_answer() -> None:
    figures = short("duplicates")
    assert figures["wrong"] == [], figures
    assert figures["sqlite"]["other bodies refused"] > 0
