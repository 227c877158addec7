"""Small changes by staff and the lines they keep to, as makers, leaders and everybody see them."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.just_do import Lines
from workshop.rules.receipts import owner_mark
from workshop.storage.models import Guardrail, Programme, SmallChange, Workshop


@dataclass(frozen=True, slots=True)
class SmallChangeCard:
    """A small change, which names nobody. `kind`, `state`, `outcome`: keys of `rules.just_do`."""

    id: int
    programme_id: int
    workshop_id: int
    kind: str
    text: str
    state: str
    outcome: str
    happened: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A programme with its lines (None while leaders have set none) and its changes."""

    id: int
    title: str
    service: str
    lines: Lines | None
    changes: tuple[SmallChangeCard, ...]


def lines_for(db: Session, programme_id: int | None) -> Lines | None:
    """The lines of a programme, or None."""
    row = db.get(Guardrail, programme_id) if programme_id else None
    if row is None:
        return None
    never = tuple(row.never.split("\n")) if row.never else ()
    return Lines(tuple(row.kinds.split()), row.money, row.days, row.people, never)


def lanes(db: Session, *, host: int | None) -> tuple[Lane, ...]:
    """Every programme, or those of one facilitator, with their changes, the newest first."""
    wanted = select(Programme).order_by(Programme.id.desc())
    if host is not None:
        wanted = wanted.where(Programme.account_id == host)
    return tuple(
        Lane(
            row.id,
            row.title,
            row.service,
            lines_for(db, row.id),
            tuple(_cards(db, SmallChange.programme_id == row.id)),
        )
        for row in db.scalars(wanted).all()
    )


def lane(db: Session, programme_id: int) -> Lane | None:
    """One programme."""
    return next((one for one in lanes(db, host=None) if one.id == programme_id), None)


def of_room(db: Session, workshop_id: int) -> tuple[SmallChangeCard, ...]:
    """What staff of a workshop changed by themselves, for everybody to read."""
    return tuple(_cards(db, SmallChange.workshop_id == workshop_id))


def workshop_of(db: Session, change_id: int) -> int | None:
    """The workshop that a change was made in."""
    return db.scalar(select(SmallChange.workshop_id).where(SmallChange.id == change_id))


def of_guest(db: Session, guest_id: int) -> tuple[SmallChangeCard, ...]:
    """What a guest changed."""
    return tuple(_cards(db, SmallChange.guest_id == guest_id))


def of_receipt(db: Session, workshop_id: int, receipt: str) -> tuple[SmallChangeCard, ...]:
    """What the holder of a receipt changed."""
    rows = db.scalars(select(SmallChange).where(SmallChange.workshop_id == workshop_id)).all()
    own = {
        row.id
        for row in rows
        if row.guest_id is None and hmac.compare_digest(row.owner, owner_mark(receipt, row.salt))
    }
    return tuple(card for card in of_room(db, workshop_id) if card.id in own)


def programme_of(db: Session, workshop_id: int) -> int | None:
    """The programme that a workshop is in."""
    return db.scalar(select(Workshop.programme_id).where(Workshop.id == workshop_id))


def _cards(db: Session, where: object) -> list[SmallChangeCard]:
    rows = db.scalars(
        select(SmallChange)
        .where(where)  # type: ignore[arg-type]  # a condition on a small change
        .order_by(SmallChange.id.desc())
    )
    return [
        SmallChangeCard(
            row.id,
            row.programme_id,
            row.workshop_id,
            row.kind,
            row.text,
            row.state,
            row.outcome,
            row.happened,
            row.reason,
            row.at,
        )
        for row in rows
    ]
