"""How a backlog item goes on: its moves, its tests and pilots, its evidence and the talk of it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.backlog import STAGES
from workshop.rules.stages import CAUSES
from workshop.rules.trials import TRIAL_KINDS, TRIAL_OUTCOMES
from workshop.storage.models.base import Base, Id, Instant, in_range, one_of


class StageMove(Base):
    """An item went from one stage to another, why, and for parking the day it comes back.

    Moves that an answer, a first score or an outcome brought along have their reason there.
    `by` names the partner who moved it, or is "".
    """

    __tablename__ = "stage_move"
    __table_args__ = (one_of("was", STAGES), one_of("now", STAGES), one_of("cause", CAUSES))

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    was: Mapped[str] = mapped_column(String(16))
    now: Mapped[str] = mapped_column(String(16))
    cause: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[str | None] = mapped_column(String(10))
    at: Mapped[Instant]
    by: Mapped[str] = mapped_column(Text, default="", server_default="")


class Trial(Base):
    """A test or a pilot of an item: what was said beforehand, and what came of it.

    `planned_by` and `told_by` name the partner whose words these are; they are "" for the desk.
    """

    __tablename__ = "trial"
    __table_args__ = (
        one_of("kind", TRIAL_KINDS),
        one_of("outcome", ("", *TRIAL_OUTCOMES)),
        CheckConstraint("(outcome = '') = (ended_at IS NULL)", name="told_when_ended"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    what: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(Text, default="")
    who: Mapped[str] = mapped_column(Text, default="")
    works_if: Mapped[str] = mapped_column(Text, default="")
    stop_if: Mapped[str] = mapped_column(Text, default="")
    begins_on: Mapped[str | None] = mapped_column(String(10))
    ends_on: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str] = mapped_column(String(16), default="")
    happened: Mapped[str] = mapped_column(Text, default="")
    learned: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    planned_by: Mapped[str] = mapped_column(Text, default="", server_default="")
    told_by: Mapped[str] = mapped_column(Text, default="", server_default="")


class Evidence(Base):
    """One piece of evidence about an item, where it can be read, and how strong it is (0 to 5)."""

    __tablename__ = "evidence"
    __table_args__ = (in_range("strength", 0, 5),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")
    strength: Mapped[int]
    at: Mapped[Instant]


class DeskNote(Base):
    """What somebody who signs in said about an item, for those at the desk alone."""

    __tablename__ = "desk_note"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[Instant]
