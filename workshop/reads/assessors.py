"""Who scores which items, who has, and what one assessor answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.rules.roles import AssessorCard
from workshop.storage.models import Assessment, Assessor, Item, RiskScore, Score
from workshop.storage.panel import split_keys


@dataclass(frozen=True, slots=True)
class ToScore:
    """An item that somebody is asked to score. `said` is the problem it answers, or ""."""

    id: int
    workshop_id: int
    title: str
    said: str
    scored: bool


@dataclass(frozen=True, slots=True)
class Seatmate:
    """One assessor of a workshop; `done` counts the items they have scored.

    `scored` says so of the one item that was asked about.
    """

    id: int
    name: str
    standing: str
    lived: bool
    frontline: bool
    linked: bool
    done: int
    scored: bool


@dataclass(frozen=True, slots=True)
class ScoreGiven:
    """Somebody's own answer on a criterion."""

    low: int
    likely: int
    high: int
    why: str


@dataclass(frozen=True, slots=True)
class RiskGiven:
    """Somebody's own answer on a risk factor."""

    band: int
    impact: int
    bearers: tuple[str, ...]
    mitigation: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one assessor answered on one item, by criterion and factor."""

    scores: Mapping[str, ScoreGiven]
    risks: Mapping[str, RiskGiven]
    still: Mapping[str, RiskGiven]


def to_score(db: Session, workshop_id: int, assessor_id: int | None = None) -> tuple[ToScore, ...]:
    """The items of a workshop in the order of promotion, and which of them this person scored."""
    scored = set(
        db.scalars(select(Assessment.item_id).where(Assessment.assessor_id == assessor_id))
    )
    rows = db.scalars(select(Item).where(Item.workshop_id == workshop_id).order_by(Item.id))
    return tuple(_to_score(row, scored=row.id in scored) for row in rows)


def one_to_score(db: Session, item_id: int, assessor_id: int | None) -> ToScore | None:
    """One item as its assessor sees it, or None where there is no such item."""
    row = db.get(Item, item_id)
    if row is None:
        return None
    found = select(Assessment.id).where(
        Assessment.item_id == item_id, Assessment.assessor_id == assessor_id
    )
    return _to_score(row, scored=db.scalar(found) is not None)


def _to_score(row: Item, *, scored: bool) -> ToScore:
    problem = row.lineage["problem"]
    said = problem["text"] if problem else row.lineage["idea"]["text"]
    return ToScore(row.id, row.workshop_id, row.title, said, scored)


def of_account(db: Session, workshop_id: int, account_id: int) -> AssessorCard | None:
    """The seat on the panel of somebody who signs in, once they have taken one."""
    row = db.scalar(
        select(Assessor).where(
            Assessor.workshop_id == workshop_id, Assessor.account_id == account_id
        )
    )
    return AssessorCard(row.id, row.workshop_id, row.name, row.standing) if row else None


def panel(db: Session, workshop_id: int, item_id: int | None = None) -> tuple[Seatmate, ...]:
    """Everybody who scores in a workshop, in the order in which they were asked."""
    done = dict(
        db.execute(
            select(Assessment.assessor_id, func.count()).group_by(Assessment.assessor_id)
        ).all()
    )
    scored = set(db.scalars(select(Assessment.assessor_id).where(Assessment.item_id == item_id)))
    rows = db.scalars(
        select(Assessor).where(Assessor.workshop_id == workshop_id).order_by(Assessor.id)
    )
    return tuple(
        Seatmate(
            id=row.id,
            name=row.name,
            standing=row.standing,
            lived=row.lived,
            frontline=row.frontline,
            linked=row.token_hash is not None,
            done=done.get(row.id, 0),
            scored=row.id in scored,
        )
        for row in rows
    )


def sheet(db: Session, item_id: int, assessor_id: int) -> Sheet | None:
    """What one assessor answered on an item, or None while they have not."""
    row = db.scalar(
        select(Assessment).where(
            Assessment.item_id == item_id, Assessment.assessor_id == assessor_id
        )
    )
    if row is None:
        return None
    scores = db.scalars(select(Score).where(Score.assessment_id == row.id))
    risks = db.scalars(select(RiskScore).where(RiskScore.assessment_id == row.id)).all()
    return Sheet(
        {one.criterion: ScoreGiven(one.low, one.likely, one.high, one.why) for one in scores},
        {one.factor: _risk(one) for one in risks if not one.still},
        {one.factor: _risk(one) for one in risks if one.still},
    )


def _risk(row: RiskScore) -> RiskGiven:
    return RiskGiven(row.band, row.impact, split_keys(row.bearers), row.mitigation)
