"""One backlog item in full: its scores part by part, its risks, its panel and its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median_low
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.reads.answers import Answer, News, answers, news
from workshop.reads.item_card import ItemCard
from workshop.reads.posts import PostCard
from workshop.reads.progress import DeskSaid, EvidenceCard, Moved, desk_talk, evidence, moves
from workshop.reads.talk import said_of
from workshop.rules.scoring.assessment import Assessment
from workshop.rules.scoring.criteria import RANKED
from workshop.rules.scoring.harm import Risks, RiskScore
from workshop.rules.scoring.panel import disagreement, medians, shortfalls
from workshop.rules.scoring.risk import BEARERS, FACTORS
from workshop.rules.scoring.sensitivity import steady_range
from workshop.storage.models import ItemMoment
from workshop.storage.panel import assessments

SHOWN: Final = ("shown",)
"""Comments of the room that the desk reads: those that the room itself can see."""


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """What the panel says on one criterion.

    Attributes:
        key: of `CRITERIA`; weight: its share, 0 to 1.
        low: the lowest low and `high` the highest high anybody gave.
        likely: the median of the likely values.
        standing: the median of the likely values by standing.
        gap: between the standings that lie furthest apart, in points.
        apart: the disagreement, 0 to 1; `discuss` whether to talk first.
        steady: between which weights of this criterion the item keeps its place.
    """

    key: str
    weight: float
    low: float
    likely: float
    high: float
    standing: Mapping[str, float]
    gap: float
    apart: float
    discuss: bool
    steady: tuple[float, float]


@dataclass(frozen=True, slots=True)
class FactorLine:
    """What the panel says on one risk factor: the middle answer, and who said what would help."""

    key: str
    band: int
    impact: int
    bearers: tuple[str, ...]
    mitigations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an item's history: `kind` is a key of `ITEM_MOMENTS`, `at` the latest time.

    What happened several times in a row is one line. `moved` is the move at the desk it tells of.
    """

    kind: str
    note: str
    at: int
    times: int
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item with everything its page shows; `place` of `among` items in its class.

    `said` is what people in the room say of the idea, `desk` what is said at the desk alone.
    `last_edit`, `last_answer` and `last_move` number the newest change of each kind, 0 for none:
    whoever saves sends back the one they had in front of them.
    """

    card: ItemCard
    place: int
    among: int
    criteria: tuple[CriterionLine, ...]
    risks: tuple[FactorLine, ...]
    still: tuple[FactorLine, ...]
    lacking: tuple[str, ...]
    answers: tuple[Answer, ...]
    news: tuple[News, ...]
    evidence: tuple[EvidenceCard, ...]
    said: tuple[PostCard, ...]
    desk: tuple[DeskSaid, ...]
    history: tuple[Line, ...]
    last_edit: int
    last_answer: int
    last_move: int


def item_page(db: Session, cards: Sequence[ItemCard], item_id: int) -> ItemPage | None:
    """An item of the backlog that its reader sees (`cards`), or None where it is not in there."""
    card = next((one for one in cards if one.id == item_id), None)
    if card is None:
        return None
    panel = assessments(db, item_id)
    same = [one.id for one in cards if one.advice == card.advice]
    return ItemPage(
        card=card,
        place=same.index(card.id) + 1,
        among=len(same),
        criteria=_criteria(card, cards, panel),
        risks=_factors(one.risks for one in panel),
        still=_factors(one.still for one in panel),
        lacking=shortfalls(panel),
        answers=tuple(one for _, one in answers(db, [item_id])),
        news=tuple(one for _, one in news(db, [item_id])),
        evidence=evidence(db, item_id),
        said=said_of(db, card.workshop_id, card.lineage["idea"]["id"], SHOWN),
        desk=desk_talk(db, item_id),
        history=_history(db, item_id),
        last_edit=_last(db, item_id, "edited"),
        last_answer=_last(db, item_id, "decided"),
        last_move=_last(db, item_id, "staged"),
    )


def standings(db: Session, item_id: int) -> tuple[tuple[str, Mapping[str, float]], ...]:
    """The median of the likely values by standing, for each ranked criterion."""
    panel = assessments(db, item_id)
    return tuple((key, medians(panel, key)) for key in RANKED)


def _criteria(
    card: ItemCard, cards: Sequence[ItemCard], panel: Sequence[Assessment]
) -> tuple[CriterionLine, ...]:
    appraisal = card.appraisal
    if appraisal is None:
        return ()
    expected = {str(one.id): one.appraisal.expected for one in cards if one.appraisal}
    return tuple(
        _criterion(
            key,
            panel,
            weight=appraisal.weights.get(key, 0.0),
            discuss=key in appraisal.discuss,
            steady=steady_range(expected, str(card.id), key, appraisal.weights),
        )
        for key in RANKED
    )


def _criterion(
    key: str,
    panel: Sequence[Assessment],
    *,
    weight: float,
    discuss: bool,
    steady: tuple[float, float],
) -> CriterionLine:
    given = [one.scores[key] for one in panel]
    standing = medians(panel, key)
    return CriterionLine(
        key=key,
        weight=weight,
        low=min(score.low for score in given),
        likely=median_low(score.likely for score in given),
        high=max(score.high for score in given),
        standing=standing,
        gap=max(standing.values()) - min(standing.values()),
        apart=disagreement(panel, key),
        discuss=discuss,
        steady=steady,
    )


def _factors(answers: Iterable[Risks]) -> tuple[FactorLine, ...]:
    """The middle answer by factor; of an even number the graver one, to be on the safe side."""
    every = list(answers)
    given = {key: [one[key] for one in every if key in one] for key in FACTORS}
    return tuple(_factor(key, found) for key, found in given.items() if found)


def _factor(key: str, found: Sequence[RiskScore]) -> FactorLine:
    named = {bearer for one in found for bearer in one.bearers}
    return FactorLine(
        key=key,
        band=_graver(one.band for one in found),
        impact=_graver(one.impact for one in found),
        bearers=tuple(bearer for bearer in BEARERS if bearer in named),
        mitigations=tuple(dict.fromkeys(one.mitigation for one in found if one.mitigation)),
    )


def _graver(levels: Iterable[int]) -> int:
    ordered = sorted(levels)
    return ordered[len(ordered) // 2]


def _history(db: Session, item_id: int) -> tuple[Line, ...]:
    rows = db.scalars(
        select(ItemMoment).where(ItemMoment.item_id == item_id).order_by(ItemMoment.id.desc())
    )
    runs = (list(run) for _, run in groupby(rows, key=lambda row: (row.kind, row.note)))
    moved = {str(one.id): one for _, one in moves(db, [item_id])}
    return tuple(
        Line(run[0].kind, run[0].note, run[0].at, len(run), _moved(run[0], moved)) for run in runs
    )


def _moved(row: ItemMoment, moved: Mapping[str, Moved]) -> Moved | None:
    return moved.get(row.note) if row.kind == "staged" else None


def _last(db: Session, item_id: int, kind: str) -> int:
    last = select(func.max(ItemMoment.id)).where(
        ItemMoment.item_id == item_id, ItemMoment.kind == kind
    )
    return db.scalar(last) or 0
