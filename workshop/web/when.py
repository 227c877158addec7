"""The wall clock of a workshop: the time people typed is the time they read, everywhere.

A workshop happens in one place, and its time is what the clock on that wall says. It is kept as
if it were UTC, so that no reader's own time zone can move it.
"""

from __future__ import annotations

from datetime import UTC, datetime


def from_wall(typed: datetime | None) -> int | None:
    """The time somebody typed, as milliseconds since 1970; None stays None."""
    return int(typed.replace(tzinfo=UTC).timestamp() * 1000) if typed else None


def to_wall(moment: int | None) -> datetime | None:
    """A stored time as it was typed."""
    return datetime.fromtimestamp(moment / 1000, UTC) if moment is not None else None
