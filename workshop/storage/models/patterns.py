"""What a facilitator decided about votes that look as if one person had cast many."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.patterns import DECISIONS, KINDS
from workshop.storage.models.base import Base, Id, Instant, Key, one_of


class Decided(Base):
    """A pattern in a round that somebody looked at. The reason is for everybody.

    Which seats it was about stands in `DecidedSeat` until the seal, and nowhere afterwards.
    """

    __tablename__ = "decided"
    __table_args__ = (one_of("kind", KINDS), one_of("decision", DECISIONS))

    id: Mapped[Id]
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    decision: Mapped[str] = mapped_column(String(8))
    seats: Mapped[int]
    seconds: Mapped[int]
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Instant]


class DecidedSeat(Base):
    """A seat that a decision is about; every row of a round goes when the round is sealed."""

    __tablename__ = "decided_seat"

    decided_id: Mapped[int] = mapped_column(Key, ForeignKey("decided.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(Key, ForeignKey("seat.id"), primary_key=True)
