"""Posts and themes as pages show them: what was written and from which group, never by whom."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from workshop.rules.cards import STANCES, WORDS, Pairs, fields_of
from workshop.rules.receipts import owner_mark
from workshop.storage.models import Picture, Post, Theme
from workshop.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class PostCard:
    """One post, with what its author and the facilitator alone are told of it.

    Attributes:
        held_for, reason, note: for its author and the facilitator; `reports` for the latter alone.
        answers: the wording of what it answers, where the room can see that: the problem or the
            question of an idea, a comment's idea, a problem's moment; `answers_kind` says which.
        origin: the title of the workshop that it was carried from.
        builds_on: the wording of the idea that it builds on, and `builds_on_group` its group.
        picture: the key of its picture, or nothing; then what that shows, and its size in pixels.
        talk_for: how many comments speak for an idea; the next two tell of worries and additions.
        top_id: the card a merged post stands in, in the words `within`; that holds `inside` more.
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
    answers_kind: str
    builds_on_id: int | None
    builds_on: str
    builds_on_group: str
    stance: str
    talk_for: int
    talk_concern: int
    talk_build: int
    picture: str
    picture_alt: str
    picture_width: int
    picture_height: int
    theme_id: int | None
    leg_id: int | None
    feeling: int | None
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
    origin: str = ""
    merged_id: int | None = None
    top_id: int | None = None
    inside: int = 0
    within: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether its author was asked for other words and has not given them yet."""
        return self.state == "held" and self.held_for == "asked"

    @property
    def talk(self) -> int:
        """How many comments there are about an idea."""
        return self.talk_for + self.talk_concern + self.talk_build

    @property
    def has_place(self) -> bool:
        """Whether what it is about can be seen: a comment goes out of sight with its idea."""
        return self.kind != "comment" or bool(self.answers)

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


ABOUT = aliased(Post)
"""What a post answers: a problem, a question, or the idea that a comment is about."""

ROOT = aliased(Post)
"""The idea that an idea builds on."""
CARD, _AROUND, _TALK = aliased(Post), aliased(Post), aliased(Post)
_talk_in = (
    select(
        _TALK.answers_id.label("idea"),
        *(func.sum(case((_TALK.stance == stance, 1), else_=0)).label(stance) for stance in STANCES),
    )
    .where(_TALK.workshop_id == bindparam("workshop"))
    .where(_TALK.kind == "comment", _TALK.state == "shown")
    .group_by(_TALK.answers_id)
    .subquery("talk")
)
"""How much is said about each idea of a room."""

ELSEWHERE: Final[dict[str, ColumnElement[Any]]] = {
    "answers": func.coalesce(ABOUT.text, ""),
    "answers_kind": func.coalesce(ABOUT.kind, ""),
    "within": func.coalesce(CARD.text, ""),
    "builds_on": func.coalesce(ROOT.text, ""),
    "builds_on_group": func.coalesce(ROOT.group, ""),
    "picture": func.coalesce(Picture.key, ""),
    "picture_alt": func.coalesce(Picture.alt, ""),
    "picture_width": func.coalesce(Picture.width, 0),
    "picture_height": func.coalesce(Picture.height, 0),
    **{f"talk_{stance}": func.coalesce(_talk_in.c[stance], 0) for stance in STANCES},
}
SEEN = tuple(
    ELSEWHERE[field.name].label(field.name)
    if field.name in ELSEWHERE
    else getattr(Post, field.name)
    for field in fields(PostCard)
)
"""What a card shows, in the order of its fields. Plain columns: a board has hundreds of posts."""


def cards(db: Session, workshop_id: int, *wanted: ColumnElement[bool]) -> Iterator[PostCard]:
    """The posts of a room that fit all of `wanted`, newest first."""
    found = db.execute(query(*wanted), {"workshop": workshop_id})
    return (PostCard(*row) for row in found)


def _seen(post: type[Post]) -> ColumnElement[bool]:
    """Whether the room can see a post: by itself, or inside a card that it sees."""
    card = select(_AROUND.id).where(_AROUND.id == post.top_id, _AROUND.state == "shown")
    return or_(post.state == "shown", and_(post.state == "merged", card.exists()))


def query(*wanted: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Of what a post answers or builds on, only what the room can see is told with it."""
    return (
        select(*SEEN)
        .select_from(Post)
        .outerjoin(ABOUT, and_(ABOUT.id == Post.answers_id, _seen(ABOUT)))
        .outerjoin(ROOT, and_(ROOT.id == Post.builds_on_id, _seen(ROOT)))
        .outerjoin(CARD, and_(CARD.id == Post.top_id, CARD.state == "shown"))
        .outerjoin(Picture, Picture.post_id == Post.id)
        .outerjoin(_talk_in, _talk_in.c.idea == Post.id)
        .where(Post.workshop_id == bindparam("workshop"), *wanted)
        .order_by(Post.id.desc())
    )


@cache
def _board(kinds: frozenset[str], states: frozenset[str]) -> Prepared:
    """The statement for a board; there are few kinds and states, and every phone asks for one."""
    return Prepared(
        lambda _: query(
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
    return {card.id: card for card in cards(db, workshop_id, Post.id.in_(ids))}


def touched(db: Session, workshop_id: int, ids: Collection[int]) -> dict[int, PostCard]:
    """The named posts, and every card on which something of theirs is told.

    That is the idea of a comment, the card around a post, and ideas that answer or build on one.
    """
    about = select(Post.answers_id).where(Post.id.in_(ids), Post.kind == "comment")
    around = select(Post.top_id).where(Post.id.in_(ids), Post.top_id.is_not(None))
    later = and_(Post.kind == "idea", or_(Post.answers_id.in_(ids), Post.builds_on_id.in_(ids)))
    wanted = or_(Post.id.in_(ids), Post.id.in_(about), Post.id.in_(around), later)
    return {card.id: card for card in cards(db, workshop_id, wanted)}


def own(db: Session, workshop_id: int, receipt: str) -> tuple[PostCard, ...]:
    """What the holder of `receipt` wrote and has not taken back, newest first."""
    here = (Post.workshop_id == workshop_id, Post.state != "withdrawn")
    signs = db.execute(select(Post.id, Post.owner, Post.salt).where(*here))
    return tuple(cards(db, workshop_id, Post.id.in_(recognised(signs.all(), receipt))))


def asked(db: Session, workshop_id: int, receipt: str) -> int:
    """For how many of their posts the holder of `receipt` is asked for other words."""
    return len(recognised(ASKED.all(db, workshop=workshop_id), receipt))


def recognised(signs: Iterable[Any], receipt: str) -> set[int]:
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
