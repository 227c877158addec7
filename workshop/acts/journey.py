"""Lived experience: the line of the journey, moments on it, and the problems made of them."""

from __future__ import annotations

import hmac
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.acts import posts
from workshop.acts.room import enter, record, running, step_now, voice
from workshop.acts.stage import Change
from workshop.rules.journey import LEGS, felt, matched, parts
from workshop.rules.phases import PHASES
from workshop.rules.receipts import owner_mark
from workshop.rules.refusals import Refused
from workshop.storage.models import Leg, Post, Step, Workshop

RAISED_AT = frozenset({"journey", "problems", "themes"})
"""Phases at which a moment may be made into a problem."""


def draw_line(db: Session, room: Workshop) -> None:
    """Give a room the line that every journey starts with, unless it has one."""
    if not _legs(db, room.id):
        for position, title in enumerate(LEGS):
            db.add(Leg(workshop_id=room.id, position=position, title=title))


def set_line(db: Session, *, now: int, workshop_id: int, lines: str) -> Change:
    """Name the parts of the journey anew, one a line. Moments stay with their part.

    Raises:
        Refused: what `rules.journey.parts` refuses, or `leg_in_use` where a part that holds
            moments would go.
    """
    room = enter(db, workshop_id)
    titles = parts(lines)
    old = _legs(db, room.id)
    kept = matched([(leg.id, leg.title) for leg in old], titles)
    for leg in old:
        if leg.id not in kept:
            _empty(db, leg)
            db.delete(leg)
    # Two parts may swap names, which no moment between two updates may show to the database.
    for leg in old:
        leg.title = f"{leg.id}: {leg.title}"
    db.flush()
    by_number = {leg.id: leg for leg in old}
    for position, (number, title) in enumerate(zip(kept, titles, strict=True)):
        leg = by_number[number] if number is not None else Leg(workshop_id=room.id)
        leg.position, leg.title = position, title
        db.add(leg)
    return Change(room.id, record(db, room, "workshop.changed", now))


def _empty(db: Session, leg: Leg) -> None:
    held = select(func.count()).select_from(Post).where(Post.leg_id == leg.id)
    if db.scalar(held):
        raise Refused("leg_in_use", title=leg.title)


def _legs(db: Session, workshop_id: int) -> list[Leg]:
    rows = select(Leg).where(Leg.workshop_id == workshop_id).order_by(Leg.position, Leg.id)
    return list(db.scalars(rows.execution_options(populate_existing=True)))


def place(db: Session, *, workshop_id: int, leg_id: int, feeling: int, **given: Any) -> Change:
    """Place a moment of the service on the line: what happened, and how it felt from 1 to 5.

    `given` are the further values of `posts.post`, by whose rules a moment is posted.
    """
    leg = db.get(Leg, leg_id, populate_existing=True)
    if leg is None or leg.workshop_id != workshop_id:
        raise Refused("not_found")
    felt(feeling)
    change = posts.post(db, workshop_id=workshop_id, kind="experience", **given)
    row = db.get_one(Post, change.answer["post"])
    row.leg_id, row.feeling = leg.id, feeling
    return change


def raise_problem(
    db: Session, *, now: int, workshop_id: int, seat_id: int, receipt: str, post_id: int
) -> Change:
    """A person makes a problem of their own moment, in its own words."""
    room = enter(db, workshop_id)
    voice(db, room, seat_id)
    moment = _moment(db, room, post_id)
    if not hmac.compare_digest(moment.owner, owner_mark(receipt, moment.salt)):
        raise Refused("not_yours")
    return _raised(db, room, moment, now)


def pick_problem(db: Session, *, now: int, workshop_id: int, post_id: int) -> Change:
    """The facilitator makes a problem of somebody's moment; it stays its author's own."""
    room = enter(db, workshop_id)
    return _raised(db, room, _moment(db, room, post_id), now)


def _moment(db: Session, room: Workshop, post_id: int) -> Post:
    """A moment that the whole room can see."""
    found = db.get(Post, post_id, populate_existing=True)
    if found is None or found.workshop_id != room.id:
        raise Refused("not_found")
    if (found.kind, found.state) != ("experience", "shown"):
        raise Refused("not_found")
    return found


def _raised(db: Session, room: Workshop, moment: Post, now: int) -> Change:
    """The problem made of a moment; a second time it is the one that is there already.

    Salt and mark are those of the moment, so that whoever lived it can change the problem and take
    it back. That the two are one person's is what the lineage says in any case.
    """
    running(room)
    step = step_now(db, room)
    if step.phase not in RAISED_AT:
        raise Refused("step_closed")
    if room.locked:
        raise Refused("locked")
    same = select(Post.id).where(Post.answers_id == moment.id, Post.kind == "problem")
    known = db.scalar(same.where(Post.state.in_(("shown", "hidden", "held", "merged"))))
    if known is not None:
        return Change(room.id, room.seq, {"post": known})
    problem = _copy(db, room, moment, now)
    seq = record(db, room, "post.added", now, problem.id)
    return Change(room.id, seq, {"post": problem.id})


def _copy(db: Session, room: Workshop, moment: Post, now: int) -> Post:
    problem = Post(
        workshop_id=room.id,
        step_id=_problems_step(db, room),
        kind="problem",
        text=moment.text,
        group=moment.group,
        salt=moment.salt,
        owner=moment.owner,
        language=moment.language,
        looked_at=moment.looked_at,
        answers_id=moment.id,
        created_at=now,
    )
    db.add(problem)
    db.flush()
    return problem


def _problems_step(db: Session, room: Workshop) -> int | None:
    """The step that problems belong to, where the plan has one."""
    takes = [key for key, phase in PHASES.items() if "problem" in phase.accepts]
    found = select(Step.id).where(Step.workshop_id == room.id, Step.phase.in_(takes))
    return db.scalar(found.order_by(Step.position).limit(1))
