"""Phones that drop and return are right again within seconds, however they went."""

from __future__ import annotations

from tests.faults.table import short


def test_phones_that_flap_are_soon_right_again() -> None:
    figures = short("flapping")
    assert figures["wrong"] == []
    assert {"reset", "hung up", "half open"} == figures["went"].keys()
