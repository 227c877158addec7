"""The innovation backlog: items with their lineage, decisions, and what came of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.backlog import ANSWERS, FACETS, STAGES
from workshop.rules.scoring.risk import REVERSIBILITY
from workshop.storage.models.base import Base, Id, Instant, one_of


class Item(Base):
    """One backlog item.

    `lineage` is a frozen copy made when the idea was promoted: the problem, the wording then,
    votes by group, the workshop, the round and its rule. The facts below it are the leaders'
    to fill in; an empty `owner` keeps a gate shut.
    """

    __tablename__ = "item"
    __table_args__ = (
        one_of("stage", STAGES),
        one_of("facet", FACETS),
        one_of("reversible", REVERSIBILITY),
        CheckConstraint("evidence BETWEEN 0 AND 5", name="evidence_level"),
        CheckConstraint("effort IS NULL OR effort >= 0", name="effort_sane"),
    )

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("post.id"), unique=True)
    title: Mapped[str] = mapped_column(Text)
    lineage: Mapped[dict[str, Any]]
    stage: Mapped[str] = mapped_column(String(16), default="candidate")
    facet: Mapped[str] = mapped_column(String(16), default="enhancement")
    evidence: Mapped[int] = mapped_column(default=0)
    reversible: Mapped[str] = mapped_column(String(16), default="months")
    effort: Mapped[float | None]
    owner: Mapped[str] = mapped_column(Text, default="")
    reach: Mapped[str] = mapped_column(Text, default="")
    next_test: Mapped[str] = mapped_column(Text, default="")
    savings: Mapped[str] = mapped_column(Text, default="")
    unlawful: Mapped[bool] = mapped_column(default=False)
    worse_off: Mapped[str] = mapped_column(Text, default="")
    remedy: Mapped[str] = mapped_column(Text, default="")
    answer_by: Mapped[str | None] = mapped_column(String(10))
    created_at: Mapped[Instant]


class Decision(Base):
    """A leader's answer to an item, with its reason. The newest one stands; none is removed."""

    __tablename__ = "decision"
    __table_args__ = (one_of("answer", ANSWERS),)

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    answer: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    conditions: Mapped[str] = mapped_column(Text, default="")
    change_mind: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[str | None] = mapped_column(String(10))
    at: Mapped[Instant]


class Outcome(Base):
    """What was done, in words for the public page. Written in the past tense once it is done.

    `by` names the partner who leads the item where they told it, or is "".
    """

    __tablename__ = "outcome"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    done: Mapped[bool] = mapped_column(default=False)
    at: Mapped[Instant]
    by: Mapped[str] = mapped_column(Text, default="", server_default="")


class ItemMoment(Base):
    """One line of an item's history."""

    __tablename__ = "item_moment"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Instant]
