"""Programmes: making one, renaming it, and saying which workshops belong to it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.plans import MOST_PROGRAMMES
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Programme


def make_programme(db: Session, *, now: int, account_id: int, title: str, service: str) -> Change:
    """Begin a programme about a service. The answer carries its number."""
    counted = select(func.count()).where(Programme.account_id == account_id)
    if (db.scalar(counted) or 0) >= MOST_PROGRAMMES:
        raise Refused("too_many_programmes", most=MOST_PROGRAMMES)
    row = Programme(
        account_id=account_id,
        title=clean(title, LIMITS["title"]),
        service=clean(service, LIMITS["service"]),
        created_at=now,
    )
    db.add(row)
    db.flush()
    return Change(answer={"programme": row.id})


def edit_programme(
    db: Session,
    *,
    now: int,  # noqa: ARG001 - every act takes the time
    account_id: int,
    programme_id: int,
    title: str,
    service: str,
) -> Change:
    """Change the words of one's own programme."""
    row = _own(db, account_id, programme_id)
    row.title = clean(title, LIMITS["title"])
    row.service = clean(service, LIMITS["service"])
    return Change(answer={"programme": row.id})


def put_in_programme(
    db: Session, *, now: int, workshop_id: int, account_id: int, programme_id: int | None
) -> Change:
    """Say which of one's own programmes one's own workshop belongs to, or that it is in none.

    Ideas that were carried into it stay where they are.

    Raises:
        Refused: `not_found` for a workshop or a programme of somebody else.
    """
    room = enter(db, workshop_id)
    if room.facilitator_id != account_id:
        raise Refused("not_found")
    if programme_id is not None:
        _own(db, account_id, programme_id)
    room.programme_id = programme_id
    return Change(room.id, record(db, room, "programme.changed", now))


def _own(db: Session, account_id: int, programme_id: int) -> Programme:
    row = db.get(Programme, programme_id, populate_existing=True)
    if row is None or row.account_id != account_id:
        raise Refused("not_found")
    return row
