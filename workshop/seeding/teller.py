"""Whoever tells a story: performs its acts on one open transaction, in the story's own time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from workshop.acts.stage import Change
from workshop.reads import rooms
from workshop.reads.rooms import RoomCard
from workshop.seeding.reading import Story

T = TypeVar("T")

MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Cast:
    """The accounts that a story needs."""

    facilitator: int
    leader: int


@dataclass
class Teller:
    """Tells one story.

    Attributes:
        db: the open transaction.
        at: the story's time in milliseconds since 1970.
        workshop: the number of its workshop, once that is made.
        numbers: what the story calls something -> its row, as in ("ideas", "evening").
        receipts: each person's own secret.
    """

    db: Any
    story: Story
    cast: Cast
    at: int
    workshop: int = 0
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)

    def do(self, act: Callable[..., Change], **given: Any) -> dict[str, Any]:
        """Perform an act of this workshop now, and return its answer."""
        change = act(self.db, now=self.at, workshop_id=self.workshop, **given)
        # As the write door does after every act: the next one may read past the session.
        self.db.flush()
        return change.answer

    def spread(self, items: Iterable[T], minutes: float) -> Iterator[T]:
        """Hand out `items` evenly over so many minutes of the story's time."""
        listed, start = list(items), self.at
        for place, item in enumerate(listed, 1):
            self.at = start + int(minutes * MINUTE * place / (len(listed) + 1))
            yield item
        self.at = start + int(minutes * MINUTE)

    def room(self) -> RoomCard:
        """The workshop as it is now."""
        found = rooms.by_id(self.db, self.workshop)
        if found is None:
            raise LookupError(self.workshop)
        return found


def day_of(milliseconds: int) -> str:
    """The day of a moment since 1970, as acts take it: "2026-01-16"."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
