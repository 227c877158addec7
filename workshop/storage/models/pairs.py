"""Which of two: the pairs that somebody was asked in an open round, and what they said."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base


class Pair(Base):
    """One pair that one person was asked, at most once, until the seal.

    `left_id` is the one of the two that stands on the left. `answer` is 1 where the idea with the
    lower number is better, -1 where the other one is, 0 where the person cannot say, and nothing
    while they are asked: one pair at a time. `number` orders a person's own pairs for taking back.
    """

    __tablename__ = "pair"
    __table_args__ = (
        CheckConstraint("low_id < high_id", name="two_ideas"),
        CheckConstraint("answer BETWEEN -1 AND 1", name="answer_known"),
        CheckConstraint("left_id IN (low_id, high_id)", name="left_is_one"),
        Index(
            "uq_pair_asked",
            "round_id",
            "seat_id",
            unique=True,
            sqlite_where=text("answer IS NULL"),
            postgresql_where=text("answer IS NULL"),
        ),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    low_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    high_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    left_id: Mapped[int]
    answer: Mapped[int | None]
    number: Mapped[int]
