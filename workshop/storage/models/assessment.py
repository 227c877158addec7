"""Who scores backlog items, and what they said. Criteria and factors are stored by key."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.roles import STANDINGS
from workshop.storage.models.base import Base, Id, Instant, one_of


class Assessor(Base):
    """Somebody who scores the items of one workshop: an account, or a person with a link."""

    __tablename__ = "assessor"
    __table_args__ = (
        UniqueConstraint("workshop_id", "account_id"),
        one_of("standing", STANDINGS),
    )

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(Text)
    standing: Mapped[str] = mapped_column(String(16))
    lived: Mapped[bool] = mapped_column(default=False)
    frontline: Mapped[bool] = mapped_column(default=False)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[Instant]


class Assessment(Base):
    """One assessor's scoring of one item."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("item_id", "assessor_id"),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    assessor_id: Mapped[int] = mapped_column(ForeignKey("assessor.id"))
    at: Mapped[Instant]


class Score(Base):
    """Low, likely and high (0-100) on one reward criterion, and why."""

    __tablename__ = "score"
    __table_args__ = (
        CheckConstraint(
            "0 <= low AND low <= likely AND likely <= high AND high <= 100", name="in_order"
        ),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(16), primary_key=True)
    low: Mapped[int]
    likely: Mapped[int]
    high: Mapped[int]
    why: Mapped[str] = mapped_column(Text, default="")


class RiskScore(Base):
    """Likelihood band and impact (1-5) of one factor, of doing it or of standing still."""

    __tablename__ = "risk_score"
    __table_args__ = (
        CheckConstraint("band BETWEEN 1 AND 5 AND impact BETWEEN 1 AND 5", name="in_bands"),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    factor: Mapped[str] = mapped_column(String(16), primary_key=True)
    still: Mapped[bool] = mapped_column(primary_key=True, default=False)
    band: Mapped[int]
    impact: Mapped[int]
    bearers: Mapped[str] = mapped_column(Text, default="")
    mitigation: Mapped[str] = mapped_column(Text, default="")


class Appraisal(Base):
    """The numbers worked out for one item, with the seed and version that made them."""

    __tablename__ = "appraisal"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    rule_version: Mapped[str] = mapped_column(String(32))
    seed: Mapped[int]
    numbers: Mapped[dict[str, Any]]
    at: Mapped[Instant]
