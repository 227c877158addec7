"""The talk about one item: how far apart people are, and the reasons they give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.scoring.assessment import Assessment as Answers
from workshop.rules.scoring.panel import disagreement, medians
from workshop.rules.scoring.yardstick import Yardstick
from workshop.storage.models import Assessment, Assessor, Reason, RiskScore, Score
from workshop.storage.panel import assessments, states
from workshop.storage.yardsticks import of_workshop


@dataclass(frozen=True, slots=True)
class Said:
    """One reason; `name` and `standing` are "" for somebody who spoke without a name."""

    text: str
    name: str
    standing: str


@dataclass(frozen=True, slots=True)
class Question:
    """What people answered on one question, and why.

    Attributes:
        key: a criterion or a risk factor.
        low, likely, high: the lowest low, the median likely and the highest high, or None for a
            risk.
        standing: the median of the likely values by standing.
        apart: the disagreement, 0 to 1; `discuss` whether to talk about it first.
        bands: how many people gave each likelihood band, for a risk; `impacts` the same.
        whys: what people wrote when they scored, in no order that could tell whose.
        said: what was said in the talk, the first first.
    """

    key: str
    low: float | None
    likely: float | None
    high: float | None
    standing: Mapping[str, float]
    apart: float
    discuss: bool
    bands: Mapping[int, int]
    impacts: Mapping[int, int]
    whys: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """The whole talk about one item: `people` have scored it."""

    people: int
    criteria: tuple[Question, ...]
    risks: tuple[Question, ...]


def talk(db: Session, workshop_id: int, item_id: int, *, day: date) -> Talk | None:
    """What people see of each other between the rounds, or None while the first is private."""
    state = states(db, [item_id], day)[item_id]
    if not state.counts:
        return None
    panel = assessments(db, item_id, state.counts)
    whys, said = _whys(db, item_id, state.counts), _said(db, item_id)
    yard = of_workshop(db, workshop_id)
    criteria = [key for key in yard.criteria if any(key in one.scores for one in panel)]
    factors = [key for key in yard.factors if any(key in one.risks for one in panel)]
    return Talk(
        len(panel),
        tuple(
            _criterion(yard, key, panel, whys.get(key, ()), said.get(key, ())) for key in criteria
        ),
        tuple(_factor(key, panel, whys.get(key, ()), said.get(key, ())) for key in factors),
    )


def _criterion(
    yard: Yardstick, key: str, panel: Sequence[Answers], whys: Sequence[str], said: Sequence[Said]
) -> Question:
    given = [one.scores[key] for one in panel if key in one.scores]
    apart = disagreement(panel, key)
    return Question(
        key,
        min(score.low for score in given),
        median(score.likely for score in given),
        max(score.high for score in given),
        medians(panel, key),
        apart,
        yard.criteria[key].ranked and apart >= yard.lines.disagreement,
        {},
        {},
        tuple(whys),
        tuple(said),
    )


def _factor(
    key: str, panel: Sequence[Answers], whys: Sequence[str], said: Sequence[Said]
) -> Question:
    given = [one.risks[key] for one in panel if key in one.risks]
    bands, impacts = ([getattr(one, name) for one in given] for name in ("band", "impact"))
    return Question(
        key,
        None,
        None,
        None,
        {},
        0.0,
        discuss=max(bands) - min(bands) >= FAR or max(impacts) - min(impacts) >= FAR,
        bands={level: bands.count(level) for level in sorted(set(bands))},
        impacts={level: impacts.count(level) for level in sorted(set(impacts))},
        whys=tuple(whys),
        said=tuple(said),
    )


FAR = 2
"""So many levels apart on a risk, people talk about it first."""


def _whys(db: Session, item_id: int, counts: int) -> dict[str, list[str]]:
    """What people wrote beside their scores, by question, in the order of the alphabet."""
    found: dict[str, set[str]] = {}
    of_item = Assessment.item_id == item_id, Assessment.round <= counts
    scores = select(Score.criterion, Score.why).join(Assessment).where(*of_item)
    risks = select(RiskScore.factor, RiskScore.mitigation).join(Assessment).where(*of_item)
    for key, text in (*db.execute(scores), *db.execute(risks)):
        if text:
            found.setdefault(key, set()).add(text)
    return {key: sorted(texts) for key, texts in found.items()}


def _said(db: Session, item_id: int) -> dict[str, list[Said]]:
    rows = db.execute(
        select(Reason.question, Reason.text, Assessor.name, Assessor.standing)
        .outerjoin(Assessor, Assessor.id == Reason.assessor_id)
        .where(Reason.item_id == item_id)
        .order_by(Reason.id)
    )
    found: dict[str, list[Said]] = {}
    for question, text, name, standing in rows:
        # Nobody is joined to what was said without a name.
        found.setdefault(question, []).append(Said(text, name or "", standing or ""))
    return found
