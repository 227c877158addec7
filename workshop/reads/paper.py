"""Sheets of paper as those who print them and type them in see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.reads import posts
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard, RoundCard
from workshop.rules.exposure import order
from workshop.rules.paper import numbers
from workshop.storage.cards import CardHands, cards_of, hands_of
from workshop.storage.models import Post, Sheet


@dataclass(frozen=True, slots=True)
class SheetCard:
    """One printed sheet: what it is for, and whether it was typed in. `round` is its vote."""

    code: str
    kind: str
    entered: bool
    round: RoundCard | None


@dataclass(frozen=True, slots=True)
class Numbered:
    """An idea on a sheet, with the number that it has on all of them.

    `part_of` is the number of the card that it was merged into.
    """

    number: int
    idea: PostCard
    part_of: int | None


def sheet(db: Session, room: RoomCard, code: str) -> SheetCard | None:
    """The sheet with this code in a room."""
    row = db.scalar(select(Sheet).where(Sheet.workshop_id == room.id, Sheet.code == code))
    if row is None:
        return None
    step = next((step for step in room.steps if step.id == row.step_id), None)
    return SheetCard(row.code, row.kind, row.entered_at is not None, step.round if step else None)


def ballot(db: Session, room: RoomCard, code: str = "") -> tuple[Numbered, ...]:
    """The ideas of a voting sheet, in the order in which that very sheet has them.

    As on phones every sheet has an order of its own, so that no idea is always the first. Without
    a code they come by number.
    """
    return _numbered(db, room, {idea.id for idea in posts.board(db, room.id, ("idea",))}, code)


def printed(db: Session, room: RoomCard, code: str) -> tuple[Numbered, ...]:
    """The same with ideas that have been merged: a sheet may have been printed before that."""
    return _numbered(db, room, cards_of(db, room.id).keys(), code)


def _numbered(
    db: Session, room: RoomCard, ideas: Collection[int], code: str
) -> tuple[Numbered, ...]:
    asked = select(Post.id).where(Post.workshop_id == room.id, Post.kind == "idea")
    told = numbers(list(db.scalars(asked)))
    found = posts.some(db, room.id, ideas)
    placed = order(ideas, f"{room.shuffle}:sheet:{code}", {}) if code else sorted(ideas)
    return tuple(
        Numbered(told[number], found[number], told.get(found[number].top_id or 0))
        for number in placed
    )


def counts(db: Session, workshop_id: int) -> Mapping[str, tuple[int, int]]:
    """How many sheets of each kind were printed, and how many of them were typed in."""
    rows = db.execute(
        select(Sheet.kind, func.count(), func.count(Sheet.entered_at))
        .where(Sheet.workshop_id == workshop_id)
        .group_by(Sheet.kind)
    )
    return {kind: (printed, entered) for kind, printed, entered in rows}


def hands(db: Session, round_id: int) -> Mapping[int, CardHands]:
    """The hands that were counted in a round, for whoever counts them, by card."""
    return hands_of(db, round_id)
