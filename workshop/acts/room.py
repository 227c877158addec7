"""What every act in a room begins and ends with: read it fresh, write one line of history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workshop.rules.moments import MOMENTS
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.storage.models import Base, Contribution, Moment, Seat, Step, Workshop


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


#: Built once, for the acts that a hall performs a hundred times a second.
NEXT: Final = (
    update(Workshop)
    .where(Workshop.id == bindparam("workshop"))
    .values(seq=Workshop.seq + 1)
    .returning(Workshop.seq)
    .execution_options(synchronize_session=False)
)
LINE: Final = Base.metadata.tables["moment"].insert()


def write_line(db: Session, workshop_id: int, kind: str, now: int) -> int:
    """`record` in plain statements, for acts that never load the room."""
    seq: int | None = db.scalar(NEXT, {"workshop": workshop_id})
    if seq is None:
        raise Refused("not_found")
    line = {"workshop_id": workshop_id, "seq": seq, "kind": kind, "note": "", "at": now}
    db.connection().execute(LINE, line)
    return seq


def _insert(db: Session, table: type[Base]) -> Any:  # noqa: ANN401 - the two dialects' inserts share no type
    postgres = db.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if postgres else sqlite.insert)(table)


def put_if_absent(db: Session, table: type[Base], **values: object) -> None:
    """Insert a row unless its key is there already; both databases, no race."""
    db.execute(_insert(db, table).values(**values).on_conflict_do_nothing())


def put(
    db: Session, table: type[Base], key: Mapping[str, int], values: Mapping[str, object]
) -> None:
    """Insert a row, or change the one with this key."""
    written = _insert(db, table).values(**key, **values)
    db.execute(written.on_conflict_do_update(index_elements=list(key), set_=values))


def contributed(db: Session, step: Step, seat: Seat) -> None:
    """Note that this person has taken part in this step."""
    put_if_absent(db, Contribution, step_id=step.id, seat_id=seat.id)
