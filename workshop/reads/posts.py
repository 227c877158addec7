"""Posts and themes as pages show them: what was written and from which group, never by whom."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select
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


def _query() -> Select[Post, str]:
    problem = aliased(Post)
    return select(Post, problem.text).outerjoin(problem, problem.id == Post.answers_id)


def _card(row: Post, answers: str | None) -> PostCard:
    return PostCard(
        id=row.id,
        workshop_id=row.workshop_id,
        step_id=row.step_id,
        kind=row.kind,
        text=row.text,
        group=row.group,
        state=row.state,
        version=row.version,
        language=row.language,
        answers_id=row.answers_id,
        answers=answers or "",
        theme_id=row.theme_id,
        better_for=row.better_for,
        affected=row.affected,
        often=row.often,
        better=row.better,
        created_at=row.created_at,
    )


def board(
    db: Session,
    workshop_id: int,
    kinds: Collection[str],
    states: Collection[str] = ("shown",),
) -> tuple[PostCard, ...]:
    """The posts of these kinds and states, newest first."""
    rows = db.execute(
        _query()
        .where(Post.workshop_id == workshop_id, Post.kind.in_(kinds), Post.state.in_(states))
        .order_by(Post.id.desc())
    )
    return tuple(_card(row, answers) for row, answers in rows)


def some(db: Session, workshop_id: int, ids: Collection[int]) -> dict[int, PostCard]:
    """The named posts of this workshop, whatever their state."""
    rows = db.execute(_query().where(Post.workshop_id == workshop_id, Post.id.in_(ids)))
    return {row.id: _card(row, answers) for row, answers in rows}


def own(db: Session, workshop_id: int, receipt: str) -> tuple[PostCard, ...]:
    """What the holder of `receipt` wrote and has not taken back, newest first."""
    rows = db.execute(
        _query()
        .where(Post.workshop_id == workshop_id, Post.state != "withdrawn")
        .order_by(Post.id.desc())
    )
    return tuple(
        _card(row, answers)
        for row, answers in rows
        if hmac.compare_digest(row.owner, owner_mark(receipt, row.salt))
    )


def themes(db: Session, workshop_id: int) -> tuple[ThemeCard, ...]:
    """The themes of a room, oldest first."""
    rows = db.scalars(select(Theme).where(Theme.workshop_id == workshop_id).order_by(Theme.id))
    return tuple(ThemeCard(row.id, row.title) for row in rows)
