"""What the room promises: how fast, at what cost, with how many phones (docs/performance.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple


class Goal(NamedTuple):
    """The promise for up to so many phones at a vote a second for every ten.

    Attributes:
        ack: milliseconds in which 95 of 100 taps are acknowledged.
        screen: milliseconds in which 95 of 100 taps are on every screen.
        cores: how much of a core the server uses meanwhile.
    """

    phones: int
    ack: float
    screen: float
    cores: float


GOALS: Final = (
    Goal(100, 25, 40, 0.08),
    Goal(300, 30, 60, 0.15),
    Goal(500, 40, 100, 0.25),
    Goal(1_000, 50, 250, 0.35),
    Goal(2_000, 80, 350, 0.5),
    Goal(5_000, 150, 700, 1.0),
    Goal(10_000, 500, 1_500, 1.0),
)
MANY_ROOMS: Final = GOALS[2]
"""Fifty rooms of thirty phones are held to the line of one room of five hundred."""

JOIN_SECONDS: Final = 30.0
"""In which a thousand phones come from the link to the board."""

BURST_SECONDS: Final = 3.0
"""After the last tap of a burst, in which every tap is acknowledged."""

MEMORY_KIB: Final = 70.0
"""The most memory that one connection takes."""


@dataclass(frozen=True, slots=True)
class Held:
    """One promise and what was measured; None where it could not be."""

    name: str
    found: float | None
    goal: float
    unit: str

    @property
    def met(self) -> bool | None:
        """Whether it was kept; None where nobody can say."""
        return None if self.found is None else self.found <= self.goal

    def __str__(self) -> str:
        found = "not measured" if self.found is None else f"{self.found:,.4g} {self.unit}"
        return f"{self.name} {found} (goal {self.goal:,.4g})"


def goal_for(phones: int, rooms: int = 1) -> Goal:
    """The line of the table that holds for so many phones in each of so many rooms.

    Larger halls than the largest line are held to the largest line.
    """
    if rooms > 1:
        return MANY_ROOMS
    return next((goal for goal in GOALS if phones <= goal.phones), GOALS[-1])


def join_goal(phones: int) -> float:
    """Seconds in which so many phones are in the room."""
    return max(JOIN_SECONDS, JOIN_SECONDS * phones / 1_000)
