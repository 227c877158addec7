"""However many taps race, a purse gives what is in it, and nobody hears of an error."""

from __future__ import annotations

from tests.faults.table import short


def test_a_purse_of_three_gives_exactly_three_however_many_votes_race() -> None:
    figures = short("races")
    assert figures["wrong"] == [], figures
