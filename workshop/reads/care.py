"""What waits for a facilitator's look, the rules of care, and the log of what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from workshop.reads import posts
from workshop.reads.posts import PostCard
from workshop.rules import cards
from workshop.rules.care import PRIVATE
from workshop.rules.naming import names_somebody
from workshop.rules.receipts import report_mark
from workshop.storage.models import Account, Deed, Post, Report, Workshop

MOST_SHOWN: Final = 8
"""How many waiting posts are shown at a time: the list is painted anew whenever it changes."""

WAITS: Final[tuple[ColumnElement[bool], ...]] = (
    Post.kind.not_in(PRIVATE),
    or_(
        and_(Post.state == "held", Post.held_for != "asked"),
        and_(Post.state == "shown", Post.reports > 0, Post.looked_at.is_(False)),
    ),
)
"""What waits for a facilitator: what is held, and what people asked to have looked at."""


@dataclass(frozen=True, slots=True)
class WaitingCard:
    """A post that waits for a look.

    Attributes:
        concerns: how many people asked for it, by their reason, a key of `care.CONCERNS`.
        names: whether it seems to name somebody.
    """

    post: PostCard
    concerns: Mapping[str, int]
    names: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The oldest posts that wait for a look, of `waiting`; `asked` wait for their authors."""

    cards: tuple[WaitingCard, ...]
    waiting: int
    asked: int

    @property
    def more(self) -> int:
        """How many wait beside those that are shown."""
        return self.waiting - len(self.cards)


@dataclass(frozen=True, slots=True)
class DeedCard:
    """One line of the care log; `by` is empty where the workshop's own rules did it."""

    kind: str
    post_id: int | None
    seat_id: int | None
    by: str
    reason: str
    at: int


def queue(db: Session, workshop_id: int) -> Queue:
    """What waits for a look in a room, oldest first."""
    here = Post.workshop_id == workshop_id
    first = db.scalars(select(Post.id).where(here, *WAITS).order_by(Post.id).limit(MOST_SHOWN))
    found = posts.some(db, workshop_id, ids) if (ids := first.all()) else {}
    waiting = len(found)
    if waiting == MOST_SHOWN:
        waiting = db.scalar(select(func.count()).select_from(Post).where(here, *WAITS)) or 0
    asked = select(func.count()).select_from(Post).where(here, Post.held_for == "asked")
    concerns = _concerns(db, [one.id for one in found.values() if one.reports])
    waits = tuple(
        WaitingCard(card, concerns.get(card.id, {}), _names(card))
        for _, card in sorted(found.items())
    )
    return Queue(waits, waiting, db.scalar(asked) or 0)


def _names(card: PostCard) -> bool:
    return any(map(names_somebody, cards.everything(card)))


def _concerns(db: Session, ids: list[int]) -> dict[int, dict[str, int]]:
    if not ids:
        return {}
    found: dict[int, dict[str, int]] = defaultdict(dict)
    counted = select(Report.post_id, Report.concern, func.count()).where(Report.post_id.in_(ids))
    for post_id, concern, n in db.execute(counted.group_by(Report.post_id, Report.concern)):
        found[post_id][concern] = n
    return found


def has_reported(db: Session, post_id: int, receipt: str) -> bool:
    """Whether the holder of `receipt` has asked for a look at this post."""
    return db.get(Report, (post_id, report_mark(receipt, post_id))) is not None


def word_list(db: Session, workshop_id: int) -> str:
    """A workshop's own list of words, one entry a line."""
    return db.scalar(select(Workshop.word_list).where(Workshop.id == workshop_id)) or ""


def deeds(db: Session, workshop_id: int) -> tuple[DeedCard, ...]:
    """The care log of a workshop, the latest line first."""
    rows = db.execute(
        select(Deed, Account.name)
        .outerjoin(Account, Account.id == Deed.account_id)
        .where(Deed.workshop_id == workshop_id)
        .order_by(Deed.id.desc())
    )
    return tuple(
        DeedCard(row.kind, row.post_id, row.seat_id, name or "", row.reason, row.at)
        for row, name in rows
    )
