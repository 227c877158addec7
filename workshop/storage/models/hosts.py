"""Who else runs a room, and the links with which somebody becomes one of them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.hosting import LINKS
from workshop.storage.models.base import Base, Id, Instant, one_of


class Host(Base):
    """An account that runs one workshop beside its owner, with equal control of the room."""

    __tablename__ = "host"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    added_at: Mapped[Instant]


class HostLink(Base):
    """A link that works once, for one workshop. Only its hash is kept.

    One kind makes whoever opens it a co-facilitator; the other lets the phone of `account_id`
    control this one room.
    """

    __tablename__ = "host_link"
    __table_args__ = (one_of("kind", LINKS),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]
