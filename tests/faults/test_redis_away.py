"""Without Redis a room is a little late between processes, and nothing else."""

from __future__ import annotations

import pytest

from tests.faults.hall import hall_or_skip
from tests.faults.table import short

pytestmark = pytest.mark.services


def test_while_redis_is_away_votes_are_taken_and_afterwards_everybody_is_right() -> None:
    hall_or_skip(alone=True)
    figures = short("redis_away")
    assert figures["wrong"] == []
    assert figures["votes_while_away"] > 20
