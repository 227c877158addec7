"""Taking a rehearsal’s room away with every row that belongs to it, after one last look.

A slice at a time: for each row that goes, SQLite looks through every table that could point at it,
and nobody in another room is to wait for that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, delete, func, or_, select, update
from sqlalchemy.orm import Session

from workshop.acts.room import enter
from workshop.acts.stage import Change, Stage
from workshop.rules.refusals import Refused
from workshop.storage.models import Base, Post, Rehearsal, Seat, Workshop

SLICE: Final = 20
"""Rows that go in one transaction, where others could point at them."""

TABLES: Final = tuple(reversed(Base.metadata.sorted_tables))
"""Every table, before the tables that it points at."""

WORKSHOP: Final = Base.metadata.tables["workshop"]
KEPT: Final = Base.metadata.tables["rehearsal"]
"""What a rehearsal found stays, with the workshop that was rehearsed."""

POINTED_AT: Final = frozenset(
    key.column.table for table in TABLES for key in table.foreign_keys if table is not KEPT
)


def wipe_slice(db: Session, *, now: int, workshop_id: int) -> Change:  # noqa: ARG001 - every act takes the time
    """Delete some of a room that was a rehearsal, the room itself last.

    The answer says whether something is left.

    Raises:
        Refused: `not_found` for a room that is no rehearsal’s, or that is gone already, and
            `rehearsal_runs` for one in which a rehearsal goes on.
    """
    room = enter(db, workshop_id)
    if room.rehearses_id is None:
        raise Refused("not_found")
    if db.scalar(select(Rehearsal.workshop_id).where(Rehearsal.room_id == room.id)) is not None:
        raise Refused("rehearsal_runs")
    _loosen(db, room.id)
    for table in TABLES:
        of_room = _belongs(table, workshop_id)
        if of_room is not None and _some(db, table, of_room):
            left = table is not WORKSHOP
            return Change(answer={"left": left}, gone_room=None if left else workshop_id)
    return Change(answer={"left": False})


def _loosen(db: Session, room_id: int) -> None:
    """Let no post of the room point at another one, so that they can go in any order."""
    free = {"answers_id": None, "builds_on_id": None, "merged_id": None, "top_id": None}
    tied = or_(*(getattr(Post, name).is_not(None) for name in free))
    db.execute(
        update(Post)
        .where(Post.workshop_id == room_id, tied)
        .values(**free, state="withdrawn")
        .execution_options(synchronize_session=False)
    )


def _some(db: Session, table: Table, of_room: ColumnElement[bool]) -> bool:
    """Delete a slice of a table, or all of it where nothing could point at it."""
    if table in POINTED_AT and "id" in table.c:
        newest = select(table.c.id).where(of_room).order_by(table.c.id.desc()).limit(SLICE)
        of_room = table.c.id.in_(db.scalars(newest).all())
    gone = delete(table).where(of_room).execution_options(synchronize_session=False)
    return bool(db.execute(gone.returning(*table.primary_key.columns)).first())


def _belongs(table: Table, room_id: int) -> ColumnElement[bool] | None:
    """Which rows of a table are the room’s; None where the table knows of no room."""
    if table is WORKSHOP:
        return WORKSHOP.c.id == room_id
    if table is KEPT:
        return None
    ways = []
    for key in table.foreign_keys:
        # A row that points at another of its own table is of the same room.
        if key.column.table is table:
            continue
        above = _belongs(key.column.table, room_id)
        if above is not None:
            ways.append(key.parent.in_(select(key.column).where(above)))
    return or_(*ways) if ways else None


def wipe_ended(stage: Stage, rest: Callable[[], object] = lambda: None) -> int:
    """Wipe every room whose rehearsal is over, and return how many those were.

    `rest()` is called between two slices.
    """
    goes_on = select(Rehearsal.room_id).where(Rehearsal.room_id.is_not(None))
    over = select(Workshop.id).where(Workshop.rehearses_id.is_not(None))
    with stage.store.read() as db:
        rooms = db.scalars(over.where(Workshop.id.not_in(goes_on))).all()
    for room_id in rooms:
        # Somebody else may be at it as well, and have taken the last of it.
        with suppress(Refused):
            while stage.perform(wipe_slice, workshop_id=room_id).answer["left"]:
                rest()
    if rooms:
        stage.store.scrub()
    return len(rooms)


def kept(db: Session, room_id: int, told: Mapping[str, Any]) -> dict[str, int]:
    """People who are no stand-ins, and posts that are not there or were never acknowledged."""
    seats, posts = (
        db.scalar(select(func.count()).select_from(table).where(table.workshop_id == room_id)) or 0
        for table in (Seat, Post)
    )
    whole_run = told.get("outcome") == "held"
    phones = max(0, seats - int(told.get("asked", 0))) if whole_run else 0
    found = posts - int(told.get("posts", 0))
    lost, doubled = int(told.get("lost", 0)), int(told.get("doubled", 0))
    # Somebody who came in by themselves may have posted too, and an early end leaves posts on the
    # way: only a whole run by stand-ins alone says that a post is one too many.
    more = max(0, found) if whole_run and not phones else 0
    return {"phones": phones, "lost": lost + max(0, -found), "doubled": doubled + more}
