"""While PostgreSQL is away everybody is told so in a sentence; afterwards nothing is missing."""

from __future__ import annotations

import pytest

from tests.faults.hall import hall_or_skip
from tests.faults.table import short

pytestmark = pytest.mark.services


def test_a_restart_of_the_database_loses_and_doubles_nothing() -> None:
    hall_or_skip(alone=True)
    figures = short("postgres_restart")
    assert figures["wrong"] == []
    assert figures["resent"] > 0
