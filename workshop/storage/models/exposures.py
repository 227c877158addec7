"""Who was shown what while a vote is open, and in which order; both go at its seal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base


class Exposure(Base):
    """Somebody was shown an idea in an open round: once, without a time, until the seal.

    Secret rounds have none. What a person looked at would tell which ballot may be theirs.
    """

    __tablename__ = "exposure"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads this plain class attribute

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)


class BallotOrder(Base):
    """In which order one person meets the ideas of an open round, so that it stays the same.

    `topped` says whether the ideas that the facilitator asks people to look at have their place in
    it: they stand first for whoever has not seen them.
    """

    __tablename__ = "ballot_order"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - as above

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    ideas: Mapped[list[Any]]
    topped: Mapped[bool]
