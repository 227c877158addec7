"""Posts and themes as pages show them: what was written and from which group, never by whom."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from workshop.rules.receipts import owner_mark
from workshop.storage.models import Post, Theme


@dataclass(frozen=True, slots=True)
class PostCard:
    """One post. `answers` is the wording of the problem that an idea answers."""

    id: int
    workshop_id: int
    step_id: int | None
    kind: str
    text: str
    group: str
    state: str
    version: int
    language: str
    answers_id: int | None
    answers: str
    theme_id: int | None
    better_for: str
    affected: str
    often: str
    better: str
    created_at: int


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """A heading under which problems, and the ideas that answer them, are gathered."""

    id: int
    title: str


PROBLEM = aliased(Post)
SEEN = tuple(
    func.coalesce(PROBLEM.text, "") if field.name == "answers" else getattr(Post, field.name)
    for field in fields(PostCard)
)
"""What a card shows, in the order of its fields. Plain columns: a board has hundreds of posts."""


def _cards(db: Session, *wanted: ColumnElement[bool]) -> Iterator[PostCard]:
    """The posts that fit all of `wanted`, newest first."""
    rows = db.execute(
        select(*SEEN)
        .outerjoin(PROBLEM, PROBLEM.id == Post.answers_id)
        .where(*wanted)
        .order_by(Post.id.desc())
    )
    return (PostCard(*row) for row in rows)


def board(
    db: Session,
    workshop_id: int,
    kinds: Collection[str],
    states: Collection[str] = ("shown",),
) -> tuple[PostCard, ...]:
    """The posts of these kinds and states, newest first."""
    return tuple(
        _cards(
            db,
            Post.workshop_id == workshop_id,
            Post.kind.in_(kinds),
            Post.state.in_(states),
        )
    )


def some(db: Session, workshop_id: int, ids: Collection[int]) -> dict[int, PostCard]:
    """The named posts of this workshop, whatever their state."""
    found = _cards(db, Post.workshop_id == workshop_id, Post.id.in_(ids))
    return {card.id: card for card in found}


def own(db: Session, workshop_id: int, receipt: str) -> tuple[PostCard, ...]:
    """What the holder of `receipt` wrote and has not taken back, newest first."""
    signs = db.execute(
        select(Post.id, Post.owner, Post.salt).where(
            Post.workshop_id == workshop_id, Post.state != "withdrawn"
        )
    )
    mine = {
        number
        for number, owner, salt in signs
        if hmac.compare_digest(owner, owner_mark(receipt, salt))
    }
    return tuple(_cards(db, Post.workshop_id == workshop_id, Post.id.in_(mine)))


def themes(db: Session, workshop_id: int) -> tuple[ThemeCard, ...]:
    """The themes of a room, oldest first."""
    rows = db.scalars(select(Theme).where(Theme.workshop_id == workshop_id).order_by(Theme.id))
    return tuple(ThemeCard(row.id, row.title) for row in rows)
