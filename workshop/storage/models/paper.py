"""Those who have no phone: sheets of paper that count once, and hands that were counted."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.paper import MOST_HANDS, SHEETS
from workshop.rules.roles import VOICES
from workshop.storage.models.base import Base, Id, Instant, Key, one_of


class Sheet(Base):
    """A printed sheet of paper. Once it is entered it is a seat like any other, by its own receipt.

    The receipt is printed on the sheet and kept nowhere; `code` is what a helper types. A ballot
    sheet belongs to the vote at `step_id`. Nothing says to whom a sheet was given.
    """

    __tablename__ = "sheet"
    __table_args__ = (UniqueConstraint("workshop_id", "code"), one_of("kind", SHEETS))

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    kind: Mapped[str] = mapped_column(String(16))
    code: Mapped[str] = mapped_column(String(8))
    step_id: Mapped[int | None] = mapped_column(Key, ForeignKey("step.id"), index=True)
    printed_at: Mapped[Instant]
    entered_at: Mapped[Instant | None]


class HandCount(Base):
    """How many hands of one group went up for an idea. Kept and shown apart from every ballot."""

    __tablename__ = "hand_count"
    __table_args__ = (
        one_of('"group"', VOICES),
        CheckConstraint(f"people BETWEEN 0 AND {MOST_HANDS}", name="people_sane"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    group: Mapped[str] = mapped_column(String(16), primary_key=True)
    people: Mapped[int]
