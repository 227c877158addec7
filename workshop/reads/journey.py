"""The journey map: moments that people lived through, on the line that the facilitator drew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.reads.rooms import RoomCard
from workshop.rules.journey import Curve, felt_on, group_curves, room_curve
from workshop.storage.models import Contribution, Leg, Post, Seat, Step


@dataclass(frozen=True, slots=True)
class LegCard:
    """One part of the way. `moments` counts the shown moments on it, by feeling."""

    id: int
    title: str
    moments: Mapping[int, int]

    @property
    def total(self) -> int:
        """How many moments stand on it."""
        return sum(self.moments.values())


@dataclass(frozen=True, slots=True)
class JourneyCard:
    """The whole map.

    Attributes:
        room: how the way felt to everybody, leg by leg.
        groups: the same by group, side by side; small groups folded.
        problems: how many problems were made of moments.
    """

    legs: tuple[LegCard, ...]
    room: Curve
    groups: tuple[Curve, ...]
    problems: int

    @property
    def total(self) -> int:
        """How many moments the map holds."""
        return sum(leg.total for leg in self.legs)

    @property
    def most(self) -> int:
        """The most moments that stand at one point of the map; never 0."""
        return max([1, *(count for leg in self.legs for count in leg.moments.values())])

    @property
    def hardest(self) -> LegCard | None:
        """The leg that felt worst, once there are moments on two legs that differ."""
        felt = [(mean, leg) for mean, leg in zip(self.room.means, self.legs, strict=True) if mean]
        if len({mean for mean, _ in felt}) < 2:
            return None
        return min(felt, key=lambda one: one[0])[1]


def legs(db: Session, workshop_id: int) -> tuple[LegCard, ...]:
    """The parts of a room's line, in their order, without their moments."""
    rows = db.execute(
        select(Leg.id, Leg.title)
        .where(Leg.workshop_id == workshop_id)
        .order_by(Leg.position, Leg.id)
    )
    return tuple(LegCard(number, title, {}) for number, title in rows)


def journey_card(db: Session, room: RoomCard) -> JourneyCard:
    """Read the map as the room may see it: only moments that are shown count."""
    tally = _tally(db, room.id)
    found = tuple(LegCard(leg.id, leg.title, felt_on(tally, leg.id)) for leg in legs(db, room.id))
    numbers = [leg.id for leg in found]
    return JourneyCard(
        legs=found,
        room=room_curve(tally, numbers),
        groups=group_curves(tally, numbers, _people(db, room.id)),
        problems=_problems(db, room.id),
    )


def _tally(db: Session, workshop_id: int) -> dict[tuple[int, str, int], int]:
    """How many moments stand at each point of the map, by group."""
    rows = db.execute(
        select(Post.leg_id, Post.group, Post.feeling, func.count())
        .where(Post.workshop_id == workshop_id, Post.kind == "experience", Post.state == "shown")
        .group_by(Post.leg_id, Post.group, Post.feeling)
    )
    return {
        (leg, group, feeling): count
        for leg, group, feeling, count in rows
        if leg is not None and feeling is not None
    }


def _people(db: Session, workshop_id: int) -> dict[str, int]:
    """How many people of each group have placed a moment; never which."""
    rows = db.execute(
        select(Seat.group, func.count(Seat.id.distinct()))
        .join(Contribution, Contribution.seat_id == Seat.id)
        .join(Step, Step.id == Contribution.step_id)
        .where(Step.workshop_id == workshop_id, Step.phase == "journey")
        .group_by(Seat.group)
    )
    return dict(rows.all())


def _problems(db: Session, workshop_id: int) -> int:
    made = select(func.count()).select_from(Post).where(Post.workshop_id == workshop_id)
    return (
        db.scalar(
            made.where(Post.kind == "problem", Post.answers_id.is_not(None), Post.state == "shown")
        )
        or 0
    )
