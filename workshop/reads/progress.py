"""How items go on: where they moved and why, their tests and pilots, evidence, and desk talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.promises import today
from workshop.rules.trials import has_begun
from workshop.storage.models import Account, DeskNote, Evidence, StageMove, Trial


@dataclass(frozen=True, slots=True)
class Moved:
    """A move of an item by a leader, or by a partner (`by`): from `was` to `to`, and why."""

    id: int
    was: str
    to: str
    reason: str
    review_on: str | None
    at: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class TrialCard:
    """A test or a pilot. `outcome` is "" while it has not ended; `has_begun` by today's calendar.

    `is_over` says that its last day has gone by without a word of what came of it;
    `planned_by` and `told_by` name the partner whose words they are, or are "" for the desk.
    """

    id: int
    kind: str
    what: str
    place: str
    who: str
    works_if: str
    stop_if: str
    begins_on: str | None
    ends_on: str
    outcome: str
    happened: str
    learned: str
    ended_at: int | None
    planned_by: str
    told_by: str
    has_begun: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """A piece of evidence: `strength` is a place in `EVIDENCE`."""

    text: str
    source: str
    strength: int
    at: int


@dataclass(frozen=True, slots=True)
class DeskSaid:
    """What somebody at the desk said about an item."""

    by: str
    text: str
    at: int


def moves(db: Session, numbers: Sequence[int]) -> list[tuple[int, Moved]]:
    """Moves at the desk of the named items, each with its item's number, the oldest first."""
    rows = db.scalars(
        select(StageMove)
        .where(StageMove.item_id.in_(numbers), StageMove.cause == "desk")
        .order_by(StageMove.id)
    )
    return [
        (row.item_id, Moved(row.id, row.was, row.now, row.reason, row.review_on, row.at, row.by))
        for row in rows
    ]


def trials(db: Session, numbers: Sequence[int], now: int) -> dict[int, tuple[TrialCard, ...]]:
    """Tests and pilots of each of the named items, the newest first."""
    rows = db.scalars(select(Trial).where(Trial.item_id.in_(numbers)).order_by(Trial.id.desc()))
    found: dict[int, tuple[TrialCard, ...]] = {}
    for row in rows:
        found[row.item_id] = (*found.get(row.item_id, ()), _trial(row, today(now)))
    return found


def ended_trials(db: Session, numbers: Sequence[int]) -> list[tuple[int, TrialCard]]:
    """Tests and pilots of the named items that have ended, the oldest first."""
    rows = db.scalars(
        select(Trial)
        .where(Trial.item_id.in_(numbers), Trial.ended_at.is_not(None))
        .order_by(Trial.ended_at, Trial.id)
    )
    return [(row.item_id, _trial(row, date.max)) for row in rows]


def _trial(row: Trial, day: date) -> TrialCard:
    return TrialCard(
        id=row.id,
        kind=row.kind,
        what=row.what,
        place=row.place,
        who=row.who,
        works_if=row.works_if,
        stop_if=row.stop_if,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        outcome=row.outcome,
        happened=row.happened,
        learned=row.learned,
        ended_at=row.ended_at,
        planned_by=row.planned_by,
        told_by=row.told_by,
        has_begun=has_begun(row.begins_on, day),
        is_over=row.ended_at is None and date.fromisoformat(row.ends_on) < day,
    )


def evidence(db: Session, item_id: int) -> tuple[EvidenceCard, ...]:
    """Every piece of evidence about an item, the strongest first."""
    rows = db.scalars(
        select(Evidence)
        .where(Evidence.item_id == item_id)
        .order_by(Evidence.strength.desc(), Evidence.id)
    )
    return tuple(EvidenceCard(row.text, row.source, row.strength, row.at) for row in rows)


def desk_talk(db: Session, item_id: int) -> tuple[DeskSaid, ...]:
    """What was said about an item at the desk, in order."""
    rows = db.execute(
        select(DeskNote, Account.name)
        .join(Account, Account.id == DeskNote.account_id)
        .where(DeskNote.item_id == item_id)
        .order_by(DeskNote.id)
    )
    return tuple(DeskSaid(name, row.text, row.at) for row, name in rows)
