"""Hints between processes: "room 17 changed", "this person has left", and who is connected where.

A hint that is lost does no harm: every process also looks into the database now and then, and the
database is the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

Hint = dict[str, int]
"""One of {"workshop": id}, {"seat": id}, {"account": id}, {"host": account, "of": workshop}, and
{"room": id} of a room that was wiped."""

Seats = Mapping[int, str]
"""The seats connected somewhere, each with its group."""


class Hints(Protocol):
    """How processes tell each other. With one process there is nobody to tell."""

    def tell(self, hint: Hint) -> None:
        """Pass a hint to all other processes. Never fails and never waits long."""

    def listen(self, heard: Callable[[Hint], None]) -> None:
        """Call `heard` with each hint of another process, for ever."""

    def here(self, workshop_id: int, seats: Seats) -> None:
        """Say who is connected to this process."""

    def elsewhere(self, workshop_id: int) -> Seats:
        """Who is connected to other processes, as far as we know."""


class Alone:
    """One process, and nobody to tell."""

    def tell(self, hint: Hint) -> None:
        """Tell nobody."""

    def listen(self, heard: Callable[[Hint], None]) -> None:
        """Hear nothing."""

    def here(self, workshop_id: int, seats: Seats) -> None:
        """Everybody is here."""

    def elsewhere(self, workshop_id: int) -> Seats:  # noqa: ARG002 - there is no elsewhere
        """Nobody is elsewhere."""
        return {}
