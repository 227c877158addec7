"""Sheets of paper as those who print them and type them in see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.reads import posts
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard, RoundCard
from workshop.rules.exposure import order
from workshop.rules.paper import numbers
from workshop.storage.models import HandCount, Post, Sheet


@dataclass(frozen=True, slots=True)
class SheetCard:
    """One printed sheet: what it is for, and whether it was typed in. `round` is its vote."""

    code: str
    kind: str
    entered: bool
    round: RoundCard | None


@dataclass(frozen=True, slots=True)
class Numbered:
    """An idea on a sheet, with the number that it has on all of them."""

    number: int
    idea: PostCard


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
    shown = {idea.id: idea for idea in posts.board(db, room.id, ("idea",))}
    asked = select(Post.id).where(Post.workshop_id == room.id, Post.kind == "idea")
    told = numbers(list(db.scalars(asked)))
    placed = order(shown, f"{room.shuffle}:sheet:{code}", {}) if code else sorted(shown)
    return tuple(Numbered(told[number], shown[number]) for number in placed)


def counts(db: Session, workshop_id: int) -> Mapping[str, tuple[int, int]]:
    """How many sheets of each kind were printed, and how many of them were typed in."""
    rows = db.execute(
        select(Sheet.kind, func.count(), func.count(Sheet.entered_at))
        .where(Sheet.workshop_id == workshop_id)
        .group_by(Sheet.kind)
    )
    return {kind: (printed, entered) for kind, printed, entered in rows}


def hands(db: Session, round_id: int) -> Mapping[tuple[int, str], int]:
    """The hands that were counted in a round, for whoever counts them: (idea, group) -> hands."""
    rows = db.scalars(select(HandCount).where(HandCount.round_id == round_id))
    return {(row.idea_id, row.group): row.people for row in rows}
