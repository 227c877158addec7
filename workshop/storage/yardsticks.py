"""Which yardstick measures a workshop's items: its programme's, else the server's, else ours."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.rules.scoring.yardstick import BUILT_IN, Yardstick, from_stored, place_of
from workshop.storage.models import Workshop
from workshop.storage.models import Yardstick as Row


def newest(db: Session, place: str) -> Yardstick | None:
    """The newest version of a place, or None where it has none of its own."""
    row = db.scalar(select(Row).where(Row.place == place).order_by(Row.version.desc()).limit(1))
    return from_stored(row.body, version=row.version, place=row.place) if row else None


def of_server(db: Session) -> Yardstick:
    """The server's own, or the one that every house comes with."""
    return newest(db, place_of(None)) or BUILT_IN


def of_programme(db: Session, programme_id: int | None) -> Yardstick:
    """A programme's own, or the server's."""
    own = newest(db, place_of(programme_id)) if programme_id is not None else None
    return own or of_server(db)


def of_workshop(db: Session, workshop_id: int) -> Yardstick:
    """What the items of a workshop are measured by now."""
    programme = select(Workshop.programme_id).where(Workshop.id == workshop_id)
    return of_programme(db, db.scalar(programme))


def of_workshops(db: Session, workshops: Iterable[int]) -> dict[int, Yardstick]:
    """The same for several workshops; those of one programme share one object."""
    rows = db.execute(
        select(Workshop.id, Workshop.programme_id).where(Workshop.id.in_(set(workshops)))
    ).all()
    found = {programme: of_programme(db, programme) for programme in {row[1] for row in rows}}
    return {number: found[programme] for number, programme in rows}


def last_change(db: Session) -> int:
    """A number that grows with every new version anywhere."""
    return db.scalar(select(func.max(Row.id))) or 0
