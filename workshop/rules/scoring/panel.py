"""What several assessors say together: are they enough, do they agree, and where groups stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean, median, median_low, pstdev
from typing import Final

from workshop.rules.refusals import N_, Refused
from workshop.rules.roles import STANDINGS
from workshop.rules.scoring.assessment import Assessment, ItemFacts, Reach
from workshop.rules.scoring.criteria import CRITERIA, Criterion
from workshop.rules.scoring.risk import REVERSIBILITY
from workshop.rules.scoring.weights import normalised

FEWEST: Final = 3
FULL_SPREAD: Final = 50.0
"""The largest population SD that answers on 0-100 can have: half say 0 and half say 100."""

DISCUSS_FIRST: Final = 0.3

SHORTFALLS: Final[dict[str, str]] = {
    "assessors": N_("At least three people need to score this. So far it’s %(count)s."),
    "lived": N_("Please ask somebody who has lived through it to score this too."),
    "frontline": N_("Please ask somebody who does the work every day to score this too."),
}
"""What is still missing from a panel, each with its sentence."""


def shortfalls(assessments: Sequence[Assessment]) -> tuple[str, ...]:
    """Keys of `SHORTFALLS` that hold; empty where the panel is enough (METHODS: uncertainty)."""
    missing = {
        "assessors": len({one.assessor for one in assessments}) < FEWEST,
        "lived": not any(one.lived for one in assessments),
        "frontline": not any(one.frontline for one in assessments),
    }
    return tuple(key for key in SHORTFALLS if missing[key])


def disagreement(assessments: Iterable[Assessment], criterion: str) -> float:
    """D_c = population SD of the likely values / 50, from 0 (all alike) to 1.

    Assessors who did not answer the criterion do not count; with nobody it is 0.
    """
    likely = [one.scores[criterion].likely for one in assessments if criterion in one.scores]
    return pstdev(likely) / FULL_SPREAD if likely else 0.0


def to_discuss(
    assessments: Sequence[Assessment],
    criteria: Mapping[str, Criterion] = CRITERIA,
    threshold: float = DISCUSS_FIRST,
) -> tuple[str, ...]:
    """Keys of the ranked criteria on which the assessors differ enough to talk first.

    Whatever its weight today, people who differ on it should talk; a quarrel about money, which is
    not ranked, must not move an idea.
    """
    return tuple(
        key
        for key, criterion in criteria.items()
        if criterion.ranked and disagreement(assessments, key) >= threshold
    )


def medians(
    assessments: Iterable[Assessment], criterion: str, at_least: int = 1
) -> dict[str, float]:
    """The median likely value by standing, in the order of `STANDINGS`.

    A standing with fewer than `at_least` answers is left out: too few to show apart.
    """
    likely: dict[str, list[float]] = {standing: [] for standing in STANDINGS}
    for one in assessments:
        if criterion in one.scores:
            likely[one.standing].append(one.scores[criterion].likely)
    return {key: median(found) for key, found in likely.items() if len(found) >= max(1, at_least)}


def expected(
    assessments: Sequence[Assessment],
    weights: Mapping[str, float],
    evidence: int,
    criteria: Mapping[str, Criterion] = CRITERIA,
) -> dict[str, float]:
    """The mean over assessors of the PERT mean, by weighted criterion, after evidence widening.

    Raises Refused `no_scores` without assessors and `missing_scores` where one left a gap.
    """
    if not assessments:
        raise Refused("no_scores")
    shares = normalised(weights, criteria)
    if any(not shares.keys() <= one.scores.keys() for one in assessments):
        raise Refused("missing_scores")
    return {
        key: fmean(one.scores[key].widened(evidence).mean for one in assessments) for key in shares
    }


def facts_seen(facts: ItemFacts, assessments: Sequence[Assessment]) -> ItemFacts:
    """The facts with the panel’s own view of evidence and undoing, where anybody gave one.

    The middle answer stands; of an even number the more careful one: less known, harder to undo.
    """
    known = [one.evidence for one in assessments if one.evidence is not None]
    steps = list(REVERSIBILITY)
    undoing = sorted(steps.index(one.reversibility) for one in assessments if one.reversibility)
    return replace(
        facts,
        evidence=median_low(known) if known else facts.evidence,
        reversibility=steps[undoing[len(undoing) // 2]] if undoing else facts.reversibility,
    )


def reach_seen(assessments: Iterable[Assessment]) -> Reach | None:
    """How many people a year: the lowest low, the median likely, the highest high; or None."""
    given = [one.reach for one in assessments if one.reach]
    if not given:
        return None
    likely = median_low(one.likely for one in given)
    return Reach(min(one.low for one in given), likely, max(one.high for one in given))
