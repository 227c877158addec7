"""Who wants to hear back, and what there is to tell them since they last heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from workshop.reads import posts, rooms
from workshop.reads.followed import Followed
from workshop.reads.progress import moves
from workshop.reads.trail import Walk
from workshop.rules.hearing import HEARD, hear_mark, is_empty, may_write, post_mark
from workshop.rules.promises import promise, today
from workshop.rules.stages import ENDED
from workshop.storage.models import Follower, Item, ItemMoment, Moment, Post, Workshop


@dataclass(frozen=True, slots=True)
class Kept:
    """An address, the language of its letters, and marks of the posts that it follows."""

    address: str
    language: str
    salt: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who wants to hear back. `seen` are the last lines of items and room they know."""

    id: int
    workshop_id: int
    salt: str
    posts: frozenset[str]
    seen: tuple[int, int]
    late: frozenset[int]
    sent_at: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that waits to be sent, with all that its envelope needs."""

    id: int
    slug: str
    workshop_id: int
    address: str
    language: str
    salt: str
    letter: Mapping[str, Any]
    due_at: int
    tries: int
    titles: Mapping[int, str]
    promised: Mapping[int, str]


def kept_of(db: Session, workshop_id: int, receipt: str) -> Kept | None:
    """What is kept for the holder of `receipt` to hear back."""
    row = db.scalar(select(Follower).where(Follower.mark == hear_mark(receipt, workshop_id)))
    return Kept(row.address, row.language, row.salt, tuple(row.posts)) if row else None


def waiting(db: Session) -> int:
    """How many letters wait to be sent."""
    counted = select(func.count()).where(Follower.due_at.is_not(None))
    return db.scalar(counted.select_from(Follower)) or 0


def salts(db: Session) -> list[str]:
    """The salt of every address that is kept."""
    return list(db.scalars(select(Follower.salt)))


def asking(db: Session) -> tuple[Asking, ...]:
    """Everybody who wants to hear back and for whom no letter waits."""
    rows = db.scalars(select(Follower).where(Follower.due_at.is_(None)).order_by(Follower.id))
    return tuple(
        Asking(
            id=row.id,
            workshop_id=row.workshop_id,
            salt=row.salt,
            posts=frozenset(row.posts),
            seen=(row.seen_item, row.seen_moment),
            late=frozenset(row.late),
            sent_at=row.sent_at,
        )
        for row in rows
    )


def newest(db: Session, workshop_id: int) -> tuple[int, int]:
    """The newest lines that anybody is told of: of a workshop's items, and of the room."""
    items = select(Item.id).where(Item.workshop_id == workshop_id)
    of_items = select(func.max(ItemMoment.id)).where(
        ItemMoment.item_id.in_(items), ItemMoment.kind.in_(HEARD)
    )
    return db.scalar(of_items) or 0, db.scalar(_merged(workshop_id, func.max(Moment.id))) or 0


def due(db: Session, now: int) -> tuple[Waiting, ...]:
    """Letters whose time has come, the oldest first."""
    rows = db.execute(
        select(Follower, Workshop.slug)
        .join(Workshop, Workshop.id == Follower.workshop_id)
        .where(Follower.due_at <= now)
        .order_by(Follower.due_at, Follower.id)
    ).all()
    return tuple(_waiting(db, row, slug) for row, slug in rows)


def _waiting(db: Session, row: Follower, slug: str) -> Waiting:
    letter = row.letter or {"items": {}, "late": [], "merged": False}
    numbers = {*map(int, letter["items"]), *letter["late"]}
    items = db.scalars(select(Item).where(Item.id.in_(numbers))).all()
    return Waiting(
        id=row.id,
        slug=slug,
        workshop_id=row.workshop_id,
        address=row.address,
        language=row.language,
        salt=row.salt,
        letter=letter,
        due_at=row.due_at or 0,
        tries=row.tries,
        titles={item.id: item.title for item in items},
        promised={item.id: item.answer_by for item in items if item.answer_by},
    )


