"""Whose hand is up, as groups in the order of asking; nobody is named."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads.rooms import RoomCard
from workshop.storage.models import Seat


@dataclass(frozen=True, slots=True)
class Hand:
    """One hand that is up: the number of its seat, its group, and since when."""

    seat_id: int
    group: str
    since: int


@dataclass(frozen=True, slots=True)
class Hands:
    """All hands of a room, the first to go up first.

    `sign` changes whenever another set of hands is up. It tells nobody whose they are.
    """

    queue: tuple[Hand, ...]
    sign: str


def hands(db: Session, room: RoomCard) -> Hands:
    """Whose hand is up in a room."""
    rows = db.execute(
        select(Seat.id, Seat.group, Seat.hand_at)
        .where(Seat.workshop_id == room.id, Seat.removed_at.is_(None), Seat.hand_at.is_not(None))
        .order_by(Seat.hand_at, Seat.id)
    )
    queue = tuple(Hand(seat_id, group, since or 0) for seat_id, group, since in rows)
    told = f"{room.shuffle}:{[hand.seat_id for hand in queue]}"
    return Hands(queue, hashlib.sha256(told.encode()).hexdigest()[:12])
