"""What the server and the generator used of this machine, and whose fault a long wait was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.rehearsal.figures import Spread
from workshop.rehearsal.machine import Cost

FULL: Final = 0.9
"""Of a core: a generator that uses more has no time left to be punctual."""

LATE_MS: Final = 5.0
LATE_SHARE: Final = 0.25
"""Taps may begin so late, or by such a part of the wait for their answer, before it counts."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one part of the rehearsal used; None where the server's processes are not known.

    Attributes:
        cores: how much of a core the server used; own: the same of this generator.
        seconds: processor time of the server.
        waited: how much of the time the server was ready and had no core, because something else
            on this machine had it. Where that is much, the times tell of the machine.
        own_waited: the same of this generator.
    """

    cores: float | None
    own: float
    seconds: float | None
    waited: float | None = None
    own_waited: float | None = None


def usage(before: Cost, after: Cost) -> Usage:
    """What was used between two moments."""
    wall = max(1e-9, after.at - before.at)
    own = round((after.own - before.own) / wall, 3)
    own_waited = _share(before.own_waited, after.own_waited, wall)
    if before.server is None or after.server is None:
        return Usage(None, own, None, None, own_waited)
    spent = after.server - before.server
    waited = _share(before.waited, after.waited, wall)
    return Usage(round(spent / wall, 3), own, round(spent, 3), waited, own_waited)


def _share(before: float | None, after: float | None, wall: float) -> float | None:
    if before is None or after is None:
        return None
    return round(max(0.0, after - before) / wall, 3)


def strained(used: Usage, late: Spread, ack: Spread) -> bool:
    """Whether the generator was a bottleneck, so that the times are partly its own.

    It was where it used a whole core, or where it began 5 of 100 taps so late that they waited
    for it a good part of what they waited for the room. All in milliseconds.
    """
    if used.own >= FULL:
        return True
    return late.p95 is not None and late.p95 > max(LATE_MS, LATE_SHARE * (ack.p95 or 0.0))