class News:
    """What happened in one workshop, read once for everybody who asks about it."""

    def __init__(self, db: Session, workshop_id: int, now: int) -> None:
        self._now = now
        self.newest = newest(db, workshop_id)
        room = rooms.by_id(db, workshop_id)
        # Without a receipt this walk knows nobody's posts: it is asked about every one.
        walk = Walk(db, room, "") if room else None
        self._items = {item.id: item for item in walk.items} if walk else {}
        self._ways: dict[int, set[int]] = {number: set() for number in self._items}
        self._gone_in: set[int] = set()
        for post in posts.cards(db, workshop_id, Post.state != "withdrawn") if walk else ():
            for item in walk.items_of(post) if walk else ():
                self._ways[item.id].add(post.id)
            if post.state == "merged":
                self._gone_in.add(post.id)
        self._late = tuple(_late(self._items, today(now)))
        self._lines = _lines(db, list(self._items))
        merged = _merged(workshop_id, Moment.id, Moment.ref, Moment.at).order_by(Moment.id)
        self._merged = [(line, post or 0, at) for line, post, at in db.execute(merged)]

    def for_one(self, who: Asking, secret_key: str) -> dict[str, Any] | None:
        """A letter for somebody, or None where it is not time for one yet. It may tell nothing."""

        def theirs(number: int) -> bool:
            return post_mark(secret_key, who.salt, number) in who.posts

        fresh = [line for line in self._lines if line[0] > who.seen[0]]
        late = [number for number in self._late if number not in who.late]
        asked = {*(line[1] for line in fresh), *late}
        followed = {number for number in asked if any(map(theirs, self._ways[number]))}
        lines = [line for line in fresh if line[1] in followed]
        merged = [
            at
            for line, post, at in self._merged
            if line > who.seen[1] and post in self._gone_in and theirs(post)
        ]
        letter = {
            "items": _by_item(lines),
            "late": [number for number in late if number in followed],
            "merged": bool(merged),
            "until": str(self._now),
        }
        oldest = min([*(line[4] for line in lines), *merged], default=0)
        return letter if is_empty(letter) or may_write(who.sent_at, oldest, self._now) else None


def _late(items: Mapping[int, Followed], day: date) -> Iterator[int]:
    """Items whose promised day has gone by without an answer."""
    for number, item in sorted(items.items()):
        answered = item.answer is not None or item.stage in {*ENDED, "adopted"}
        stands = promise(item.answer_by, answered=answered, review_on=None, done=False, day=day)
        if stands.is_late:
            yield number


def _lines(db: Session, numbers: Sequence[int]) -> list[tuple[int, int, str, str, int]]:
    """What authors are told of items: line, item, kind, the answer or the stage, and when."""
    stages = {str(move.id): move.to for _, move in moves(db, numbers)}
    told = select(ItemMoment).where(ItemMoment.item_id.in_(numbers), ItemMoment.kind.in_(HEARD))
    return [
        (row.id, row.item_id, row.kind, stages.get(row.note, row.note), row.at)
        for row in db.scalars(told.order_by(ItemMoment.id))
    ]


def _merged(workshop_id: int, *columns: Any) -> Select[*tuple[Any, ...]]:
    """The lines of a room's history by which a card went into another."""
    return select(*columns).where(Moment.workshop_id == workshop_id, Moment.kind == "post.merged")


def _by_item(lines: Sequence[tuple[int, int, str, str, int]]) -> dict[str, list[list[str]]]:
    """What happened to each item, in order; what happened twice is told once, the last time."""
    found: dict[str, dict[str, str]] = {}
    for _, item, kind, what, _at in lines:
        told = found.setdefault(str(item), {})
        told.pop(kind, None)
        told[kind] = what
    return {item: [[kind, what] for kind, what in told.items()] for item, told in found.items()}
