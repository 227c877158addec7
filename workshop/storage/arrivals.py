"""Who sat down when, by keyed marks of where; and ballots that are not sealed yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.patterns import Arrival, Pattern, arrivals_together, ballots_alike
from workshop.storage.models import Decided, DecidedSeat, Mark, Round, Seat, Workshop

OWN: Final = "phone"
"""The channel of a seat that somebody took for themselves."""


def patterns(db: Session, room: Workshop, row: Round) -> list[Pattern]:
    """Everything in this round that a facilitator should look at, decided about or not.

    Ballots are compared only once nobody can change theirs any more, and never where they are
    secret: there is no seat beside them.
    """
    came = _arrivals(db, room.id)
    found = arrivals_together(came, room.venue or "")
    if row.state == "closed" and not row.secret:
        found += ballots_alike(came, _ballots(db, row.id))
    return found


def _arrivals(db: Session, workshop_id: int) -> list[Arrival]:
    rows = db.execute(
        select(Seat.id, Seat.joined_at, Seat.origin, Seat.device)
        .where(Seat.workshop_id == workshop_id, Seat.removed_at.is_(None), Seat.channel == OWN)
        .order_by(Seat.id)
    )
    return [Arrival(seat, at, origin or "", device or "") for seat, at, origin, device in rows]


def _ballots(db: Session, round_id: int) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """Seat -> its marks by idea, those that say nothing left out."""
    marks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = db.execute(
        select(Mark.seat_id, Mark.idea_id, Mark.value)
        .where(Mark.round_id == round_id, Mark.value.is_not(None), Mark.value != 0)
        .order_by(Mark.seat_id, Mark.idea_id)
    )
    for seat, idea, value in rows:
        marks[seat].append((idea, value or 0))
    return {seat: tuple(given) for seat, given in marks.items()}


def decided(db: Session, round_id: int) -> list[tuple[Decided, frozenset[int]]]:
    """What was decided in a round, and about which seats, the oldest first."""
    rows = db.scalars(
        select(Decided)
        .where(Decided.round_id == round_id)
        .order_by(Decided.id)
        .execution_options(populate_existing=True)
    ).all()
    seats: dict[int, set[int]] = defaultdict(set)
    held = select(DecidedSeat).where(DecidedSeat.decided_id.in_([row.id for row in rows]))
    for one in db.scalars(held):
        seats[one.decided_id].add(one.seat_id)
    return [(row, frozenset(seats[row.id])) for row in rows]


def set_aside(db: Session, round_id: int) -> frozenset[int]:
    """The seats whose votes are not counted in a round, because a facilitator set them aside."""
    return frozenset(
        seat for row, seats in decided(db, round_id) if row.decision == "aside" for seat in seats
    )
