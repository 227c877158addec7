"""Who scores in a workshop: people with a link of their own, and people who sign in."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.receipts import token_hash
from workshop.rules.refusals import Refused
from workshop.rules.roles import STANDINGS
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Account, Assessor, Workshop


def invite_assessor(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    name: str,
    standing: str,
    token: str,
    lived: bool = False,
    frontline: bool = False,
) -> Change:
    """Ask somebody without an account to score. Only the hash of their link's token is kept.

    Raises:
        Refused: `empty`, `too_long`, or `unknown_choice` for a standing that is none.
    """
    room = enter(db, workshop_id)
    row = _assessor(room, name, standing, now, lived=lived, frontline=frontline)
    row.token_hash = token_hash(token)
    return _seated(db, room, row, now)


def join_assessors(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    account_id: int,
    standing: str,
    lived: bool = False,
    frontline: bool = False,
) -> Change:
    """Somebody who signs in becomes an assessor of a workshop; a second time changes nothing.

    The answer carries the assessor's number.
    """
    room = enter(db, workshop_id)
    known = select(Assessor.id).where(
        Assessor.workshop_id == room.id, Assessor.account_id == account_id
    )
    if (found := db.scalar(known)) is not None:
        return Change(room.id, room.seq, {"assessor": found})
    account = db.get(Account, account_id)
    if account is None:
        raise Refused("not_found")
    row = _assessor(room, account.name, standing, now, lived=lived, frontline=frontline)
    row.account_id = account.id
    return _seated(db, room, row, now)


def _assessor(
    room: Workshop, name: str, standing: str, now: int, *, lived: bool, frontline: bool
) -> Assessor:
    if standing not in STANDINGS:
        raise Refused("unknown_choice")
    return Assessor(
        workshop_id=room.id,
        name=clean(name, LIMITS["title"]),
        standing=standing,
        lived=lived,
        frontline=frontline,
        created_at=now,
    )


def _seated(db: Session, room: Workshop, row: Assessor, now: int) -> Change:
    db.add(row)
    db.flush()
    return Change(room.id, record(db, room, "assessor.added", now, row.id), {"assessor": row.id})


def assessor_of(db: Session, room: Workshop, assessor_id: int) -> Assessor:
    """Somebody who scores in this workshop, read fresh; Refused `not_found`."""
    assessor = db.get(Assessor, assessor_id, populate_existing=True)
    if assessor is None or assessor.workshop_id != room.id:
        raise Refused("not_found")
    return assessor
