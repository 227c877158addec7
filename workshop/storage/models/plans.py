"""Plans that outlive their workshop: the templates that facilitators keep for themselves."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base, Id, Instant


class SavedPlan(Base):
    """A facilitator's own template. `steps` are values by `rules.packs.FIELDS`, without people.

    They are looked at again when a workshop is made of them, as the rules are by then.
    """

    __tablename__ = "saved_plan"
    __table_args__ = (UniqueConstraint("account_id", "title"),)

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    title: Mapped[str] = mapped_column(Text)
    steps: Mapped[list[Any]]
    created_at: Mapped[Instant]
