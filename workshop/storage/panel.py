"""What is stored of an item and its assessors, as the values that the scoring rules use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.scoring import assessment as rules
from workshop.rules.scoring.harm import RiskScore as Harm
from workshop.rules.scoring.rounds import FIRST, State, state_on
from workshop.storage.models import Assessment, Assessor, Item, RiskScore, Score, Scoring

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


def states(db: Session, items: Sequence[int], day: date) -> dict[int, State]:
    """Where the scoring of each of these items stands on `day`."""
    rows = db.scalars(
        select(Scoring).where(Scoring.item_id.in_(items)).execution_options(populate_existing=True)
    )
    kept = {row.item_id: (row.state, row.until) for row in rows}
    return {item: state_on(*kept.get(item, (FIRST, None)), day) for item in items}


def assessments(db: Session, item_id: int, counts: int) -> tuple[rules.Assessment, ...]:
    """Everybody's answers on one item, as `panels` gives them."""
    return panels(db, {item_id: counts})[item_id]


def panels(db: Session, counts: Mapping[int, int]) -> dict[int, tuple[rules.Assessment, ...]]:
    """Everybody's answers on each item, in the order in which they first came.

    `counts` is the last round that may be seen, as in `State.counts`, by item; whoever scored in
    two rounds up to it counts with the second. With 0 there is nothing to see.
    """
    rows = db.execute(
        select(Assessment, Assessor)
        .join(Assessor, Assessor.id == Assessment.assessor_id)
        .where(Assessment.item_id.in_(counts))
        .order_by(Assessment.round, Assessment.id)
    ).all()
    standing: dict[int, dict[int, tuple[Assessment, Assessor]]] = {item: {} for item in counts}
    for row, assessor in rows:
        if row.round <= counts[row.item_id]:
            standing[row.item_id][assessor.id] = (row, assessor)
    numbers = [row.id for panel in standing.values() for row, _ in panel.values()]
    scores, risks = _scores(db, numbers), _risks(db, numbers)
    return {
        item: tuple(_answer(row, who, scores[row.id], risks) for row, who in panel.values())
        for item, panel in standing.items()
    }


def _answer(
    row: Assessment,
    who: Assessor,
    scores: dict[str, rules.Score],
    risks: Mapping[tuple[int, bool], dict[str, Harm]],
) -> rules.Assessment:
    return rules.Assessment(
        str(who.id),
        who.standing,
        scores,
        risks.get((row.id, False), {}),
        risks.get((row.id, True), {}),
        lived=who.lived,
        frontline=who.frontline,
        reach=reach_of(row),
        evidence=row.evidence,
        reversibility=row.reversible or "",
    )


def reach_of(row: Assessment) -> rules.Reach | None:
    """How many people a year, as this answer has it."""
    if row.reach_low is None or row.reach_likely is None or row.reach_high is None:
        return None
    return rules.Reach(row.reach_low, row.reach_likely, row.reach_high)


def _scores(db: Session, numbers: Sequence[int]) -> dict[int, dict[str, rules.Score]]:
    """Scores by assessment; columns alone, because a whole portfolio has thousands of them."""
    found: dict[int, dict[str, rules.Score]] = defaultdict(dict)
    columns = select(Score.assessment_id, Score.criterion, Score.low, Score.likely, Score.high)
    for number, key, *three in db.execute(columns.where(Score.assessment_id.in_(numbers))):
        found[number][key] = rules.Score(*three)
    return found


def _risks(db: Session, numbers: Sequence[int]) -> dict[tuple[int, bool], dict[str, Harm]]:
    found: dict[tuple[int, bool], dict[str, Harm]] = defaultdict(dict)
    columns = select(
        RiskScore.assessment_id,
        RiskScore.still,
        RiskScore.factor,
        RiskScore.band,
        RiskScore.impact,
        RiskScore.bearers,
        RiskScore.mitigation,
        RiskScore.owner,
    )
    for number, still, key, band, impact, bearers, *words in db.execute(
        columns.where(RiskScore.assessment_id.in_(numbers))
    ):
        found[number, still][key] = Harm(band, impact, split_keys(bearers), *words)
    return found


def join_keys(keys: Iterable[str]) -> str:
    """Keys as one stored text."""
    return SEPARATOR.join(keys)


def split_keys(text: str) -> tuple[str, ...]:
    """The keys in a stored text."""
    return tuple(filter(None, text.split(SEPARATOR)))
