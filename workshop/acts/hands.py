"""Hands: somebody puts theirs up, and it comes down again. And a kind word to those still quiet."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from workshop.acts.room import enter, record, running, step_now
from workshop.acts.stage import Change
from workshop.rules.permissions import named
from workshop.rules.phases import PHASES
from workshop.rules.refusals import Refused
from workshop.storage.models import Contribution, Seat, Step, Workshop

NUDGE_EVERY_MS: Final = 120_000


def raise_hand(db: Session, *, now: int, workshop_id: int, seat_id: int, is_raised: bool) -> Change:
    """Put one's hand up, or take it down. Twice up keeps its place in the queue."""
    room = enter(db, workshop_id)
    running(room)
    seat = _seat(db, room, seat_id)
    if is_raised and seat.hand_at is None:
        seat.hand_at = now
    elif not is_raised:
        seat.hand_at = None
    return Change(room.id, record(db, room, "hand.moved", now), {"raised": is_raised})


def lower_hands(db: Session, *, now: int, workshop_id: int, seat_id: int | None = None) -> Change:
    """The facilitator has heard somebody, or everybody: the hand comes down."""
    room = enter(db, workshop_id)
    if seat_id is not None:
        _seat(db, room, seat_id).hand_at = None
    else:
        take_down(db, room)
    return Change(room.id, record(db, room, "hand.moved", now))


def take_down(db: Session, room: Workshop) -> None:
    """All hands of a room come down."""
    here = update(Seat).where(Seat.workshop_id == room.id, Seat.hand_at.is_not(None))
    db.execute(here.values(hand_at=None))


def _seat(db: Session, room: Workshop, seat_id: int) -> Seat:
    seat = db.get(Seat, seat_id, populate_existing=True)
    if seat is None or seat.workshop_id != room.id:
        raise Refused("not_found")
    if seat.removed_at is not None:
        raise Refused("removed")
    return seat


def nudge(db: Session, *, now: int, workshop_id: int) -> Change:
    """Ask those who have not taken part in this step to join in. Who they are is nobody's news.

    Raises:
        Refused: `step_quiet` at a step that asks for nothing, `nobody_left` where everybody has
            taken part, `nudged_lately` within two minutes of the last one.
    """
    room = enter(db, workshop_id)
    running(room)
    step = step_now(db, room)
    if not (PHASES[step.phase].accepts or PHASES[step.phase].votes):
        raise Refused("step_quiet")
    if room.nudged_at is not None and now - room.nudged_at < NUDGE_EVERY_MS:
        raise Refused("nudged_lately", minutes=NUDGE_EVERY_MS // 60_000)
    if not _quiet(db, room, step):
        raise Refused("nobody_left")
    room.nudged_at = now
    return Change(room.id, record(db, room, "room.nudged", now))


def _quiet(db: Session, room: Workshop, step: Step) -> int:
    """How many people of the groups that a step asks have not taken part in it."""
    asked = named(step.voters if PHASES[step.phase].votes else step.posters)
    took = select(Contribution.seat_id).where(Contribution.step_id == step.id)
    return (
        db.scalar(
            select(func.count())
            .select_from(Seat)
            .where(Seat.workshop_id == room.id, Seat.removed_at.is_(None))
            .where(Seat.group.in_(asked), Seat.id.not_in(took), Seat.channel != "paper")
        )
        or 0
    )
