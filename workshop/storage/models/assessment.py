"""Who scores backlog items, and what they said. Criteria and factors are stored by key."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.roles import STANDINGS
from workshop.rules.scoring.risk import REVERSIBILITY
from workshop.rules.scoring.rounds import STATES
from workshop.storage.models.base import Base, Id, Instant, in_range, one_of

REACH_IN_ORDER = (
    "reach_low IS NULL AND reach_likely IS NULL AND reach_high IS NULL OR "
    "0 <= reach_low AND reach_low <= reach_likely AND reach_likely <= reach_high"
)


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


class Scoring(Base):
    """Where the scoring of an item stands; without a row it is in its first round."""

    __tablename__ = "scoring"
    __table_args__ = (one_of("state", STATES),)

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    until: Mapped[str | None] = mapped_column(String(10))


class Assessment(Base):
    """One assessor's scoring of one item in one round; both rounds are kept.

    Evidence and reversibility are this assessor's own view, None where they gave none.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        UniqueConstraint("item_id", "assessor_id", "round"),
        in_range("round", 1, 2),
        CheckConstraint(REACH_IN_ORDER, name="reach_in_order"),
        CheckConstraint("evidence IS NULL OR evidence BETWEEN 0 AND 5", name="evidence_level"),
        one_of("reversible", REVERSIBILITY),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    assessor_id: Mapped[int] = mapped_column(ForeignKey("assessor.id"))
    at: Mapped[Instant]
    round: Mapped[int] = mapped_column(default=1)
    reach_low: Mapped[int | None]
    reach_likely: Mapped[int | None]
    reach_high: Mapped[int | None]
    evidence: Mapped[int | None]
    reversible: Mapped[str | None] = mapped_column(String(16))


class Reason(Base):
    """Something said about one question in the talk between the rounds.

    Whoever spoke without a name left no trace here: neither their seat nor where they speak from.
    There is no time beside it, which could be laid beside somebody's coming and going.
    """

    __tablename__ = "reason"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    assessor_id: Mapped[int | None] = mapped_column(ForeignKey("assessor.id"))
    question: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)


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
    owner: Mapped[str] = mapped_column(Text, default="")


class Appraisal(Base):
    """The numbers worked out for one item, with the seed and version that made them."""

    __tablename__ = "appraisal"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    rule_version: Mapped[str] = mapped_column(String(32))
    seed: Mapped[int]
    numbers: Mapped[dict[str, Any]]
    at: Mapped[Instant]
