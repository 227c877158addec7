"""What of a room sounds like the words somebody is writing: for their eyes, while they write.

A hall of people who type asks this a hundred times a second, so the texts of a room are read and
put in order once for each change of its posts. Whatever is found is read again before it is told:
what was hidden, held or taken back a moment ago is not.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from workshop.reads import changes, posts, rooms
from workshop.reads.phone import laid_out
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard
from workshop.rules.phases import PHASES
from workshop.rules.similar import LIKE_MINE, Corpus, bag
from workshop.rules.wording import LIMITS
from workshop.storage.models import Post
from workshop.storage.prepared import Prepared
from workshop.storage.store import Store

KINDS: Final = frozenset({"problem", "idea"})
"""Kinds of post that are worth finding twice."""

MOST: Final = 3
"""Posts that somebody is shown at once."""

SPARE: Final = 5
"""More are found than are told: some are the writer's own, or stand in one card."""

ROOMS: Final = 200
"""Rooms whose texts are kept in order; a thousand posts take two megabytes."""

REST: Final = 10.0
"""After putting texts in order, rest this many times what it took: at most a tenth of one core."""

TEXTS: Final = Prepared(
    lambda _: select(
        Post.id, Post.version, Post.text, func.coalesce(Post.top_id, Post.id).label("card")
    ).where(
        Post.workshop_id == bindparam("workshop"),
        Post.kind == bindparam("kind"),
        or_(Post.state == "shown", Post.state == "merged"),
    )
)

WIDEST: Final = 2 * (MOST + SPARE)
"""Posts that one question looks at again: what was found, and the cards that it stands in."""

AGAIN: Final = Prepared(
    lambda _: posts.query(
        or_(*(Post.id == bindparam(f"post_{at}") for at in range(WIDEST)))
    ).add_columns(Post.owner, Post.salt)
)
"""Asked a hundred times a second, so it is written once; places that are left over hold 0."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The texts of one kind in a room, in order.

    Attributes:
        seq: the room's sequence when they were read.
        versions: post -> its version.
        cards: post -> the card that the room sees it in.
    """

    seq: int | None
    kind: str
    versions: Mapping[int, int]
    cards: Mapping[int, int]
    corpus: Corpus


@dataclass(slots=True)
class _Room:
    """What is known of one room: up to which sequence, and which kind its phones show now."""

    seq: int | None = None
    kind: str = ""
    shelf: Shelf | None = None
    rests_until: float = 0.0
    door: threading.Lock = field(default_factory=threading.Lock)


class Alike:
    """Finds what sounds alike, for all rooms of this process.

    Args:
        offload: `offload(function, *values)` runs slow work where it holds up nobody.
        clock: seconds that never go back.
    """

    def __init__(
        self,
        store: Store,
        offload: Callable[..., Any],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._offload = offload
        self._clock = clock
        self._rooms: OrderedDict[int, _Room] = OrderedDict()
        self._door = threading.Lock()

    def to(
        self, workshop_id: int, kind: str, text: str, receipt: str, least: float = LIKE_MINE
    ) -> tuple[PostCard, ...]:
        """The posts of others that sound like `text`, the likest first; nothing of it is kept.

        Args:
            kind: what is being written. Where the step does not show such posts, nothing is found.
            receipt: the writer's, by which their own posts are left out.
            least: from which closeness on a post is told of.
        """
        here = self._room(workshop_id)
        with self._store.read() as db:
            _look(db, workshop_id, here)
        if kind not in KINDS or kind != here.kind:
            return ()
        shelf = self._shelf(workshop_id, kind, here)
        near = shelf.corpus.like(text[: LIMITS[kind]], MOST + SPARE, least)
        found = [(one.number, shelf.cards[one.number]) for one in near]
        if not found:
            return ()
        with self._store.read() as db:
            return _told(db, workshop_id, found, receipt)

    def forget(self) -> None:
        """Keep no text: some of them were rubbed out."""
        with self._door:
            self._rooms.clear()
        bag.cache_clear()

    def _room(self, workshop_id: int) -> _Room:
        with self._door:
            here = self._rooms.setdefault(workshop_id, _Room())
            self._rooms.move_to_end(workshop_id)
            if len(self._rooms) > ROOMS:
                self._rooms.popitem(last=False)
            return here

    def _shelf(self, workshop_id: int, kind: str, here: _Room) -> Shelf:
        """The shelf of a room; one that is a moment old, while a new one is made or rests."""
        old = here.shelf if here.shelf and here.shelf.kind == kind else None
        if old and (old.seq == here.seq or self._clock() < here.rests_until):
            return old
        if not here.door.acquire(blocking=old is None) and old:
            return old
        try:
            made = here.shelf
            if made is None or made is old or made.kind != kind:
                started = self._clock()
                made = here.shelf = self._made(workshop_id, kind, old)
                here.rests_until = self._clock() + REST * (self._clock() - started)
            return made
        finally:
            here.door.release()

    def _made(self, workshop_id: int, kind: str, old: Shelf | None) -> Shelf:
        with self._store.read() as db:
            seq = changes.sequence(db, workshop_id)
            rows = TEXTS.all(db, workshop=workshop_id, kind=kind)
        versions = {row.id: row.version for row in rows}
        if old and versions == old.versions:
            return replace(old, seq=seq)
        corpus = self._offload(Corpus, {row.id: row.text for row in rows})
        return Shelf(seq, kind, versions, {row.id: row.card for row in rows}, corpus)


def _look(db: Session, workshop_id: int, here: _Room) -> None:
    """Read which kind of post the room's phones show now, unless nothing has happened there."""
    seq = changes.sequence(db, workshop_id)
    if seq != here.seq:
        room = rooms.by_id(db, workshop_id)
        here.seq, here.kind = seq, kind_shown(room) if room else ""


def kind_shown(room: RoomCard) -> str:
    """The kind of post that people write at this step while they see what others wrote, or ""."""
    kinds = KINDS & PHASES[room.step.phase].accepts & set(laid_out(room.step))
    return next(iter(kinds), "") if room.state == "running" else ""


def _told(
    db: Session, workshop_id: int, found: Sequence[tuple[int, int]], receipt: str
) -> tuple[PostCard, ...]:
    """Of (post, card) pairs, the cards that the room sees now and that are not the writer's own."""
    numbers = [*{number for pair in found for number in pair}, *[0] * WIDEST][:WIDEST]
    given = {f"post_{at}": number for at, number in enumerate(numbers)}
    rows = AGAIN.all(db, workshop=workshop_id, **given)
    mine = posts.recognised(((row.id, row.owner, row.salt) for row in rows), receipt)
    cards = {row.id: PostCard(*row[:-2]) for row in rows if row.id not in mine}
    told = {
        card: cards[card]
        for post, card in found
        if {post, card} <= cards.keys()
        and cards[card].state == "shown"
        and (post == card or cards[post].top_id == card)
    }
    return tuple(told.values())[:MOST]
