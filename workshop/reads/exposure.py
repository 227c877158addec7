"""In which order somebody meets the ideas of a vote, and which of them too few have seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from workshop.reads.people import Headcount
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard, RoundCard
from workshop.rules.exposure import minimum_exposures, order, too_few_exposures
from workshop.rules.roles import SeatCard
from workshop.rules.voting import METHODS
from workshop.storage.models import BallotOrder, Exposure, Post, Round
from workshop.storage.prepared import Prepared

ORDER: Final = Prepared(
    lambda _: (
        select(Round.first, BallotOrder.ideas, BallotOrder.topped)
        .outerjoin(
            BallotOrder,
            and_(BallotOrder.round_id == Round.id, BallotOrder.seat_id == bindparam("seat")),
        )
        .where(Round.id == bindparam("round"))
    )
)
SEEN: Final = Prepared(
    lambda _: (
        select(Post.id, func.count(Exposure.seat_id).label("people"))
        .outerjoin(
            Exposure, and_(Exposure.idea_id == Post.id, Exposure.round_id == bindparam("round"))
        )
        .where(Post.workshop_id == bindparam("workshop"))
        .where(Post.kind == "idea", Post.state == "shown")
        .group_by(Post.id)
    )
)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Ideas in a person's own order.

    Attributes:
        asked: those that the facilitator asks people to look at.
        kept: whether the order is the one that is kept for this person, with every idea in it.
    """

    ideas: tuple[PostCard, ...]
    asked: frozenset[int] = frozenset()
    kept: bool = True


def in_own_order(ideas: Sequence[PostCard], room: RoomCard, seat: SeatCard) -> Ordered:
    """Put ideas in an order that has to do with nothing but the person."""
    found = {idea.id: idea for idea in ideas}
    return Ordered(tuple(found[key] for key in order(found, f"{room.shuffle}:{seat.id}", {})))


def keeps_order(opened: RoundCard) -> bool:
    """Whether a round keeps in which order a person meets its ideas; pairs come one at a time."""
    return not opened.secret and METHODS[opened.method].by_mark


def on_the_ballot(
    db: Session, ideas: Sequence[PostCard], room: RoomCard, seat: SeatCard
) -> Ordered:
    """Put the ideas of a vote in the order in which this person meets them.

    A secret round keeps no order: everybody's is drawn from their own seed alone.
    """
    drawn, opened = in_own_order(ideas, room, seat), room.step.round
    if opened is None or opened.state != "open" or not keeps_order(opened):
        return drawn
    kept = ORDER.first(db, round=opened.id, seat=seat.id)
    asked = frozenset(kept.first or ())
    has_all = kept.ideas is not None and {idea.id for idea in ideas} <= set(kept.ideas)
    return placed(drawn, kept.ideas or (), asked, kept=bool(has_all and kept.topped))


def placed(
    drawn: Ordered, keys: Sequence[int], asked: frozenset[int], *, kept: bool = True
) -> Ordered:
    """Put ideas in the order of `keys`; those that are not in it come last, as they were."""
    place = {idea: number for number, idea in enumerate(keys)}
    ideas = sorted(drawn.ideas, key=lambda idea: place.get(idea.id, len(place)))
    return Ordered(tuple(ideas), asked, kept)


@dataclass(frozen=True, slots=True)
class Few:
    """How many of the `ideas` of the open vote fewer than `needed` people have seen."""

    unseen: int
    needed: int
    ideas: int

    @property
    def tells(self) -> bool:
        """Whether that is news: at the start of a vote nobody has seen anything yet."""
        return 0 < self.unseen < self.ideas


def few(db: Session, room: RoomCard, heads: Headcount) -> Few | None:
    """How many ideas too few people have seen, while a vote is open that counts this."""
    opened = room.step.round
    if opened is None or opened.state != "open" or opened.secret:
        return None
    seen = {row.id: row.people for row in SEEN.all(db, workshop=room.id, round=opened.id)}
    unseen = too_few_exposures(seen, seen, heads.expected)
    return Few(len(unseen), minimum_exposures(heads.expected), len(seen))
