"""The line of a journey: the parts of the way through a service."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base, Id


class Leg(Base):
    """One part of the way through the service, as the facilitator named it ("Going in")."""

    __tablename__ = "leg"
    __table_args__ = (UniqueConstraint("workshop_id", "title"),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
