"""Plans beside the steps of a room: what was taken out of it, and what people keep for later."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads.rooms import RoomCard
from workshop.rules.packs import Pack, from_fields
from workshop.rules.plans import StepPlan
from workshop.storage.models import SavedPlan, Step


@dataclass(frozen=True, slots=True)
class StepAside:
    """A step that was taken out of the plan and may be put back."""

    id: int
    phase: str
    question: str
    minutes: int


def aside(db: Session, workshop_id: int) -> tuple[StepAside, ...]:
    """The steps that were taken out of a workshop's plan, the oldest first."""
    columns = select(Step.id, Step.phase, Step.question, Step.minutes)
    found = columns.where(Step.workshop_id == workshop_id, Step.position.is_(None))
    return tuple(StepAside(*row) for row in db.execute(found.order_by(Step.id)))


@dataclass(frozen=True, slots=True)
class PlanCard:
    """One's own template."""

    id: int
    title: str
    steps: tuple[StepPlan, ...]

    @property
    def minutes(self) -> int:
        """How long the whole plan takes, in minutes."""
        return sum(step.minutes for step in self.steps)


def own_plans(db: Session, account_id: int) -> tuple[PlanCard, ...]:
    """The templates that an account keeps for itself, by name."""
    rows = db.scalars(select(SavedPlan).where(SavedPlan.account_id == account_id))
    ordered = sorted(rows, key=lambda row: (row.title.casefold(), row.id))
    return tuple(PlanCard(row.id, row.title, tuple(map(from_fields, row.steps))) for row in ordered)


def pack_of(room: RoomCard) -> Pack:
    """The plan of a workshop as it leaves the house."""
    steps = tuple(
        StepPlan(**{name: getattr(step, name) for name in StepPlan.__slots__})
        for step in room.steps
    )
    return Pack(room.title, room.service, room.goal, room.better_for, steps)
