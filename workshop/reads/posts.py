"""Posts and themes as pages show them: what was written and from which group, never by whom."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from workshop.rules.cards import WORDS, Pairs, fields_of
from workshop.rules.receipts import owner_mark
from workshop.storage.models import Post, Theme
from workshop.storage.prepared import Prepared


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
    evidence: str
    source: str
    does: Pairs
    needs: Pairs
    created_at: int

    @property
    def fields(self) -> dict[str, str]:
        """The smaller answers by the names of the fields in which they were given."""
        words = {name: getattr(self, name) for name in (*WORDS, "evidence", "language")}
        return {**words, **fields_of(self.does, self.needs)}


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """A heading under which problems, and the ideas that answer them, are gathered."""

    id: int
    title: str


PROBLEM = aliased(Post)
SEEN = tuple(
    func.coalesce(PROBLEM.text, "").label("answers")
    if field.name == "answers"
    else getattr(Post, field.name)
    for field in fields(PostCard)
)
"""What a card shows, in the order of its fields. Plain columns: a board has hundreds of posts."""


def _cards(db: Session, *wanted: ColumnElement[bool]) -> Iterator[PostCard]:
    """The posts that fit all of `wanted`, newest first."""
    return (PostCard(*row) for row in db.execute(_query(*wanted)))


def _query(*wanted: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    query = select(*SEEN).outerjoin(PROBLEM, PROBLEM.id == Post.answers_id)
    return query.where(*wanted).order_by(Post.id.desc())


@cache
def _board(kinds: frozenset[str], states: frozenset[str]) -> Prepared:
    """The statement for a board; there are few kinds and states, and every phone asks for one."""
    return Prepared(
        lambda _: _query(
            Post.workshop_id == bindparam("workshop"),
            or_(*(Post.kind == kind for kind in sorted(kinds))),
            or_(*(Post.state == state for state in sorted(states))),
        )
    )


def board(
    db: Session,
    workshop_id: int,
    kinds: Collection[str],
    states: Collection[str] = ("shown",),
) -> tuple[PostCard, ...]:
    """The posts of these kinds and states, newest first."""
    if not kinds:
        return ()
    rows = _board(frozenset(kinds), frozenset(states)).all(db, workshop=workshop_id)
    return tuple(PostCard(*row) for row in rows)


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
