"""Secret rounds: who has voted, and what was cast, in two tables without a thing in common.

Both are kept in the order of their keys and not in that of their arrival; neither has a time.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base


class Elector(Base):
    """Somebody who has cast their ballot in a secret round.

    `command` is a hash of the command's id under the round's own key, so that sending it again does
    no harm. It goes at the seal, with the key.
    """

    __tablename__ = "elector"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads this plain class attribute

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    command: Mapped[str | None] = mapped_column(String(64))


class SecretBallot(Base):
    """What somebody cast, until the seal. `key` is a random number that stands nowhere else."""

    __tablename__ = "secret_ballot"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - as above

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    group: Mapped[str] = mapped_column(String(16))
    marks: Mapped[dict[str, Any]]
