"""Who came and who has taken part, as counts by group; never who said what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.reads.rooms import RoomCard
from workshop.rules.roles import GROUPS, VOICES
from workshop.rules.seating import Chair, around
from workshop.storage.models import Contribution, Purse, Seat


@dataclass(frozen=True, slots=True)
class Headcount:
    """People at the table, by group: how many sat down, and how many took part in this step."""

    joined: Mapping[str, int]
    contributed: Mapping[str, int]

    @property
    def people(self) -> int:
        """Everybody who posts and votes."""
        return sum(self.joined[group] for group in VOICES)

    @property
    def taken_part(self) -> int:
        """How many of them have taken part in this step."""
        return sum(self.contributed[group] for group in VOICES)

    def chairs(self, online: Mapping[str, int] | None = None) -> tuple[Chair, ...]:
        """The table as it is drawn; see `rules.seating`."""
        return around(self.joined, self.contributed, online)


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat on the facilitator's list: its group and when it was taken, nothing else."""

    id: int
    group: str
    joined_at: int
    removed: bool


def headcount(db: Session, workshop_id: int, step_id: int) -> Headcount:
    """Count who sits at the table, and who of them has taken part in a step."""
    joined = db.execute(
        select(Seat.group, func.count())
        .where(Seat.workshop_id == workshop_id, Seat.removed_at.is_(None))
        .group_by(Seat.group)
    )
    contributed = db.execute(
        select(Seat.group, func.count())
        .join(Contribution, Contribution.seat_id == Seat.id)
        .where(Contribution.step_id == step_id, Seat.removed_at.is_(None))
        .group_by(Seat.group)
    )
    return Headcount(_whole(dict(joined.all())), _whole(dict(contributed.all())))


def _whole(found: Mapping[str, int]) -> dict[str, int]:
    return {group: found.get(group, 0) for group in GROUPS}


def seats(db: Session, workshop_id: int) -> tuple[SeatRow, ...]:
    """Every seat of a room, in the order in which they were taken."""
    rows = db.scalars(select(Seat).where(Seat.workshop_id == workshop_id).order_by(Seat.id))
    return tuple(
        SeatRow(row.id, row.group, row.joined_at, row.removed_at is not None) for row in rows
    )


def done_count(db: Session, round_id: int) -> int:
    """How many people have said that they are done voting."""
    return (
        db.scalar(
            select(func.count())
            .select_from(Purse)
            .where(Purse.round_id == round_id, Purse.done.is_(True))
        )
        or 0
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a vote has come: people who voted, people at the table, people who are done."""

    voted: int
    people: int
    done: int


def progress(db: Session, room: RoomCard) -> Progress | None:
    """How far the vote that the facilitator looks at has come; None before the first one."""
    opened = room.counted_step.round or room.last_round
    if opened is None:
        return None
    heads = headcount(db, room.id, opened.step_id)
    return Progress(heads.taken_part, heads.people, done_count(db, opened.id))
