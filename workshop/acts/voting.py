"""Voting: one mark, "I'm done", and opening, closing and revealing a round."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workshop.acts.counting import count_round
from workshop.acts.room import contributed, enter, put_if_absent, record, running, step_now, voice
from workshop.acts.stage import Change
from workshop.rules.refusals import Refused
from workshop.rules.rounds import move, takes_marks
from workshop.rules.voting import METHODS, RoundRule
from workshop.storage.models import Mark, Post, Purse, Round, Step, Workshop


def rule_of(row: Round) -> RoundRule:
    """The frozen rule of a round. An approval round's budget is the most ideas one may pick."""
    maximum = row.budget or None if row.method == "approval" else None
    return RoundRule(row.method, budget=row.budget, cap=row.cap, maximum=maximum)


def set_mark(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    idea_id: int,
    value: int | None,
    device: str = "",
    number: int = 0,
) -> Change:
    """Set one person's absolute mark on one idea; None takes a sweep answer back.

    A command that a device numbered lower than the one already stored arrives late and changes
    nothing. The answer carries the mark that now stands and what is left in the purse.

    Raises:
        Refused: `round_closed`, `no_votes_left`, `over_cap`, `bad_value`, `not_found`, ...
    """
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    running(room)
    step = step_now(db, room)
    row = _open_round(db, step)
    _votable(db, room, idea_id)
    rule = rule_of(row)
    purse = _purse(db, row, rule, seat.id)
    mark = db.get(Mark, (row.id, seat.id, idea_id), populate_existing=True)
    if mark is not None and mark.device == device and number <= mark.number:
        return Change(room.id, room.seq, _answer(idea_id, mark.value, purse))
    cost = _cost(rule, value)
    _spend(db, purse, cost - (mark.cost if mark else 0))
    if mark is None:
        mark = Mark(round_id=row.id, seat_id=seat.id, idea_id=idea_id)
        db.add(mark)
    mark.value, mark.cost, mark.device, mark.number = value, cost, device, number
    contributed(db, step, seat)
    return Change(room.id, record(db, room, "mark.set", now), _answer(idea_id, value, purse))


def _cost(rule: RoundRule, value: int | None) -> int:
    method = METHODS[rule.method]
    if value is None:
        return 0
    method.check(rule, value)
    return method.cost(rule, value)


def _spend(db: Session, purse: Purse, change: int) -> None:
    """Take `change` out of the purse in one guarded statement, or refuse."""
    if not change:
        return
    spent = db.execute(
        update(Purse)
        .where(Purse.round_id == purse.round_id, Purse.seat_id == purse.seat_id)
        .where(Purse.used + change <= Purse.cap)
        .values(used=Purse.used + change)
        .execution_options(synchronize_session=False)
    )
    if spent.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult
        raise Refused("no_votes_left")
    db.refresh(purse)


def _purse(db: Session, row: Round, rule: RoundRule, seat_id: int) -> Purse:
    cap = METHODS[rule.method].purse(rule)
    put_if_absent(db, Purse, round_id=row.id, seat_id=seat_id, cap=cap, used=0, done=False)
    return db.get_one(Purse, (row.id, seat_id), populate_existing=True)


def _answer(idea_id: int, value: int | None, purse: Purse) -> dict[str, Any]:
    return {
        "idea": idea_id,
        "value": value,
        "left": purse.cap - purse.used,
        "budget": purse.cap,
        "done": purse.done,
    }


def _open_round(db: Session, step: Step) -> Round:
    row = db.scalar(
        select(Round).where(Round.step_id == step.id).execution_options(populate_existing=True)
    )
    if row is None:
        raise Refused("round_closed")
    takes_marks(row.state)
    return row


def _votable(db: Session, room: Workshop, idea_id: int) -> None:
    found = db.scalar(
        select(Post.id).where(
            Post.id == idea_id,
            Post.workshop_id == room.id,
            Post.kind == "idea",
            Post.state == "shown",
        )
    )
    if found is None:
        raise Refused("not_found")


def set_done(db: Session, *, now: int, workshop_id: int, seat_id: int, done: bool) -> Change:
    """Say "I'm done", or take that back while the round is open."""
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    step = step_now(db, room)
    row = _open_round(db, step)
    purse = _purse(db, row, rule_of(row), seat.id)
    purse.done = done
    contributed(db, step, seat)
    return Change(room.id, record(db, room, "ballot.done", now), {"done": done})


def open_round(db: Session, room: Workshop, step: Step, now: int) -> Round:
    """The round of a vote step: opened on first arrival, opened again after a step back."""
    row = db.scalar(select(Round).where(Round.step_id == step.id))
    if row is None:
        row = Round(
            workshop_id=room.id,
            step_id=step.id,
            method=step.method,
            budget=step.budget,
            cap=step.cap,
            seed=secrets.randbelow(2**31),
            opened_at=now,
        )
        db.add(row)
    elif row.state == "closed":
        row.state = move(row.state, "open")
    return row


def close_round(db: Session, step: Step, now: int) -> None:
    """Close the round of a step that the room is leaving."""
    row = db.scalar(select(Round).where(Round.step_id == step.id))
    if row is not None and row.state == "open":
        row.state, row.closed_at = move(row.state, "closed"), now


def move_round(db: Session, *, now: int, workshop_id: int, round_id: int, to: str) -> Change:
    """Close, open again, reveal, or hide the counts again.

    The reveal counts the ballots and stores what the room is shown, with rule and seed.

    Raises:
        Refused: `round_move` where the round cannot go there from where it is.
    """
    room = enter(db, workshop_id)
    row = db.get(Round, round_id, populate_existing=True)
    if row is None or row.workshop_id != room.id:
        raise Refused("not_found")
    if row.state not in {"open", "closed", "revealed"} or to not in {"open", "closed", "revealed"}:
        raise Refused("unknown_choice")
    row.state = move(row.state, to)
    if to == "closed":
        row.closed_at = now
    elif to == "revealed":
        row.revealed_at = now
        row.result = count_round(db, row, rule_of(row))
    return Change(room.id, record(db, room, "round.moved", now, row.id, note=to))


def release_marks(db: Session, idea_id: int) -> None:
    """Give back what people spent on an idea that has left the ballot, in rounds still open."""
    marks = db.scalars(
        select(Mark)
        .join(Round, Round.id == Mark.round_id)
        .where(Mark.idea_id == idea_id, Mark.cost > 0, Round.state == "open")
    )
    for mark in marks.all():
        purse = db.get_one(Purse, (mark.round_id, mark.seat_id), populate_existing=True)
        purse.used -= mark.cost
        mark.value, mark.cost = 0, 0
