"""Programmes as their facilitator sees them, and ideas that can be carried from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.reads import posts, rooms
from workshop.reads.results import shown_result
from workshop.reads.rooms import RoomCard
from workshop.storage.models import Item, Post, Programme, Workshop


@dataclass(frozen=True, slots=True)
class ProgrammeRoom:
    """One workshop of a programme: how many ideas it has, how many came along, how many went on."""

    room: RoomCard
    ideas: int
    carried: int
    items: int


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """A programme and its workshops, the oldest first."""

    id: int
    title: str
    service: str
    rooms: tuple[ProgrammeRoom, ...]


@dataclass(frozen=True, slots=True)
class CarriedIdea:
    """An idea of an earlier workshop. `place` is where the last shown vote put it, or nothing."""

    id: int
    text: str
    language: str
    group: str
    place: str
    here: bool


@dataclass(frozen=True, slots=True)
class CarryRoom:
    """A workshop whose ideas may come along, the best-placed first."""

    title: str
    slug: str
    voted: int
    ideas: tuple[CarriedIdea, ...]


def programmes(db: Session, account_id: int) -> tuple[ProgrammeCard, ...]:
    """One's own programmes, the newest first."""
    own = select(Programme).where(Programme.account_id == account_id)
    rows = db.scalars(own.order_by(Programme.id.desc())).all()
    return tuple(_card(db, row) for row in rows)


def programme(db: Session, account_id: int, programme_id: int) -> ProgrammeCard | None:
    """One of one's own programmes."""
    row = db.get(Programme, programme_id)
    return _card(db, row) if row is not None and row.account_id == account_id else None


def _card(db: Session, row: Programme) -> ProgrammeCard:
    ideas, carried, items = _ideas(db, row.id), _ideas(db, row.id, carried=True), _items(db, row.id)
    return ProgrammeCard(
        row.id,
        row.title,
        row.service,
        tuple(
            ProgrammeRoom(
                room, ideas.get(room.id, 0), carried.get(room.id, 0), items.get(room.id, 0)
            )
            for room in rooms.of_programme(db, row.id)
        ),
    )


def _ideas(db: Session, programme_id: int, *, carried: bool = False) -> Mapping[int, int]:
    counted = (
        select(Post.workshop_id, func.count())
        .join(Workshop, Workshop.id == Post.workshop_id)
        .where(Workshop.programme_id == programme_id, Post.kind == "idea", Post.state == "shown")
        .group_by(Post.workshop_id)
    )
    if carried:
        counted = counted.where(Post.carried_id.is_not(None))
    return dict(db.execute(counted).all())


def _items(db: Session, programme_id: int) -> Mapping[int, int]:
    counted = (
        select(Item.workshop_id, func.count())
        .join(Workshop, Workshop.id == Item.workshop_id)
        .where(Workshop.programme_id == programme_id)
        .group_by(Item.workshop_id)
    )
    return dict(db.execute(counted).all())


def carriable(
    db: Session, room: RoomCard, account_id: int, *, everyone: bool = False
) -> tuple[CarryRoom, ...]:
    """What lies on the tables of the other workshops of this one's programme.

    Only of those that the account runs (or of `everyone`'s): to help in one room opens no other.
    """
    if room.programme_id is None:
        return ()
    here = set(db.scalars(select(Post.carried_id).where(Post.workshop_id == room.id)))
    runs = {one.id for one in rooms.hosted_by(db, account_id, everyone=everyone)} - {room.id}
    others = [one for one in rooms.of_programme(db, room.programme_id) if one.id in runs]
    found = tuple(_carry_room(db, one, here) for one in others)
    return tuple(one for one in found if one.ideas)


def _carry_room(db: Session, other: RoomCard, here: set[int | None]) -> CarryRoom:
    shown = [result for step in reversed(other.steps) if (result := shown_result(db, step))]
    rows = shown[0].rows if shown else ()
    places = {row.row.idea_id: (row.row.place, row.place) for row in rows}
    last = (len(places) + 1, "")
    ideas = sorted(
        posts.board(db, other.id, ("idea",)),
        key=lambda idea: (places.get(idea.id, last)[0], idea.id),
    )
    return CarryRoom(
        other.title,
        other.slug,
        len(places),
        tuple(
            CarriedIdea(
                idea.id,
                idea.text,
                idea.language,
                idea.group,
                places.get(idea.id, last)[1],
                idea.id in here,
            )
            for idea in ideas
        ),
    )


def carried_to(db: Session, ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """The titles of the workshops to which posts were carried, as far as the copies are seen."""
    found: dict[int, tuple[str, ...]] = {}
    rows = db.execute(
        select(Post.carried_id, Workshop.title)
        .join(Workshop, Workshop.id == Post.workshop_id)
        .where(Post.carried_id.in_(ids), Post.state == "shown")
        .order_by(Post.id)
    )
    for number, title in rows:
        found[number or 0] = (*found.get(number or 0, ()), title)
    return found
