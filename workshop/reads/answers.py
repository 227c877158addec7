"""What leaders answered about items, and the news of what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.storage.models import Account, Decision, Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a leader. `answer` is a key of `ANSWERS`; `review_on` the next look."""

    answer: str
    reason: str
    conditions: str
    change_mind: str
    review_on: str | None
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class News:
    """What is being done, or was, told by a partner (`by`) or the desk; past tense once `done`."""

    text: str
    done: bool
    at: int
    by: str = ""


def answers(db: Session, numbers: Sequence[int]) -> list[tuple[int, Answer]]:
    """Every answer on the named items, each with its item's number, the oldest first."""
    rows = db.execute(
        select(Decision, Account.name)
        .join(Account, Account.id == Decision.account_id)
        .where(Decision.item_id.in_(numbers))
        .order_by(Decision.id)
    )
    return [
        (
            row.item_id,
            Answer(
                row.answer,
                row.reason,
                row.conditions,
                row.change_mind,
                row.review_on,
                name,
                row.at,
            ),
        )
        for row, name in rows
    ]


def news(db: Session, numbers: Sequence[int]) -> list[tuple[int, News]]:
    """All news on the named items, each with its item's number, the oldest first."""
    rows = db.scalars(select(Outcome).where(Outcome.item_id.in_(numbers)).order_by(Outcome.id))
    return [(row.item_id, News(row.text, row.done, row.at, row.by)) for row in rows]


def newest_answers(db: Session, numbers: Sequence[int]) -> dict[int, Answer]:
    """The answer that stands on each of the named items that has one."""
    return dict(answers(db, numbers))


def newest_news(db: Session, numbers: Sequence[int]) -> dict[int, News]:
    """The latest news on each of the named items that has any."""
    return dict(news(db, numbers))
