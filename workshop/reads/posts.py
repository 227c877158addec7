"""Posts and themes as pages show them: what was written and from which group, never by whom."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from workshop.rules.cards import WORDS, Pairs, fields_of
from workshop.rules.receipts import owner_mark
from workshop.storage.models import Post, Theme
from workshop.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class PostCard:
    """One post.

    `answers` is the wording of the problem that an idea answers, as far as the room sees it.
    `held_for`, `reason` and `note` are told to its author and the facilitator alone, and how many
    `reports` there are to the facilitator.
    """

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
    held_for: str = ""
    reason: str = ""
    note: str = ""
    looked_at: bool = False
    reports: int = 0

    @property
    def is_asked(self) -> bool:
        """Whether its author was asked for other words and has not given them yet."""
        return self.state == "held" and self.held_for == "asked"

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
    # What is hidden or held is not to be read on the cards that answer it either.
    visible = and_(PROBLEM.id == Post.answers_id, PROBLEM.state == "shown")
    query = select(*SEEN).outerjoin(PROBLEM, visible)
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


def touched(db: Session, workshop_id: int, ids: Collection[int]) -> dict[int, PostCard]:
    """The named posts and those that answer one of them: their cards show its words."""
    shown = or_(Post.id.in_(ids), Post.answers_id.in_(ids))
    return {card.id: card for card in _cards(db, Post.workshop_id == workshop_id, shown)}


def own(db: Session, workshop_id: int, receipt: str) -> tuple[PostCard, ...]:
    """What the holder of `receipt` wrote and has not taken back, newest first."""
    signs = db.execute(
        select(Post.id, Post.owner, Post.salt).where(
            Post.workshop_id == workshop_id, Post.state != "withdrawn"
        )
    )
    mine = _recognised(signs.all(), receipt)
    return tuple(_cards(db, Post.workshop_id == workshop_id, Post.id.in_(mine)))


def asked(db: Session, workshop_id: int, receipt: str) -> int:
    """For how many of their posts the holder of `receipt` is asked for other words."""
    return len(_recognised(ASKED.all(db, workshop=workshop_id), receipt))


def _recognised(signs: Iterable[Any], receipt: str) -> set[int]:
    """The numbers of those posts, given as (number, owner, salt), that are the holder's."""
    return {
        number
        for number, owner, salt in signs
        if hmac.compare_digest(owner, owner_mark(receipt, salt))
    }


ASKED: Final = Prepared(
    lambda _: select(Post.id, Post.owner, Post.salt).where(
        Post.workshop_id == bindparam("workshop"), Post.held_for == "asked"
    )
)


def themes(db: Session, workshop_id: int) -> tuple[ThemeCard, ...]:
    """The themes of a room, oldest first."""
    rows = db.scalars(select(Theme).where(Theme.workshop_id == workshop_id).order_by(Theme.id))
    return tuple(ThemeCard(row.id, row.title) for row in rows)
