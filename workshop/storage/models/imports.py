"""What a workshop was made of, where it was made of a vote or a conversation from elsewhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base, Instant


class Imported(Base):
    """The file that a workshop was made of: what is told of it, and what writing it again takes.

    `people` cast a ballot in it; none of them has a seat. `remarks` are its odd places as
    `formats.files.Remark` has them. `facts` hold its own names and costs of what our ideas are, by
    their numbers, and nothing about a person.
    """

    __tablename__ = "imported"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    source: Mapped[str] = mapped_column(String(16))
    people: Mapped[int]
    remarks: Mapped[list[Any]]
    facts: Mapped[dict[str, Any]]
    at: Mapped[Instant]
