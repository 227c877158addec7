"""A room in which anything may happen in any order, held at every step to a small oracle.

The same few rooms are played with every change, and `LONGTABLE_TEST_ROOMS=2000` plays that many
others.
"""

from __future__ import annotations

import os
import sys

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant

from tests.acts import comparing
from tests.acts.playing import Playing

ROOMS = int(os.environ.get("LONGTABLE_TEST_ROOMS", "0"))


class RoomMachine(Playing):
    """Every act through its real door, on a real SQLite file."""

    @invariant()
    def the_file_is_what_the_oracle_says(self) -> None:
        comparing.stored(self.raw, self.workshop, self.judge.room, len(self.judge.answered))

    def teardown(self) -> None:
        try:
            if self.workshop and sys.exc_info()[0] is None:
                self.everybody_looks()
        finally:
            super().teardown()


RoomMachine.TestCase.settings = settings(
    max_examples=ROOMS or 30,
    stateful_step_count=60 if ROOMS else 50,
    deadline=None,
    derandomize=not ROOMS,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestRoom = RoomMachine.TestCase
