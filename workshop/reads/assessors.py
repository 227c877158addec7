"""Who scores which items, who has, and what one assessor answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.rules.roles import AssessorCard
from workshop.rules.scoring.rounds import BOTH
from workshop.storage.models import Assessment, Assessor, Item, RiskScore, Score, Scoring
from workshop.storage.panel import reach_of, split_keys, states


@dataclass(frozen=True, slots=True)
class ToScore:
    """An item that somebody is asked to score.

    Attributes:
        said: the problem it answers, or the idea itself.
        state: where its scoring stands, a key of `STATES`; `until` the day on which its round ends.
        scored: this person has scored it in the round that is open, or in any where none is.
        people: how many have, in that round.
    """

    id: int
    workshop_id: int
    title: str
    said: str
    state: str
    until: str | None
    scored: bool
    people: int


@dataclass(frozen=True, slots=True)
class Seatmate:
    """One assessor of a workshop; `done` counts the items they have scored.

    `scored` says so of the one item that was asked about, in the round that is open.
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
    owner: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one assessor answered on one item in one round, by criterion and factor.

    `reach` holds low, likely and high in people a year; what stands beside the scores may be left
    open.
    """

    number: int
    scores: Mapping[str, ScoreGiven]
    risks: Mapping[str, RiskGiven]
    still: Mapping[str, RiskGiven]
    reach: tuple[int, int, int] | None
    evidence: int | None
    reversible: str


def to_score(
    db: Session, workshop_id: int, assessor_id: int | None = None, *, day: date
) -> tuple[ToScore, ...]:
    """The items of a workshop in the order of promotion, and which of them this person scored."""
    rows = db.scalars(select(Item).where(Item.workshop_id == workshop_id).order_by(Item.id)).all()
    return _to_score(db, rows, assessor_id, day)


def one_to_score(
    db: Session, item_id: int, assessor_id: int | None, *, day: date
) -> ToScore | None:
    """One item as its assessor sees it, or None where there is no such item."""
    row = db.get(Item, item_id)
    return _to_score(db, [row], assessor_id, day)[0] if row else None


def _to_score(
    db: Session, rows: Sequence[Item], assessor_id: int | None, day: date
) -> tuple[ToScore, ...]:
    numbers = [row.id for row in rows]
    standing = states(db, numbers, day)
    days = dict(
        db.execute(select(Scoring.item_id, Scoring.until).where(Scoring.item_id.in_(numbers))).all()
    )
    given: dict[int, set[int]] = {}
    who = select(Assessment.item_id, Assessment.assessor_id, Assessment.round)
    for item, person, number in db.execute(who.where(Assessment.item_id.in_(numbers))):
        if standing[item].scores in {0, number}:
            given.setdefault(item, set()).add(person)
    return tuple(
        ToScore(
            row.id,
            row.workshop_id,
            row.title,
            (row.lineage["problem"] or row.lineage["idea"])["text"],
            standing[row.id].key,
            days.get(row.id),
            assessor_id in given.get(row.id, set()),
            len(given.get(row.id, set())),
        )
        for row in rows
    )


def of_account(db: Session, workshop_id: int, account_id: int) -> AssessorCard | None:
    """The seat on the panel of somebody who signs in, once they have taken one."""
    row = db.scalar(
        select(Assessor).where(
            Assessor.workshop_id == workshop_id, Assessor.account_id == account_id
        )
    )
    return AssessorCard(row.id, row.workshop_id, row.name, row.standing) if row else None


def panel(
    db: Session, workshop_id: int, item_id: int | None = None, number: int = 1
) -> tuple[Seatmate, ...]:
    """Everybody who scores in a workshop, in the order in which they were asked.

    `number` is the round in which they may have scored the item `item_id`.
    """
    done = dict(
        db.execute(
            select(Assessment.assessor_id, func.count(Assessment.item_id.distinct())).group_by(
                Assessment.assessor_id
            )
        ).all()
    )
    scored = set(
        db.scalars(
            select(Assessment.assessor_id).where(
                Assessment.item_id == item_id, Assessment.round == number
            )
        )
    )
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


def sheet(db: Session, item_id: int, assessor_id: int, number: int = BOTH) -> Sheet | None:
    """What one assessor answered on an item last, up to round `number`, or None before that.

    So the second round begins from one's own answers in the first.
    """
    row = db.scalar(
        select(Assessment)
        .where(
            Assessment.item_id == item_id,
            Assessment.assessor_id == assessor_id,
            Assessment.round <= number,
        )
        .order_by(Assessment.round.desc())
        .limit(1)
    )
    if row is None:
        return None
    scores = db.scalars(select(Score).where(Score.assessment_id == row.id))
    risks = db.scalars(select(RiskScore).where(RiskScore.assessment_id == row.id)).all()
    reach = reach_of(row)
    return Sheet(
        row.round,
        {one.criterion: ScoreGiven(one.low, one.likely, one.high, one.why) for one in scores},
        {one.factor: _risk(one) for one in risks if not one.still},
        {one.factor: _risk(one) for one in risks if one.still},
        (reach.low, reach.likely, reach.high) if reach else None,
        row.evidence,
        row.reversible or "",
    )


def _risk(row: RiskScore) -> RiskGiven:
    return RiskGiven(row.band, row.impact, split_keys(row.bearers), row.mitigation, row.owner)
