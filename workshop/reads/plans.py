"""Plans as pages show them beside the steps of a room: what was taken out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.storage.models import Step


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
