"""What is stored of an item and its assessors, as the values that the scoring rules use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.scoring import assessment as rules
from workshop.rules.scoring.harm import RiskScore as Harm
from workshop.storage.models import Assessment, Assessor, Item, RiskScore, Score

SEPARATOR: Final = ","
"""Between the keys of those who bear a risk."""


def facts(item: Item) -> rules.ItemFacts:
    """What is known of an item beside the scores."""
    return rules.ItemFacts(
        item.evidence,
        item.reversible,
        effort=item.effort,
        owned=bool(item.owner),
        unlawful=item.unlawful,
        worse_off=item.worse_off,
        remedy=item.remedy,
    )


def assessments(db: Session, item_id: int) -> tuple[rules.Assessment, ...]:
    """Everybody's answers on one item, in the order in which they first came."""
    rows = db.execute(
        select(Assessment.id, Assessor)
        .join(Assessor, Assessor.id == Assessment.assessor_id)
        .where(Assessment.item_id == item_id)
        .order_by(Assessment.id)
    ).all()
    scores, risks = _scores(db, item_id), _risks(db, item_id)
    return tuple(
        rules.Assessment(
            str(assessor.id),
            assessor.standing,
            scores[number],
            risks[number, False],
            risks[number, True],
            lived=assessor.lived,
            frontline=assessor.frontline,
        )
        for number, assessor in rows
    )


def _scores(db: Session, item_id: int) -> dict[int, dict[str, rules.Score]]:
    found: dict[int, dict[str, rules.Score]] = defaultdict(dict)
    rows = db.scalars(select(Score).join(Assessment).where(Assessment.item_id == item_id))
    for row in rows:
        found[row.assessment_id][row.criterion] = rules.Score(row.low, row.likely, row.high)
    return found


def _risks(db: Session, item_id: int) -> dict[tuple[int, bool], dict[str, Harm]]:
    found: dict[tuple[int, bool], dict[str, Harm]] = defaultdict(dict)
    rows = db.scalars(select(RiskScore).join(Assessment).where(Assessment.item_id == item_id))
    for row in rows:
        found[row.assessment_id, row.still][row.factor] = Harm(
            row.band, row.impact, split_keys(row.bearers), row.mitigation
        )
    return found


def join_keys(keys: Iterable[str]) -> str:
    """Keys as one stored text."""
    return SEPARATOR.join(keys)


def split_keys(text: str) -> tuple[str, ...]:
    """The keys in a stored text."""
    return tuple(filter(None, text.split(SEPARATOR)))
