"""Which partners lead items, and which ask to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.storage.models import Adoption, Guest


@dataclass(frozen=True, slots=True)
class AdoptionCard:
    """A partner and an item. `state` is a key of `ADOPTION_STATES`, `why` the partner's words."""

    id: int
    item_id: int
    guest_id: int
    by: str
    why: str
    state: str
    reason: str
    at: int


def adoptions(db: Session, items: Sequence[int]) -> dict[int, tuple[AdoptionCard, ...]]:
    """Who leads or asks to lead each of these items, the newest first."""
    found: dict[int, tuple[AdoptionCard, ...]] = {}
    for card in _cards(db, Adoption.item_id.in_(items)):
        found[card.item_id] = (*found.get(card.item_id, ()), card)
    return found


def of_guest(db: Session, guest_id: int) -> tuple[AdoptionCard, ...]:
    """What a partner leads or asks to lead."""
    return tuple(_cards(db, Adoption.guest_id == guest_id))


def leaders(db: Session, items: Sequence[int]) -> dict[int, str]:
    """The organisation that leads each of these items that is led by one: for all to read."""
    rows = db.execute(
        select(Adoption.item_id, Guest.name)
        .join(Guest, Guest.id == Adoption.guest_id)
        .where(Adoption.item_id.in_(items), Adoption.state == "agreed")
    )
    return dict(rows.all())


def _cards(db: Session, where: object) -> list[AdoptionCard]:
    rows = db.execute(
        select(Adoption, Guest.name)
        .join(Guest, Guest.id == Adoption.guest_id)
        .where(where)  # type: ignore[arg-type]  # a condition on an adoption
        .order_by(Adoption.id.desc())
    )
    return [
        AdoptionCard(
            row.id, row.item_id, row.guest_id, name, row.why, row.state, row.reason, row.at
        )
        for row, name in rows
    ]
