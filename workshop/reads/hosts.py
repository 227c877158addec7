"""Who runs a room: its owner first, then co-facilitators in the order in which they came."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads.rooms import RoomCard
from workshop.rules.receipts import token_hash
from workshop.storage.models import Account, Host, HostLink


@dataclass(frozen=True, slots=True)
class HostCard:
    """Somebody who runs a room."""

    account_id: int
    name: str
    owns: bool
    leads: bool


def hosts(db: Session, room: RoomCard) -> tuple[HostCard, ...]:
    """Everybody who runs this room."""
    beside = select(Account.id, Account.name).join(Host, Host.account_id == Account.id)
    found = beside.where(Host.workshop_id == room.id).order_by(Host.added_at, Account.id)
    owner = select(Account.id, Account.name).where(Account.id == room.facilitator_id)
    return tuple(
        HostCard(number, name, number == room.facilitator_id, number == room.leader_id)
        for number, name in (*db.execute(owner), *db.execute(found))
    )


def link_room(db: Session, kind: str, token: str, now: int) -> int | None:
    """The workshop that an unused link is for, or None."""
    return db.scalar(
        select(HostLink.workshop_id).where(
            HostLink.token_hash == token_hash(token),
            HostLink.kind == kind,
            HostLink.used_at.is_(None),
            HostLink.expires_at > now,
        )
    )
