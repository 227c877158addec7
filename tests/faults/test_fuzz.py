"""Whatever bytes come in: no 5xx, nothing fails inside, and a phone beside it goes on."""

from __future__ import annotations

from tests.faults.table import short


def test_hostile_bytes_harm_nobody() -> None:
    figures = short("fuzz")
    assert figures["wrong"] == []
    assert figures["statuses"][200] > 0
    assert figures["statuses"][404] > 0
