"""The rows of the published tables: what is run, and within what time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SECONDS: Final = 20.0
"""Of voting, in each row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One hall on a fresh database.

    Attributes:
        kind: "hall" for votes at a steady rate, "burst" and "rooms" as `longtable rehearse` means
            them, "restart" for the server killed and started again.
        phones: in each room.
        processes: of the server, behind nginx where there are several.
    """

    phones: int
    kind: str = "hall"
    engine: str = "eventlet"
    database: str = "SQLite"
    processes: int = 1
    rooms: int = 1

    @property
    def name(self) -> str:
        """By which it is picked and told: kind-phones-engine-database-processes."""
        hall = f"{self.rooms}x{self.phones}" if self.rooms > 1 else str(self.phones)
        return f"{self.kind}-{hall}-{self.engine}-{self.database}-{self.processes}".lower()

    @property
    def limit(self) -> float:
        """Seconds after which it is given up: a fifth of a second for each phone to come in."""
        return 240 + 2 * SECONDS + 0.2 * self.phones * self.rooms

    @property
    def options(self) -> list[str]:
        """What `longtable rehearse` is asked."""
        asked = ["--phones", str(self.phones)]
        if self.kind == "burst":
            return [*asked, "--burst"]
        return [*asked, "--rooms", str(self.rooms), "--seconds", f"{SECONDS:g}"]


ROWS: Final = (
    *(Row(phones) for phones in (100, 300, 500, 1_000, 2_000, 5_000, 10_000)),
    *(Row(phones, engine="threading") for phones in (100, 200)),
    *(Row(1_000, database="PostgreSQL", processes=processes) for processes in (1, 2, 4)),
    Row(10_000, database="PostgreSQL", processes=2),
    Row(1_000, "burst"),
    Row(30, "rooms", rooms=50),
    Row(300, "restart"),
    Row(1_000, "restart"),
)
