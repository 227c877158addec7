"""What ideas are measured by, version after version, and the runs that drew their numbers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base, Id, Instant


class Yardstick(Base):
    """One version of the criteria, weights, risk factors and lines of a programme or the server.

    `place` is "server" or the programme's, as in "programme-3". Versions are only ever added.
    """

    __tablename__ = "yardstick"
    __table_args__ = (UniqueConstraint("place", "version"),)

    id: Mapped[Id]
    place: Mapped[str] = mapped_column(String(32))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    version: Mapped[int]
    body: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[Instant]


class PortfolioRun(Base):
    """The newest run over the whole portfolio: which pairs of items come out how, and from what.

    `basis` names what the numbers rest on; another basis now means that they are out of date.
    """

    __tablename__ = "portfolio_run"

    id: Mapped[Id]
    rule_version: Mapped[str] = mapped_column(String(32))
    seed: Mapped[int]
    basis: Mapped[str] = mapped_column(Text)
    numbers: Mapped[dict[str, Any]]
    at: Mapped[Instant]
