"""The plan of a workshop: adding, changing, copying, moving and taking out its steps.

A plan may be changed while the workshop runs. Where the room has been keeps its place, so nothing
that people said, and no count, changes what it belongs to.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from workshop.acts.freezing import follow_plan, round_at, still_free
from workshop.acts.plan import (
    any_step,
    fill,
    number_anew,
    open_plan,
    plan_step,
    planned,
    step_of,
    steps_in_order,
)
from workshop.acts.room import record
from workshop.acts.stage import Change
from workshop.rules.permissions import named
from workshop.rules.phases import PHASES
from workshop.rules.plans import MOST_STEPS, StepPlan, checked
from workshop.rules.refusals import Refused
from workshop.storage.models import Base, Step, Workshop

NEW_MINUTES = 10
NEW_METHOD = "dots"
"""What a step begins with that is added to a plan."""


def add_step(
    db: Session, *, now: int, workshop_id: int, phase: str, after: int | None = None
) -> Change:
    """Add a step of a kind after the one numbered `after`, or as the last one.

    The answer carries the new step's number, as do those of the other acts on steps.
    """
    room = open_plan(db, workshop_id)
    votes = phase in PHASES and PHASES[phase].votes
    plan = StepPlan(phase, NEW_MINUTES, NEW_METHOD if votes else None)
    return _put(db, room, step_of(room, 0, plan), after, now)


def copy_step(db: Session, *, now: int, workshop_id: int, step_id: int) -> Change:
    """Plan a step once more, right after itself. What people said in it is not copied."""
    room = open_plan(db, workshop_id)
    there = plan_step(db, room, step_id)
    return _put(db, room, step_of(room, 0, planned(there)), step_id, now)


def edit_step(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    step_id: int,
    question: str,
    minutes: int,
    posters: Collection[str] | None = None,
    voters: Collection[str] | None = None,
    **more: Any,
) -> Change:
    """Change a step's question, time and permissions, and what else of its plan `more` names.

    What is left out stays as it was: `view`, and of a vote `method`, `budget`, `cap`, `quadratic`.

    Raises:
        Refused: `rule_frozen` or `sheets_printed` where people have voted, or hold the sheets to,
            and the rule, or who votes, would change.
    """
    room = open_plan(db, workshop_id)
    step = plan_step(db, room, step_id)
    before = planned(step)
    given = {name: value for name, value in more.items() if value is not None}
    groups = {"posters": posters, "voters": voters}
    given |= {name: " ".join(some) for name, some in groups.items() if some is not None}
    if not question:
        raise Refused("empty")
    plan = checked(replace(before, question=question, minutes=minutes, **given))
    begun = round_at(db, step) if _rule(plan) != _rule(before) else None
    if begun is not None:
        still_free(db, begun)
    fill(step, plan)
    if begun is not None:
        follow_plan(db, begun, step)
    return Change(room.id, record(db, room, "workshop.changed", now), {"step": step.id})


def _rule(plan: StepPlan) -> tuple[object, ...]:
    """The part of a plan that decides what a vote means."""
    rule = (plan.method, plan.budget, plan.cap, plan.quadratic, plan.secret)
    return (*rule, named(plan.voters))


def move_in_plan(db: Session, *, now: int, workshop_id: int, step_id: int, position: int) -> Change:
    """Give a step that is still to come another place among those still to come.

    Raises:
        Refused: `step_passed` where the room has been at the step, or at the place, already.
    """
    room = open_plan(db, workshop_id)
    step = plan_step(db, room, step_id)
    order = steps_in_order(db, room)
    to = max(0, min(position, len(order) - 1))
    _still_to_come(room, step, to)
    order.remove(step)
    order.insert(to, step)
    number_anew(db, order)
    return Change(room.id, record(db, room, "workshop.changed", now), {"step": step.id})


def take_out(db: Session, *, now: int, workshop_id: int, step_id: int) -> Change:
    """Take a step out of the plan. It is laid aside, and `put_back` brings it back.

    Raises:
        Refused: `step_passed`, `last_step`, or `step_holds` where people have used it.
    """
    room = open_plan(db, workshop_id)
    step = plan_step(db, room, step_id)
    order = steps_in_order(db, room)
    _still_to_come(room, step)
    if len(order) == 1:
        raise Refused("last_step")
    if _holds(db, step):
        raise Refused("step_holds")
    order.remove(step)
    step.position = None
    number_anew(db, order)
    return Change(room.id, record(db, room, "workshop.changed", now), {"step": step.id})


def put_back(db: Session, *, now: int, workshop_id: int, step_id: int) -> Change:
    """Put a step that was taken out at the end of the plan; one that is there already stays."""
    room = open_plan(db, workshop_id)
    step = any_step(db, room, step_id)
    if step.position is not None:
        return Change(room.id, room.seq, {"step": step.id})
    step.position = len(steps_in_order(db, room))
    return Change(room.id, record(db, room, "workshop.changed", now), {"step": step.id})


def _still_to_come(room: Workshop, step: Step, to: int | None = None) -> None:
    """Raise unless the step, and the place it goes to, lie behind where the room is now."""
    places = [place for place in (step.position, to) if place is not None]
    if room.state == "running" and min(places) <= room.step_position:
        raise Refused("step_passed")


def _holds(db: Session, step: Step) -> bool:
    """Whether any table has a row that belongs to the step: a post, a round, somebody's part."""
    return any(
        db.scalar(select(exists().where(column == step.id)))
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is Step.__table__ for key in column.foreign_keys)
    )


def _put(db: Session, room: Workshop, step: Step, after: int | None, now: int) -> Change:
    """Put a new step behind another one, never before where the room is."""
    planned_so_far = select(func.count()).select_from(Step).where(Step.workshop_id == room.id)
    if (db.scalar(planned_so_far) or 0) >= MOST_STEPS:
        raise Refused("too_many_steps", most=MOST_STEPS)
    order = steps_in_order(db, room)
    place = len(order)
    if after is not None:
        place = order.index(plan_step(db, room, after)) + 1
    if room.state == "running":
        place = max(place, room.step_position + 1)
    step.position = None
    db.add(step)
    order.insert(place, step)
    number_anew(db, order)
    return Change(room.id, record(db, room, "workshop.changed", now), {"step": step.id})
