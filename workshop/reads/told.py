"""What became of everything that was said in one workshop, as anybody may read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from workshop.reads.backlog import of_workshop
from workshop.reads.item_card import ItemCard
from workshop.reads.just_do import SmallChangeCard, of_room
from workshop.reads.pledges import PledgesCard, pledges_card
from workshop.rules.fairness.folding import OTHERS, folding
from workshop.rules.promises import Tally, tally
from workshop.rules.roles import VOICES
from workshop.rules.stages import ENDED
from workshop.storage.models import Decision, Item, Post, Seat, Workshop

SHOWN: Final = "shown"
KINDS: Final = ("done", "doing", "tried", "no", "waiting")
"""Where something stands, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing people said and what became of it.

    Attributes:
        card: the item.
        said: the idea in the words of its author, or "" where they are no longer to be shown.
    """

    card: ItemCard
    said: str

    @property
    def kind(self) -> str:
        """Where it stands, one of `KINDS`: "tried" was tried, failed, and nothing followed yet."""
        card = self.card
        if card.stage in ENDED:
            return "no"
        if card.is_done or card.stage == "adopted":
            return "done"
        if self.failed:
            return "tried"
        under_way = card.answer is not None or card.stage in {"testing", "pilot"}
        return "doing" if under_way else "waiting"

    @property
    def failed(self) -> bool:
        """Whether it failed or was stopped, and nothing else is being tried or told since."""
        tried, news = self.card.tried, self.card.news
        if tried is None or tried.outcome not in {"failed", "stopped"} or tried.ended_at is None:
            return False
        if any(one.ended_at is None for one in self.card.trials):
            return False
        rests = self.card.rests_on
        later = max(rests.at if rests else 0, news.at if news else 0)
        return later <= tried.ended_at

    @property
    def reason(self) -> str:
        """Why it stands there, in a leader's words."""
        rests = self.card.rests_on
        return rests.reason if rests else ""


@dataclass(frozen=True, slots=True)
class ToldRoom:
    """A workshop's public page.

    Attributes:
        posted: how many problems and ideas were posted, by kind.
        people: how many sat at the table, small groups folded into "others".
        told: everything that was taken to the backlog; what is done comes first.
        pledges: the promises that people took home, and what came of them.
        changed: what staff changed by themselves.
    """

    slug: str
    title: str
    service: str
    place: str
    held_at: int | None
    posted: Mapping[str, int]
    people: Mapping[str, int]
    told: tuple[Told, ...]
    pledges: PledgesCard
    changed: tuple[SmallChangeCard, ...]

    def of(self, *kinds: str) -> tuple[Told, ...]:
        """What stands at one of these points."""
        return tuple(one for kind in kinds for one in self.told if one.kind == kind)

    @property
    def tally(self) -> Tally:
        """How the answers stand that were promised by a day."""
        return tally(one.card.promise for one in self.told if one.card.answer_by)

    @property
    def everybody(self) -> int:
        """How many people sat at the table."""
        return sum(self.people.values())


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A workshop on the list of all changes, with how many items it has and how many answers."""

    slug: str
    title: str
    service: str
    place: str
    held_at: int | None
    items: int
    answered: int


def told_room(db: Session, slug: str, *, now: int) -> ToldRoom | None:
    """The public page of a workshop, or None while nothing of it is in the backlog."""
    room = db.scalar(select(Workshop).where(Workshop.slug == slug))
    cards = of_workshop(db, room.id, now=now) if room else ()
    if room is None or not cards:
        return None
    gone = _no_longer_shown(db, room.id)
    told = [Told(card, "" if card.id in gone else card.wording) for card in cards]
    return ToldRoom(
        slug=room.slug,
        title=room.title,
        service=room.service,
        place=room.place,
        held_at=_held_at(room),
        posted=posted_in(db, room.id),
        people=people_in(db, room.id),
        told=tuple(sorted(told, key=_first)),
        pledges=pledges_card(db, room.id),
        changed=of_room(db, room.id),
    )


def is_told(db: Session, workshop_id: int) -> bool:
    """Whether a workshop has a public page: from the moment something is in the backlog."""
    return bool(db.scalar(select(exists().where(Item.workshop_id == workshop_id))))


def told_rooms(db: Session) -> tuple[ToldRow, ...]:
    """Every workshop with something in the backlog, the latest first."""
    answered = select(Decision.item_id).distinct().scalar_subquery()
    rows = db.execute(
        select(
            Workshop,
            func.count(Item.id),
            func.count(Item.id).filter(Item.id.in_(answered)),
        )
        .join(Item, Item.workshop_id == Workshop.id)
        .group_by(Workshop.id)
        .order_by(Workshop.id.desc())
    )
    return tuple(
        ToldRow(room.slug, room.title, room.service, room.place, _held_at(room), items, done)
        for room, items, done in rows
    )


def _first(one: Told) -> tuple[int, date]:
    """By kind; what waits comes by the day that was promised."""
    return KINDS.index(one.kind), one.card.promise.due or date.max


def _held_at(room: Workshop) -> int | None:
    return room.finished_at or room.starts_at


def _no_longer_shown(db: Session, workshop_id: int) -> set[int]:
    """Items whose author took the words back, or whose words were taken off the wall."""
    rows = db.scalars(
        select(Item.id)
        .join(Post, Post.id == Item.idea_id)
        .where(Item.workshop_id == workshop_id, Post.state != SHOWN)
    )
    return set(rows)


def posted_in(db: Session, workshop_id: int) -> dict[str, int]:
    """How many problems and ideas of a workshop anybody may see, by kind."""
    rows = db.execute(
        select(Post.kind, func.count())
        .where(Post.workshop_id == workshop_id, Post.state == SHOWN)
        .group_by(Post.kind)
    )
    found = dict(rows.all())
    return {kind: found.get(kind, 0) for kind in ("problem", "idea")}


def people_in(db: Session, workshop_id: int) -> dict[str, int]:
    """How many sat at the table by group, small groups folded into "others"."""
    rows = db.execute(
        select(Seat.group, func.count())
        .where(
            Seat.workshop_id == workshop_id,
            Seat.removed_at.is_(None),
            Seat.group.in_(VOICES),
        )
        .group_by(Seat.group)
    )
    return _folded(dict(rows.all()))


def _folded(sizes: Mapping[str, int]) -> dict[str, int]:
    """The same counts with groups too small to be shown added up as others, in their order."""
    shown: dict[str, int] = dict.fromkeys((*VOICES, OTHERS), 0)
    for group, name in folding(sizes).items():
        shown[name] += sizes[group]
    return {name: count for name, count in shown.items() if count}
