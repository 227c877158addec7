"""What a replay found, in figures and in sentences."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Report:
    """What a replay found.

    Attributes:
        slug: the workshop's name in addresses.
        differences: a sentence for each count that is not as published; there should be none.
        refused: what the room turned down, in its own words; there should be none.
        waited: how often the room asked a phone to come back a little later.
        seconds: how long each part took.
    """

    slug: str = ""
    voters: int = 0
    seats: int = 0
    statements: int = 0
    votes: int = 0
    promoted: int = 0
    waited: int = 0
    differences: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether every count is as published and nothing was turned down."""
        return not self.differences and not self.refused
