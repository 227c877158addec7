"""People: accounts that sign in, one-time passes, and seats in a workshop."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.roles import ACCOUNT_ROLES, CHANNELS, GROUPS, PASS_KINDS
from workshop.storage.models.base import Base, Id, Instant, one_of


class Account(Base):
    """Somebody who signs in: a facilitator, a leader or an administrator.

    `epoch` is part of every signed-in cookie; raising it signs the person out everywhere.
    `views` are parts of the backlog that they named for themselves (`rules.views`).
    """

    __tablename__ = "account"
    __table_args__ = (one_of("role", ACCOUNT_ROLES),)

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(200))
    epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Instant]
    views: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")


class Pass(Base):
    """A link that works once: first set-up, an invitation, a replay. Only its hash is kept."""

    __tablename__ = "pass"
    __table_args__ = (one_of("kind", PASS_KINDS), one_of("role", ACCOUNT_ROLES))

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(16))
    role: Mapped[str] = mapped_column(String(16))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


class Seat(Base):
    """One person's place in one workshop, with no account.

    The person's receipt (their resume code) is kept nowhere: `receipt_hash` recognises it.
    `name` is for the person alone and is shown to nobody else. `channel` is how they came to the
    table. Raising `epoch` signs out every device that has not shown the receipt since.
    `hand_at` is since when their hand is up; nothing is kept of it once it is down. `origin` and
    `device` are marks of the address and the browser it was taken from, under a key of the
    workshop that goes with them once its last vote is counted.
    """

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("workshop_id", "receipt_hash"),
        one_of('"group"', GROUPS),
        one_of("channel", CHANNELS),
        # Who sits at the table is counted for every page and arrival: this holds all of it.
        Index("ix_seat_present", "workshop_id", "removed_at", "group", "channel"),
    )

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    group: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(16), default="en")
    receipt_hash: Mapped[str] = mapped_column(String(64))
    joined_at: Mapped[Instant]
    removed_at: Mapped[Instant | None]
    channel: Mapped[str] = mapped_column(String(16), default="phone", server_default="phone")
    epoch: Mapped[int] = mapped_column(default=0, server_default="0")
    hand_at: Mapped[Instant | None]
    origin: Mapped[str | None] = mapped_column(String(16))
    device: Mapped[str | None] = mapped_column(String(16))
