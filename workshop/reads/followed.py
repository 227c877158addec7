"""The backlog items that came of what people wrote, as their authors follow them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.storage.models import Decision, Item, Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """A leader's answer as it stands: a key of `rules.backlog.ANSWERS`, and the reason in words."""

    answer: str
    reason: str
    review_on: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Followed:
    """A backlog item that came of a post. `done` says what was done, where something was."""

    title: str
    stage: str
    answer_by: str | None
    answer: Answer | None
    done: str


def items(db: Session, workshop_id: int) -> dict[int, Followed]:
    """A room's backlog items by the idea they were made of."""
    rows = db.scalars(select(Item).where(Item.workshop_id == workshop_id))
    return {row.idea_id: _followed(db, row) for row in rows}


def _followed(db: Session, row: Item) -> Followed:
    newest = select(Decision).where(Decision.item_id == row.id).order_by(Decision.id.desc())
    decision = db.scalar(newest.limit(1))
    done = select(Outcome).where(Outcome.item_id == row.id, Outcome.done.is_(True))
    outcome = db.scalar(done.order_by(Outcome.id.desc()).limit(1))
    return Followed(
        title=row.title,
        stage=row.stage,
        answer_by=row.answer_by,
        answer=Answer(decision.answer, decision.reason, decision.review_on, decision.at)
        if decision
        else None,
        done=outcome.text if outcome else "",
    )
