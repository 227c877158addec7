"""The ledger of a workshop: what was voted, as a chain that breaks where one letter changes."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.ledger import KINDS
from workshop.storage.models.base import Base, Key, one_of


class Line(Base):
    """One line of the chain. A line tells neither who nor when.

    `committed` is a salted hash of `content`. Where something has to be forgotten, content and salt
    go and the chain stays whole.
    """

    __tablename__ = "ledger"
    __table_args__ = (one_of("kind", KINDS),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Key, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    content: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str | None] = mapped_column(String(32))
    committed: Mapped[str] = mapped_column(String(64))
    head: Mapped[str] = mapped_column(String(64))
