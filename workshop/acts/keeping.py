"""Letting words and seats go when their time is over. What was decided and counted stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from workshop.acts.deeds import log_deed
from workshop.acts.erasing import erase_posts, forget_seats
from workshop.acts.just_do import forget_changes
from workshop.acts.offers import forget_offers
from workshop.acts.patterns import forget_places
from workshop.acts.room import enter, record
from workshop.acts.running import end
from workshop.acts.stage import Change, Stage
from workshop.rules.keeping import chosen, is_over
from workshop.storage.models import (
    Command,
    Contact,
    Follower,
    Item,
    Moment,
    Offer,
    Post,
    Report,
    Seat,
    Sheet,
    SmallChange,
    Workshop,
)


def set_period(
    db: Session, *, now: int, workshop_id: int, days: int, account_id: int | None = None
) -> Change:
    """Choose how long words are kept. Once people were told a day, it can only come closer.

    Raises:
        Refused: `unknown_choice`, `keep_longer`.
    """
    room = enter(db, workshop_id)
    told = bool(db.scalar(select(exists().where(Seat.workshop_id == room.id))))
    room.keep_days = chosen(days, room.keep_days, told=told)
    log_deed(db, room, "keep.changed", now, account_id=account_id, reason=str(days))
    return Change(room.id, record(db, room, "care.changed", now))


def sweep(stage: Stage) -> int:
    """Let the words of every workshop go whose time is over; how many those were."""
    with stage.store.read() as db:
        waiting = db.scalars(
            select(Workshop).where(Workshop.swept_at.is_(None), Workshop.keep_days.is_not(None))
        )
        due = [room.id for room in waiting if _is_over(db, room, stage.clock())]
    for number in due:
        stage.perform(let_go, workshop_id=number)
    stage.store.scrub()
    return len(due)


def let_go(db: Session, *, now: int, workshop_id: int) -> Change:
    """Take all words and everything that leads to a person out of a workshop whose time is over.

    Titles, answers, counts and ballots of its backlog and its votes stay. Where its time is not
    over, or its words went before, nothing changes.
    """
    room = enter(db, workshop_id)
    if room.swept_at is not None or not _is_over(db, room, now):
        return Change(room.id, room.seq)
    if room.state != "finished":
        end(db, room, now)
    posts = db.scalars(_fresh(Post, room)).all()
    db.execute(
        delete(Report)
        .where(Report.post_id.in_([row.id for row in posts]))
        .execution_options(synchronize_session=False)
    )
    erase_posts(db, room, posts, titles=False)
    forget_offers(db, list(db.scalars(_fresh(Offer, room))))
    forget_changes(db, list(db.scalars(_fresh(SmallChange, room))))
    _forget_contacts(db, room)
    seats = db.scalars(_fresh(Seat, room)).all()
    forget_seats(db, room, seats)
    for table in (Command, Sheet, Follower):
        of_room = delete(table).where(table.workshop_id == room.id)
        db.execute(of_room.execution_options(synchronize_session=False))
    forget_places(db, room)
    room.word_list, room.helper_token, room.swept_at = "", None, now
    seq = record(db, room, "words.let_go", now)
    return Change(room.id, seq, gone_seats=tuple(seat.id for seat in seats))


def _forget_contacts(db: Session, room: Workshop) -> None:
    """Nobody's details outlive the words of a workshop."""
    items = select(Item.id).where(Item.workshop_id == room.id)
    db.execute(
        delete(Contact)
        .where(Contact.item_id.in_(items))
        .execution_options(synchronize_session=False)
    )


def _is_over(db: Session, room: Workshop, now: int) -> bool:
    last = db.scalar(select(func.max(Moment.at)).where(Moment.workshop_id == room.id))
    return is_over(
        room.keep_days,
        finished_at=room.finished_at,
        last_at=max(last or 0, room.created_at, room.starts_at or 0),
        now=now,
    )


def _fresh(table: Any, room: Workshop) -> Any:  # noqa: ANN401 - a model that has a workshop
    """Every row of a table that is of this room, read anew."""
    return (
        select(table).where(table.workshop_id == room.id).execution_options(populate_existing=True)
    )
