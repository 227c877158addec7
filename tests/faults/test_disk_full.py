"""A full disk is a polite no: nothing half written, and on it goes once there is room."""

from __future__ import annotations

from tests.faults.table import short


def test_a_full_disk_refuses_politely_and_forgets_nothing_and_recovers() -> None:
    figures = short("disk_full")
    assert figures["wrong"] == [], figures
    assert figures["refused while full"] > 0
