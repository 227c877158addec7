"""Rounds, purses and marks. The database itself refuses more than a purse holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.rounds import MOVES
from workshop.storage.models.base import Base, Id, Instant, Key, one_of


class Round(Base):
    """One opening of a vote; its rule freezes at the first ballot. `seed` feeds every draw.

    `result` is written once, at the reveal (rule, version, seed, counts), so that what the room
    was shown can always be shown again. From then on the round never opens again. `under` is how
    many of the first places the room's screen still keeps covered. `findings` is what the count
    means (see `rules.findings`), for the length of list that the facilitator chose. `raised` is how
    many votes everybody got on top while they voted, `first` what too few had seen by then.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("step_id"),
        one_of("state", MOVES),
        CheckConstraint("budget >= 0 AND cap >= 1", name="rule_sane"),
    )

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"))
    method: Mapped[str] = mapped_column(String(16))
    budget: Mapped[int]
    cap: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default="open")
    seed: Mapped[int]
    result: Mapped[dict[str, Any] | None]
    opened_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]
    revealed_at: Mapped[Instant | None]
    under: Mapped[int] = mapped_column(default=0)
    quadratic: Mapped[bool] = mapped_column(default=False, server_default=false())
    secret: Mapped[bool] = mapped_column(default=False, server_default=false())
    secret_key: Mapped[str | None] = mapped_column(String(64))
    findings: Mapped[dict[str, Any] | None]
    raised: Mapped[int] = mapped_column(default=0, server_default="0")
    first: Mapped[list[Any] | None]


class Verdict(Base):
    """What the facilitator said of an idea beside its count: it waits, or it stays in.

    A parked idea has a day to look again. The reason is for everybody.
    """

    __tablename__ = "verdict"
    __table_args__ = (
        one_of("kind", ("parked", "kept")),
        CheckConstraint("(kind = 'parked') = (review_on IS NOT NULL)", name="parked_until"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    review_on: Mapped[str | None] = mapped_column(String(10))
    at: Mapped[Instant]


class Purse(Base):
    """What one seat may spend in one round, and has spent; nothing any more once it is sealed."""

    __tablename__ = "purse"
    __table_args__ = (CheckConstraint("used >= 0 AND used <= cap", name="within_cap"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    cap: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)
    done: Mapped[bool] = mapped_column(default=False)


class Mark(Base):
    """One seat's absolute mark on one idea in one round, until the round is sealed.

    `device` and `number` are the last sender's own name and count; a plain form has neither. What
    the devices before it had counted to stands in `MarkDevice`. No value means that an answer was
    taken back.
    """

    __tablename__ = "mark"
    __table_args__ = (CheckConstraint("value BETWEEN -1 AND 1000", name="value_sane"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    value: Mapped[int | None]
    cost: Mapped[int] = mapped_column(default=0)
    device: Mapped[str] = mapped_column(String(40), default="")
    number: Mapped[int] = mapped_column(BigInteger, default=0)


class MarkDevice(Base):
    """How far a device had counted when another one changed the same mark.

    Without it a command of the first device that arrives late would undo what the second said.
    The row belongs to the mark and is erased with it.
    """

    __tablename__ = "mark_device"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "seat_id", "idea_id"],
            ["mark.round_id", "mark.seat_id", "mark.idea_id"],
            ondelete="CASCADE",
        ),
    )

    round_id: Mapped[int] = mapped_column(Key, primary_key=True)
    seat_id: Mapped[int] = mapped_column(Key, primary_key=True)
    idea_id: Mapped[int] = mapped_column(Key, primary_key=True)
    device: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
