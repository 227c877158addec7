"""Guardrails of a programme, and the small changes that staff made inside them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.just_do import CHANGE_KINDS, CHANGE_OUTCOMES, CHANGE_STATES
from workshop.storage.models.base import Base, Id, Instant, Key, one_of


class Guardrail(Base):
    """What staff may change by themselves in a programme, as leaders set it beforehand.

    `kinds` are keys of `CHANGE_KINDS` with spaces between them, `never` has one thing a line.
    """

    __tablename__ = "guardrail"
    __table_args__ = (CheckConstraint("money >= 0 AND days >= 0 AND people >= 0", name="sane"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    kinds: Mapped[str] = mapped_column(Text)
    money: Mapped[int]
    days: Mapped[int]
    people: Mapped[int]
    never: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[Instant]


class SmallChange(Base):
    """A change that somebody of the staff made inside the lines, and what came of it.

    Whose it is only its maker can show: a mark under their receipt, or a guest's link.
    """

    __tablename__ = "small_change"
    __table_args__ = (
        one_of("kind", CHANGE_KINDS),
        one_of("state", CHANGE_STATES),
        one_of("outcome", ("", *CHANGE_OUTCOMES)),
        CheckConstraint("(state = 'told') = (outcome <> '')", name="told_with_outcome"),
    )

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    guest_id: Mapped[int | None] = mapped_column(Key, ForeignKey("guest.id"), index=True)
    salt: Mapped[str] = mapped_column(String(32), default="")
    owner: Mapped[str] = mapped_column(String(64), default="")
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), default="trying")
    outcome: Mapped[str] = mapped_column(String(16), default="")
    happened: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Instant]
