"""The scores and risks of one backlog item, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from workshop.reads.item_card import ItemCard
from workshop.rules.scoring.assessment import Assessment
from workshop.rules.scoring.harm import Risks, RiskScore
from workshop.rules.scoring.panel import disagreement, medians
from workshop.rules.scoring.risk import BEARERS
from workshop.rules.scoring.sensitivity import steady_range
from workshop.rules.scoring.yardstick import Yardstick


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


def criteria_lines(
    yard: Yardstick, card: ItemCard, cards: Sequence[ItemCard], panel: Sequence[Assessment]
) -> tuple[CriterionLine, ...]:
    """What the panel says on every criterion that counts for this item."""
    appraisal = card.appraisal
    if appraisal is None:
        return ()
    # Only items that answer to the same weights can swap places because one of them moves.
    expected = {
        str(one.id): one.appraisal.expected
        for one in cards
        if one.appraisal and one.appraisal.weights == appraisal.weights
    }
    return tuple(
        _criterion(
            key,
            panel,
            weight=appraisal.weights.get(key, 0.0),
            discuss=key in appraisal.discuss,
            steady=steady_range(expected, str(card.id), key, appraisal.weights, yard.criteria),
        )
        for key in appraisal.weights
        if key in yard.criteria and all(key in one.scores for one in panel)
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


def factor_lines(yard: Yardstick, answers: Iterable[Risks]) -> tuple[FactorLine, ...]:
    """The middle answer by factor; of an even number the graver one, to be on the safe side."""
    every = list(answers)
    given = {key: [one[key] for one in every if key in one] for key in yard.factors}
    return tuple(_factor(key, found) for key, found in given.items() if found)


def _factor(key: str, found: Sequence[RiskScore]) -> FactorLine:
    named = {bearer for one in found for bearer in one.bearers}
    return FactorLine(
        key=key,
        band=_graver(one.band for one in found),
        impact=_graver(one.impact for one in found),
        bearers=tuple(bearer for bearer in BEARERS if bearer in named),
        mitigations=tuple(dict.fromkeys(filter(None, map(_plan, found)))),
    )


def _plan(score: RiskScore) -> str:
    """What would make it smaller, and who does that."""
    return f"{score.mitigation} ({score.owner})" if score.owner else score.mitigation


def _graver(levels: Iterable[int]) -> int:
    ordered = sorted(levels)
    return ordered[len(ordered) // 2]
