"""A vote is in time or it is refused; and what was published never moves again."""

from __future__ import annotations

from tests.faults.table import short


def test_no_vote_comes_after_the_close_and_the_tally_is_the_recount() -> None:
    figures = short("close_race")
    assert figures["wrong"] == [], figures
    assert figures["votes in time"] > 0
    assert figures["votes too late"] > 0
