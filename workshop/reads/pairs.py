"""Which of two: the pair that somebody is asked now, and how far they have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workshop.reads.posts import PostCard, board
from workshop.reads.rooms import RoomCard
from workshop.storage.models import Pair
from workshop.storage.prepared import Prepared

MINE: Final = Prepared(
    lambda _: (
        select(Pair.low_id, Pair.high_id, Pair.left_id, Pair.answer)
        .where(Pair.round_id == bindparam("round"), Pair.seat_id == bindparam("seat"))
        .order_by(Pair.number)
    )
)


@dataclass(frozen=True, slots=True)
class PairCard:
    """The pair somebody is asked, if any.

    Attributes:
        two: the left idea and the right one; nothing where no pair is left, or none is asked yet.
        answered: how many pairs they have answered.
        last: (left, right) of the pair they answered last, by number.
    """

    two: tuple[PostCard, PostCard] | None
    answered: int
    last: tuple[int, int] | None


def pair_card(
    db: Session, room: RoomCard, seat_id: int, ideas: Sequence[PostCard]
) -> PairCard | None:
    """What the vote asks this person now, where it asks pairs; `ideas` are those on the ballot."""
    opened = room.step.round
    if opened is None or opened.method != "pairwise" or opened.state != "open":
        return None
    found = {idea.id: idea for idea in ideas}
    rows = MINE.all(db, round=opened.id, seat=seat_id)
    sides = [
        (row.left_id, row.high_id if row.left_id == row.low_id else row.low_id) for row in rows
    ]
    answered = [side for side, row in zip(sides, rows, strict=True) if row.answer is not None]
    asked = [side for side, row in zip(sides, rows, strict=True) if row.answer is None]
    two = None
    if asked and set(asked[0]) <= found.keys():
        two = (found[asked[0][0]], found[asked[0][1]])
    return PairCard(two, len(answered), answered[-1] if answered else None)


def asked(db: Session, room: RoomCard, seat_id: int) -> PairCard | None:
    """What the vote asks this person now, for somebody who knows nothing of its ideas yet."""
    return pair_card(db, room, seat_id, board(db, room.id, {"idea"}))
