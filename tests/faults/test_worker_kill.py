"""A process behind nginx may die at any moment: its people go on at another."""

from __future__ import annotations

import pytest

from tests.faults.hall import hall_or_skip
from tests.faults.table import short

pytestmark = pytest.mark.services


def test_a_process_that_is_killed_behind_nginx_loses_and_doubles_nothing() -> None:
    hall_or_skip(alone=True)
    figures = short("worker_kill")
    assert figures["wrong"] == []
    assert figures["connections_dropped"] > 0
