"""In which order somebody meets the ideas of a vote: drawn when they first look, then kept."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from workshop.acts.counting import electorate
from workshop.acts.room import enter, record, step_now, voice
from workshop.acts.stage import Change
from workshop.rules.exposure import laid_out, order, put_first, too_few_exposures
from workshop.rules.permissions import named
from workshop.rules.refusals import Refused
from workshop.rules.rounds import takes_marks
from workshop.storage.models import BallotOrder, Exposure, Post, Round, Seat, Step, Workshop


def lay_out(db: Session, *, now: int, workshop_id: int, seat_id: int) -> Change:  # noqa: ARG001 - an order has no time
    """Give somebody their order of the ideas of the open vote, or put new ideas into it.

    New ideas are drawn with those that fewer people have seen ahead. No page of anybody else
    changes, so this is no line of history. The answer carries the order.

    Raises:
        Refused: `round_closed` where no vote is open that keeps an order.
    """
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    row = db.scalar(
        select(Round)
        .where(Round.step_id == step_now(db, room).id, Round.state == "open")
        .where(Round.secret.is_(False))
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise Refused("round_closed")
    kept = db.get(BallotOrder, (row.id, seat.id), populate_existing=True)
    before: list[int] = list(kept.ideas) if kept else []
    ideas = _brought_up(db, room, row, seat, before)
    if kept is None:
        db.add(BallotOrder(round_id=row.id, seat_id=seat.id, ideas=ideas, topped=True))
    else:
        kept.ideas, kept.topped = ideas, True
    return Change(None, room.seq, {"ideas": ideas})


def _brought_up(
    db: Session, room: Workshop, row: Round, seat: Seat, before: list[int]
) -> list[int]:
    shown = select(Post.id).where(Post.workshop_id == room.id, Post.kind == "idea")
    new = set(db.scalars(shown.where(Post.state == "shown"))) - set(before)
    seen = select(Exposure.idea_id, func.count()).where(Exposure.round_id == row.id)
    seen = seen.where(Exposure.idea_id.in_(new)).group_by(Exposure.idea_id)
    counts = dict(db.execute(seen).all())
    met = set(
        db.scalars(
            select(Exposure.idea_id).where(
                Exposure.round_id == row.id,
                Exposure.seat_id == seat.id,
                Exposure.idea_id.in_([*before, *new]),
            )
        )
    )
    drawn = order(new, f"{room.shuffle}:{seat.id}", counts)
    return put_first(laid_out(before, drawn, met), row.first or (), met)


def top_up(db: Session, *, now: int, workshop_id: int, round_id: int) -> Change:
    """Put the ideas that too few people have seen first for everybody who has not seen them.

    Raises:
        Refused: `not_found`, `round_closed`, or `seen_enough` where there are none.
    """
    room = enter(db, workshop_id)
    row = db.get(Round, round_id, populate_existing=True)
    if row is None or row.workshop_id != room.id:
        raise Refused("not_found")
    takes_marks(row.state)
    unseen = _unseen(db, row)
    if row.secret or not unseen:
        raise Refused("seen_enough")
    row.first = sorted({*(row.first or ()), *unseen})
    db.execute(
        update(BallotOrder)
        .where(BallotOrder.round_id == row.id)
        .values(topped=False)
        .execution_options(synchronize_session=False)
    )
    return Change(room.id, record(db, room, "ideas.topped", now, row.id))


def _unseen(db: Session, row: Round) -> frozenset[int]:
    shown = select(Post.id).where(Post.workshop_id == row.workshop_id, Post.kind == "idea")
    seen = select(Exposure.idea_id, func.count()).where(Exposure.round_id == row.id)
    counts = dict(db.execute(seen.group_by(Exposure.idea_id)).all())
    people = electorate(db, row, named(db.get_one(Step, row.step_id).voters))
    return too_few_exposures(db.scalars(shown.where(Post.state == "shown")), counts, people)
