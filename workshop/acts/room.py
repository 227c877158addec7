"""What every act in a room begins and ends with: read it fresh, write one line of history."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Executable, bindparam, select, update
from sqlalchemy.orm import Session

from workshop.rules.moments import MOMENTS
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.storage.models import Base, Moment, Seat, Step, Workshop
from workshop.storage.prepared import INSERTS, Prepared

MOMENT: Final = Base.metadata.tables["moment"]


def enter(db: Session, workshop_id: int) -> Workshop:
    """The workshop, read fresh and held until the act is committed.

    Raises:
        Refused: `not_found`.
    """
    room = db.scalar(
        select(Workshop)
        .where(Workshop.id == workshop_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if room is None:
        raise Refused("not_found")
    return room


def running(room: Workshop) -> None:
    """Raise unless the workshop is under way."""
    if room.state == "upcoming":
        raise Refused("not_started")
    if room.state == "finished":
        raise Refused("finished")


def step_now(db: Session, room: Workshop) -> Step:
    """The step the room is at."""
    step = db.scalar(
        select(Step).where(Step.workshop_id == room.id, Step.position == room.step_position)
    )
    if step is None:
        raise Refused("not_found")
    return step


def voice(db: Session, room: Workshop, seat_id: int) -> Seat:
    """The seat of somebody who takes part in this room now.

    Raises:
        Refused: `not_found` for a seat of another room, `removed`, or `watching`.
    """
    seat = db.get(Seat, seat_id, populate_existing=True)
    if seat is None or seat.workshop_id != room.id:
        raise Refused("not_found")
    if seat.removed_at is not None:
        raise Refused("removed")
    if seat.group not in VOICES:
        raise Refused("watching")
    return seat


def record(
    db: Session, room: Workshop, kind: str, now: int, ref: int | None = None, note: str = ""
) -> int:
    """Write one line of history and return the room's new sequence."""
    if kind not in MOMENTS:
        raise KeyError(kind)
    room.seq += 1
    db.add(Moment(workshop_id=room.id, seq=room.seq, kind=kind, ref=ref, note=note, at=now))
    return room.seq


NEXT: Final = Prepared(
    lambda _: (
        update(Workshop)
        .where(Workshop.id == bindparam("workshop_id"))
        .values(seq=Workshop.seq + 1)
        .returning(Workshop.seq)
    )
)
LINE: Final = Prepared(
    lambda _: MOMENT.insert().values(
        workshop_id=bindparam("workshop_id"),
        seq=bindparam("seq"),
        kind=bindparam("kind"),
        at=bindparam("at"),
        note="",
    )
)


def write_line(db: Session, workshop_id: int, kind: str, now: int) -> int:
    """`record` in plain statements, for acts that never load the room."""
    if kind not in MOMENTS:
        raise KeyError(kind)
    moved = NEXT.first(db, workshop_id=workshop_id)
    if moved is None:
        raise Refused("not_found")
    LINE.run(db, workshop_id=workshop_id, seq=moved.seq, kind=kind, at=now)
    seq: int = moved.seq
    return seq


#: A lock of its own: PostgreSQL reads what a statement joins as it stood before it had to wait.
HOLD: Final = Prepared(
    lambda _: select(Workshop.id).where(Workshop.id == bindparam("workshop")).with_for_update()
)


def hold(db: Session, workshop_id: int) -> None:
    """Keep other processes out of this room until the commit. SQLite has one writer anyway."""
    if db.get_bind().dialect.name != "sqlite":
        HOLD.first(db, workshop=workshop_id)


def if_absent(name: str) -> Prepared:
    """Insert a row of a table unless its key is there already; both databases, no race."""
    table = Base.metadata.tables[name]

    def make(dialect: str) -> Executable:
        row: dict[str, Any] = {column.key: bindparam(column.key) for column in table.columns}
        made: Executable = INSERTS[dialect](table).values(row).on_conflict_do_nothing()
        return made

    return Prepared(make)


PURSE: Final = if_absent("purse")
TOOK_PART: Final = if_absent("contribution")


def contributed(db: Session, step: Step, seat: Seat) -> None:
    """Note that this person has taken part in this step."""
    TOOK_PART.run(db, step_id=step.id, seat_id=seat.id)
