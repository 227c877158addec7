"""Programmes: several workshops about one service, one after the other."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base, Id, Instant


class Programme(Base):
    """Workshops that belong together. It is its facilitator's own; each workshop stays itself."""

    __tablename__ = "programme"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    service: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Instant]
