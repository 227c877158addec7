"""Voting: one mark, "I'm done", and opening, closing and revealing a round."""

from __future__ import annotations

import secrets

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from workshop.acts import ledger
from workshop.acts.counting import rule_for, seal_round
from workshop.acts.merged_marks import join_for_good
from workshop.acts.room import PURSE, contributed, enter, record, running, step_now, voice
from workshop.acts.stage import Change
from workshop.rules.permissions import may_vote
from workshop.rules.refusals import Refused
from workshop.rules.rounds import MOVES, move, still_to_come, takes_marks
from workshop.rules.voting import METHODS
from workshop.storage.models import Mark, Post, Purse, Round, Step, Workshop


def _open_round(db: Session, step: Step) -> Round:
    row = db.scalar(
        select(Round)
        .where(Round.step_id == step.id, Round.secret.is_(False))
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise Refused("round_closed")
    takes_marks(row.state)
    return row


def set_done(db: Session, *, now: int, workshop_id: int, seat_id: int, done: bool) -> Change:
    """Say "I'm done", or take that back while the round is open."""
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    step = step_now(db, room)
    row = _open_round(db, step)
    may_vote(step.voters, seat.group)
    cap = METHODS[row.method].purse(rule_for(row))
    mine = {"round_id": row.id, "seat_id": seat.id}
    PURSE.run(db, **mine, cap=cap, used=0, done=False)
    db.get_one(Purse, mine, populate_existing=True).done = done
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
            quadratic=step.quadratic,
            secret=step.secret,
            secret_key=secrets.token_hex(32) if step.secret else None,
            seed=secrets.randbelow(2**31),
            opened_at=now,
        )
        db.add(row)
        ledger.opened(db, row)
    elif row.state == "closed":
        _open_again(db, row)
    return row


def _open_again(db: Session, row: Round) -> None:
    """Take marks again; ideas that left the ballot meanwhile give back what was spent on them."""
    row.state = move(row.state, "open")
    card = aliased(Post)
    gone = (
        select(Post.id)
        .join(card, card.id == func.coalesce(Post.top_id, Post.id))
        .where(Post.workshop_id == row.workshop_id, card.state != "shown")
    )
    _give_back(db, select(Mark).where(Mark.round_id == row.id, Mark.idea_id.in_(gone)))


def close_round(db: Session, step: Step, now: int) -> None:
    """Close the round of a step that the room is leaving."""
    row = db.scalar(select(Round).where(Round.step_id == step.id))
    if row is not None and row.state == "open":
        row.state, row.closed_at = move(row.state, "closed"), now


def move_round(db: Session, *, now: int, workshop_id: int, round_id: int, to: str) -> Change:
    """Close, open again, reveal, cover the counts, or show them again.

    Raises:
        Refused: `round_move` where the round cannot go there from where it is, or would open
            while the room is elsewhere; `finished` where it would open after the meeting;
            `round_sealed` where it would open after its reveal.
    """
    room = enter(db, workshop_id)
    row = db.get(Round, round_id, populate_existing=True)
    if row is None or row.workshop_id != room.id:
        raise Refused("not_found")
    if to not in MOVES:
        raise Refused("unknown_choice")
    if to == "open":
        running(room)
        if step_now(db, room).id != row.step_id:
            raise Refused("round_move")
        _open_again(db, row)
    elif to == "closed":
        row.state, row.closed_at = move(row.state, to), now
    else:
        _show(db, row, to, now)
    return Change(room.id, record(db, room, "round.moved", now, row.id, note=to))


def _show(db: Session, row: Round, to: str, now: int) -> None:
    """Reveal or cover the counts.

    The first reveal counts the ballots and stores what the room is shown, with rule and seed.
    Later ones show the very same: ideas may have left and people changed groups since.
    """
    first = row.state == "closed"
    row.state = move(row.state, to)
    if first:
        row.revealed_at = now
        join_for_good(db, row.id, rule_for(row))
        row.result = seal_round(db, row)


def uncover(
    db: Session, *, now: int, workshop_id: int, round_id: int, whole: bool = False
) -> Change:
    """Reveal a closed round place by place, the last one first; `whole` shows all that is left.

    The room's screen shows the reveal, whatever it showed before.

    Raises:
        Refused: `round_move` where nothing is covered any more, or voting still goes on.
    """
    room = enter(db, workshop_id)
    row = db.get(Round, round_id, populate_existing=True)
    if row is None or row.workshop_id != room.id:
        raise Refused("not_found")
    if row.state == "closed":
        _show(db, row, "revealed", now)
        row.under = still_to_come(len((row.result or {})["standings"]))
    elif row.state == "revealed" and row.under:
        row.under -= 1
    else:
        raise Refused("round_move")
    row.under = 0 if whole else row.under
    room.screen, room.spotlight_id = "auto", None
    kind = "round.uncovered" if row.under else "round.moved"
    return Change(room.id, record(db, room, kind, now, row.id, note=row.state))


def uncover_all(db: Session, room: Workshop) -> None:
    """The meeting is over: nothing that was revealed stays covered on a screen nobody watches."""
    db.execute(update(Round).where(Round.workshop_id == room.id).values(under=0))


def release_marks(db: Session, idea_id: int) -> None:
    """Give back what people spent on an idea that has left the ballot, in rounds still open.

    What they gave to the ideas that were merged into it leaves with it.
    """
    gone = select(Post.id).where(or_(Post.id == idea_id, Post.top_id == idea_id))
    here = select(Mark).join(Round, Round.id == Mark.round_id)
    _give_back(db, here.where(Mark.idea_id.in_(gone), Round.state == "open"))


def _give_back(db: Session, marks: Select[Mark]) -> None:
    # Votes above a merged card's cap are no longer held, and are ended all the same.
    bought = marks.join(
        Purse, and_(Purse.round_id == Mark.round_id, Purse.seat_id == Mark.seat_id)
    ).where(or_(Mark.cost > 0, and_(Mark.value > 0, Purse.cap > 0)))
    # Read afresh: an act that shares this commit may have written one past the session.
    for mark in db.scalars(bought.execution_options(populate_existing=True)).all():
        purse = db.get_one(Purse, (mark.round_id, mark.seat_id), populate_existing=True)
        purse.used -= mark.cost
        mark.value, mark.cost = 0, 0
