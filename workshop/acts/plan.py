"""The plan of a workshop as acts find it, and how its steps are numbered."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.room import enter
from workshop.rules.plans import StepPlan, checked
from workshop.rules.refusals import Refused
from workshop.storage.models import Step, Workshop


def step_of(room: Workshop, position: int, plan: StepPlan) -> Step:
    """A step of `room` as it was planned; not yet in the database.

    Raises:
        Refused: what `rules.plans.checked` refuses.
    """
    step = Step(workshop_id=room.id, position=position)
    fill(step, checked(plan))
    return step


def planned(step: Step) -> StepPlan:
    """The plan of a step as it stands."""
    return StepPlan(
        step.phase,
        step.minutes,
        step.method,
        step.budget,
        step.cap,
        step.question,
        step.posters,
        step.voters,
        step.view,
        step.quadratic,
        step.secret,
    )


def fill(step: Step, plan: StepPlan) -> None:
    """Make a step what `plan` says."""
    for name in StepPlan.__slots__:
        setattr(step, name, getattr(plan, name))


def open_plan(db: Session, workshop_id: int) -> Workshop:
    """The workshop, unless it is over: what has happened is not planned any more."""
    room = enter(db, workshop_id)
    if room.state == "finished":
        raise Refused("finished")
    return room


def any_step(db: Session, room: Workshop, step_id: int) -> Step:
    """A step of the room, whether it is in the plan or was taken out of it."""
    step = db.get(Step, step_id, populate_existing=True)
    if step is None or step.workshop_id != room.id:
        raise Refused("not_found")
    return step


def plan_step(db: Session, room: Workshop, step_id: int) -> Step:
    """A step of the room's plan."""
    step = any_step(db, room, step_id)
    if step.position is None:
        raise Refused("not_found")
    return step


def steps_in_order(db: Session, room: Workshop) -> list[Step]:
    """The steps of the plan, the first one first."""
    found = select(Step).where(Step.workshop_id == room.id, Step.position.is_not(None))
    fresh = found.order_by(Step.position).execution_options(populate_existing=True)
    return list(db.scalars(fresh))


def number_anew(db: Session, order: Sequence[Step]) -> None:
    """Number the steps of a plan anew. No two may share a place even for a moment."""
    moved = [(place, step) for place, step in enumerate(order) if step.position != place]
    for _, step in moved:
        step.position = None
    db.flush()
    for place, step in moved:
        step.position = place
    db.flush()
