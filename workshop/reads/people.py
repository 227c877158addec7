"""Who came and who has taken part, as counts by group; never who said what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from workshop.reads.rooms import RoomCard, StepCard
from workshop.rules.roles import GROUPS, VOICES
from workshop.rules.seating import Chair, around
from workshop.storage.models import Contribution, Purse, Seat
from workshop.storage.prepared import Prepared

PAPER: Final = "paper"
"""The channel of seats that are sheets: counted apart, since one person may fill in several."""

MOST_CHAIRS: Final = 60
"""A table with more seats than that is told as numbers, group by group."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """People at the table, by group: how many sat down, and how many took part in this step.

    `asked` are the groups that the step asks for something; nobody waits for the others.
    """

    joined: Mapping[str, int]
    contributed: Mapping[str, int]
    asked: tuple[str, ...] = VOICES

    @property
    def people(self) -> int:
        """Everybody who posts and votes."""
        return sum(self.joined[group] for group in VOICES)

    @property
    def expected(self) -> int:
        """Everybody whom this step asks for something."""
        return sum(self.joined[group] for group in self.asked)

    @property
    def taken_part(self) -> int:
        """How many of them have taken part in this step."""
        return sum(self.contributed[group] for group in self.asked)

    @property
    def crowd(self) -> tuple[tuple[str, int, int], ...]:
        """Each group that is here: its name, how many took part, how many sat down."""
        return tuple(
            (group, self.contributed[group], self.joined[group])
            for group in VOICES
            if self.joined[group]
        )

    def chairs(self, online: Mapping[str, int] | None = None) -> tuple[Chair, ...]:
        """The table as it is drawn, see `rules.seating`; none where it would be too long."""
        if self.people > MOST_CHAIRS:
            return ()
        return around(self.joined, self.contributed, online)


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat on the facilitator's list: its group and when it was taken, nothing else."""

    id: int
    group: str
    joined_at: int
    removed: bool


_ON_PAPER: Final = case((Seat.channel == PAPER, 1), else_=0)
JOINED: Final = Prepared(
    lambda _: (
        select(Seat.group, func.count().label("n"))
        .where(Seat.workshop_id == bindparam("workshop"), Seat.removed_at.is_(None))
        .where(Seat.channel != PAPER)
        .group_by(Seat.group)
    )
)
TOOK_PART: Final = Prepared(
    lambda _: (
        select(Seat.group, func.count().label("n"))
        .join(Contribution, Contribution.seat_id == Seat.id)
        .where(Contribution.step_id == bindparam("step"), Seat.removed_at.is_(None))
        .where(Seat.channel != PAPER)
        .group_by(Seat.group)
    )
)
DONE: Final = Prepared(
    lambda _: (
        select(func.count().label("n"), func.coalesce(func.sum(_ON_PAPER), 0).label("paper"))
        .select_from(Purse)
        .join(Seat, Seat.id == Purse.seat_id)
        .where(Purse.round_id == bindparam("round"), Purse.done.is_(True))
    )
)


def headcount(db: Session, workshop_id: int, step: StepCard) -> Headcount:
    """Count who sits at the table, and who of them has taken part in a step."""
    joined = JOINED.all(db, workshop=workshop_id)
    took_part = TOOK_PART.all(db, step=step.id)
    return Headcount(_whole(dict(joined)), _whole(dict(took_part)), step.takes_part)


def _whole(found: Mapping[str, int]) -> dict[str, int]:
    return {group: found.get(group, 0) for group in GROUPS}


def seats(db: Session, workshop_id: int) -> tuple[SeatRow, ...]:
    """Every seat of a room that somebody sits on, in the order in which they were taken."""
    rows = db.scalars(
        select(Seat).where(Seat.workshop_id == workshop_id, Seat.channel != PAPER).order_by(Seat.id)
    )
    return tuple(
        SeatRow(row.id, row.group, row.joined_at, row.removed_at is not None) for row in rows
    )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a vote has come: people who voted, people who may vote, people who are done.

    `open` is whether anybody can still vote. `paper` counts the sheets that were typed in, which
    are none of these. In a `secret` vote whoever has cast a ballot is done, and nobody says so.
    """

    voted: int
    people: int
    done: int
    open: bool
    paper: int = 0
    secret: bool = False


def progress(db: Session, room: RoomCard, heads: Headcount | None = None) -> Progress | None:
    """How far the vote that the facilitator looks at has come; None before the first one.

    `heads` are those of the step that is counted now, where they were counted already.
    """
    opened = room.counted_step.round or room.last_round
    if opened is None:
        return None
    if heads is None or opened.step_id != room.counted_step.id:
        step = next(step for step in room.steps if step.id == opened.step_id)
        heads = headcount(db, room.id, step)
    told = DONE.first(db, round=opened.id)
    return Progress(
        voted=heads.taken_part,
        people=heads.expected,
        done=heads.taken_part if opened.secret else told.n - told.paper,
        open=opened.state == "open",
        paper=told.paper,
        secret=opened.secret,
    )
