"""What an assessor says about an item: an answer is stored whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workshop.acts.assessors import assessor_of
from workshop.acts.items import item_of, told
from workshop.acts.room import enter
from workshop.acts.stage import Change
from workshop.acts.stages import shift
from workshop.rules.promises import today
from workshop.rules.refusals import Refused
from workshop.rules.scoring import assessment as rules
from workshop.rules.scoring.harm import RiskScore as Harm
from workshop.rules.scoring.rounds import require_scoring
from workshop.rules.scoring.yardstick import Yardstick
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Assessment, Assessor, RiskScore, Score
from workshop.storage.panel import join_keys, states
from workshop.storage.yardsticks import of_workshop

Answers = Mapping[str, Mapping[str, Any]]
"""Answers by criterion or factor, each a mapping of its fields."""

MONEY: Final = "savings"


@dataclass(frozen=True, slots=True)
class _Checked:
    """Answers that may be stored: by criterion, and by factor for doing it and standing still."""

    scores: Mapping[str, rules.Score]
    why: Mapping[str, str]
    risks: Mapping[str, Harm]
    still: Mapping[str, Harm]


def assess(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    assessor_id: int,
    scores: Answers,
    risks: Answers,
    still: Answers,
    beside: Mapping[str, Any] | None = None,
    round_now: int | None = None,
) -> Change:
    """One assessor scores an item, or anew in the same round: the whole answer is replaced.

    Args:
        scores: criterion -> {"low", "likely", "high" (0-100), "why"}; savings may be left out.
        risks: every factor -> {"band", "impact" (1-5), "bearers", "mitigation", "owner"}.
        still: the same of standing still.
        beside: what stands beside the scores, each if they like: "reach" (three whole numbers of
            people a year), "evidence" (0-5), "reversible" (a key of `REVERSIBILITY`).
        round_now: the round that the form was opened in, or None where nobody said.

    Raises:
        Refused: `missing_scores`, `savings_how`, `overtaken` where the round has moved on,
            `scoring_talks`, `scoring_closed`, or what the rules of scoring refuse.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    assessor = assessor_of(db, room, assessor_id)
    number = require_scoring(states(db, [item.id], today(now))[item.id], round_now)
    checked = _check(of_workshop(db, room.id), assessor, scores, risks, still)
    row = _answer(db, item.id, assessor.id, number, now)
    _put_beside(row, assessor, beside or {})
    _replace(db, row.id, checked)
    if item.stage == "candidate":
        shift(db, item, "assessed", now, cause="scored")
    return told(db, room, item, "assessed", now)


def _answer(db: Session, item_id: int, assessor_id: int, number: int, now: int) -> Assessment:
    """This assessor's answer in this round, a fresh one where there is none."""
    row = db.scalar(
        select(Assessment).where(
            Assessment.item_id == item_id,
            Assessment.assessor_id == assessor_id,
            Assessment.round == number,
        )
    )
    if row is None:
        row = Assessment(item_id=item_id, assessor_id=assessor_id, round=number, at=now)
        db.add(row)
        db.flush()
    row.at = now
    return row


def _put_beside(row: Assessment, assessor: Assessor, beside: Mapping[str, Any]) -> None:
    """Keep reach, evidence and undoing; the rules check them first."""
    reach = rules.Reach(*beside["reach"]) if beside.get("reach") else None
    evidence, undoing = beside.get("evidence"), beside.get("reversible") or ""
    rules.Assessment(
        str(assessor.id), assessor.standing, {}, evidence=evidence, reversibility=undoing
    )
    row.reach_low = reach.low if reach else None
    row.reach_likely = reach.likely if reach else None
    row.reach_high = reach.high if reach else None
    row.evidence, row.reversible = evidence, undoing or None


def _check(
    yard: Yardstick, assessor: Assessor, scores: Answers, risks: Answers, still: Answers
) -> _Checked:
    """The answers as they may be stored: every question that is asked now, and no other."""
    watched = yard.watched.keys()
    if not (scores.keys() <= yard.asked.keys() and risks.keys() | still.keys() <= watched):
        raise Refused("unknown_criterion")
    if not risks.keys() == watched == still.keys():
        raise Refused("missing_scores")
    checked = _Checked(
        {key: rules.Score(one["low"], one["likely"], one["high"]) for key, one in scores.items()},
        {key: _text(one.get("why", ""), "evidence") for key, one in scores.items()},
        {key: _harm(one) for key, one in risks.items()},
        {key: _harm(one) for key, one in still.items()},
    )
    if MONEY in scores and not checked.why[MONEY]:
        raise Refused("savings_how")
    whole = rules.Assessment(
        str(assessor.id), assessor.standing, checked.scores, checked.risks, checked.still
    )
    whole.require(yard.asked)
    return checked


def _harm(one: Mapping[str, Any]) -> Harm:
    bearers = tuple(one.get("bearers", ()))
    words = _text(one.get("mitigation", ""), "mitigation"), _text(one.get("owner", ""), "who")
    return Harm(one["band"], one["impact"], bearers, *words)


def _text(words: Any, limit: str) -> str:  # noqa: ANN401 - clean() judges whatever came in
    return clean(words, LIMITS[limit], required=False)


def _replace(db: Session, number: int, checked: _Checked) -> None:
    """Put the checked answers in the place of the older ones."""
    db.execute(delete(Score).where(Score.assessment_id == number))
    db.execute(delete(RiskScore).where(RiskScore.assessment_id == number))
    db.add_all(
        Score(
            assessment_id=number,
            criterion=key,
            low=score.low,
            likely=score.likely,
            high=score.high,
            why=checked.why[key],
        )
        for key, score in checked.scores.items()
    )
    for is_still, answers in ((False, checked.risks), (True, checked.still)):
        db.add_all(
            RiskScore(
                assessment_id=number,
                factor=key,
                still=is_still,
                band=harm.band,
                impact=harm.impact,
                bearers=join_keys(harm.bearers),
                mitigation=harm.mitigation,
                owner=harm.owner,
            )
            for key, harm in answers.items()
        )
