"""Patterns in who joined and voted, as facilitators see them, and what was decided of each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workshop.reads.rooms import RoomCard
from workshop.rules.rounds import SEALED
from workshop.storage.arrivals import decided, patterns
from workshop.storage.models import Decided, Round, Workshop


@dataclass(frozen=True, slots=True)
class PatternCard:
    """One pattern in the round that is under way.

    Attributes:
        kind: one of `patterns.KINDS`.
        seats: how many; which ones is told to nobody.
        seconds: within how many they came.
        key: by which a form names it; "" for one that is no longer there as it was decided about.
        decision: what was decided, "" where nobody has looked yet.
        reason: why, for everybody.
        decided_id: by which the decision is taken back.
    """

    kind: str
    seats: int
    seconds: int
    key: str
    decision: str = ""
    reason: str = ""
    decided_id: int | None = None


@dataclass(frozen=True, slots=True)
class PatternsCard:
    """Every pattern of a round that is not counted yet; in a secret one none can be set aside."""

    round_id: int
    secret: bool
    all: tuple[PatternCard, ...]

    @property
    def waiting(self) -> int:
        """How many nobody has looked at."""
        return sum(not one.decision for one in self.all)


def patterns_card(db: Session, room: RoomCard) -> PatternsCard | None:
    """The patterns of the latest vote, None where there is none or it is counted already."""
    latest = room.last_round
    if latest is None or latest.state in SEALED:
        return None
    row, here = db.get_one(Round, latest.id), db.get_one(Workshop, room.id)
    said = decided(db, row.id)
    found = []
    known: set[int] = set()
    for one in patterns(db, here, row):
        match = next((d for d, seats in said if d.kind == one.kind and seats == one.seats), None)
        found.append(_card(one.kind, len(one.seats), one.seconds, one.key, match))
        known |= {match.id} if match else set()
    gone = [_card(d.kind, d.seats, d.seconds, "", d) for d, _ in said if d.id not in known]
    return PatternsCard(row.id, row.secret, (*found, *gone))


def _card(kind: str, seats: int, seconds: int, key: str, said: Decided | None) -> PatternCard:
    if said is None:
        return PatternCard(kind, seats, seconds, key)
    return PatternCard(kind, seats, seconds, key, said.decision, said.reason, said.id)
