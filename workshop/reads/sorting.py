"""What helps to sort a board: what a card holds, what sounds alike, and what could be a theme."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads import posts
from workshop.reads.columns import BoardCard
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard
from workshop.rules.moments import UNDOABLE, UNDONE, still_done
from workshop.rules.similar import Corpus, pair_key, pieces
from workshop.rules.themes import Gathering, gatherings
from workshop.storage.models import Moment, Post, SetAside

SORTED_AT: Final = frozenset({"problems", "themes", "ideas"})
"""Phases at which the board is sorted, and suggestions are made."""

MOST_PAIRS: Final = 60
LOOKS_BACK: Final = 5_000

Pieces = Sequence[tuple[str, bool]]
"""A text cut into pieces, each with whether it is to be marked."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two posts that sound alike: the card that would stay, and the one that would go into it."""

    host: PostCard
    post: PostCard

    @property
    def words(self) -> tuple[tuple[PostCard, Pieces], ...]:
        """Both posts with the words marked that they have in common."""
        one, other = self.host, self.post
        return (one, pieces(one.text, other.text)), (other, pieces(other.text, one.text))


@dataclass(frozen=True, slots=True)
class Heap:
    """Posts that could make a theme, and words that it could begin with."""

    title: str
    posts: tuple[PostCard, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a facilitator is asked about; they decide."""

    pairs: tuple[Pair, ...] = ()
    heaps: tuple[Heap, ...] = ()


@dataclass(frozen=True, slots=True)
class SortingCard:
    """What stands beside a board.

    Attributes:
        opened: the merged card that is looked into, if any, and `inside` what it holds.
        undoes: whether something that was sorted can be undone.
        aside: keys of suggestions that were set aside.
    """

    opened: PostCard | None
    inside: tuple[PostCard, ...]
    undoes: bool
    aside: frozenset[str]


def sorting_card(db: Session, room: RoomCard, opened: int | None) -> SortingCard:
    """What stands beside the board of a room, with the card `opened` looked into."""
    card = posts.some(db, room.id, {opened}).get(opened) if opened else None
    held = inside(db, room.id, card.id) if card and card.inside else ()
    aside = db.scalars(select(SetAside.key).where(SetAside.workshop_id == room.id))
    return SortingCard(
        card if held else None, held, undoes=_undoes(db, room), aside=frozenset(aside)
    )


def inside(db: Session, workshop_id: int, card: int) -> tuple[PostCard, ...]:
    """What stands inside a merged card, the oldest first."""
    numbers = db.scalars(select(Post.id).where(Post.top_id == card)).all()
    found = posts.some(db, workshop_id, numbers)
    return tuple(found[number] for number in sorted(found))


def _undoes(db: Session, room: RoomCard) -> bool:
    lines = db.execute(
        select(Moment.seq, Moment.kind, Moment.note)
        .where(Moment.workshop_id == room.id, Moment.kind.in_({*UNDOABLE, UNDONE}))
        .where(Moment.seq > room.seq - LOOKS_BACK)
        .order_by(Moment.seq.desc())
    )
    return still_done((seq, kind, note) for seq, kind, note in lines) is not None


def suggested(board: BoardCard, phase: str, aside: Collection[str]) -> Suggestions:
    """What sounds alike on a board, and what could be a theme; nothing hidden is looked at.

    This is arithmetic for a moment: no database, and the same board is worked out once.
    """
    if phase not in SORTED_AT:
        return Suggestions()
    shown = {post.id: post for column in board.columns for post in column.posts if _seen(post)}
    loose = tuple((n, post.text) for n, post in sorted(shown.items()) if post.theme_id is None)
    pairs = _pairs(tuple((number, post.text) for number, post in sorted(shown.items())))
    return Suggestions(
        tuple(_pair(shown[a], shown[b]) for a, b in pairs if pair_key((a, b)) not in aside),
        tuple(
            Heap(one.title, tuple(shown[number] for number in one.numbers))
            for one in _heaps(loose)
            if pair_key(one.numbers) not in aside
        ),
    )


def _seen(post: PostCard) -> bool:
    return post.state == "shown"


def _pair(one: PostCard, other: PostCard) -> Pair:
    """The card that holds more stays, else the one that was there first."""
    host, post = sorted((one, other), key=lambda card: (-card.inside, card.id))
    return Pair(host, post)


@lru_cache(maxsize=32)
def _pairs(texts: tuple[tuple[int, str], ...]) -> list[tuple[int, int]]:
    return [(one, other) for one, other, _ in Corpus(dict(texts)).pairs(MOST_PAIRS)]


@lru_cache(maxsize=32)
def _heaps(texts: tuple[tuple[int, str], ...]) -> list[Gathering]:
    return gatherings(dict(texts))
