"""What a workshop's printed report tells: who sat at the table, and every revealed vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workshop.reads.findings import FindingsCard, findings_of
from workshop.reads.results import ShownResult, shown_results
from workshop.reads.rooms import RoomCard
from workshop.reads.told import people_in, posted_in


@dataclass(frozen=True, slots=True)
class ReportRoom:
    """One workshop as its report tells it.

    Attributes:
        posted: how many problems and ideas were posted, by kind.
        people: how many sat at the table, small groups folded into "others".
        results: every revealed vote, the latest first; `findings` say what they mean, by round.
    """

    room: RoomCard
    posted: Mapping[str, int]
    people: Mapping[str, int]
    results: tuple[ShownResult, ...]
    findings: Mapping[int, FindingsCard]

    @property
    def everybody(self) -> int:
        """How many people sat at the table."""
        return sum(self.people.values())

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The groups of those who sat on one side of the table, and on the other."""
        seats = tuple(group for group, count in self.people.items() for _ in range(count))
        half = (len(seats) + 1) // 2
        return seats[:half], seats[half:]

    @property
    def held_at(self) -> int | None:
        """When it was held, in milliseconds since 1970; None before that."""
        return self.room.finished_at or self.room.starts_at


def report_room(db: Session, room: RoomCard) -> ReportRoom:
    """Everything that the report of a workshop tells of it beside its backlog."""
    results = shown_results(db, room)
    return ReportRoom(
        room=room,
        posted=posted_in(db, room.id),
        people=people_in(db, room.id),
        results=results,
        findings=findings_of(db, results),
    )
