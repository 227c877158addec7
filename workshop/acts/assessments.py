"""Who scores, and what they say about an item: an answer is stored whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workshop.acts.items import item_of, told
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.acts.stages import shift
from workshop.rules.receipts import token_hash
from workshop.rules.refusals import Refused
from workshop.rules.roles import STANDINGS
from workshop.rules.scoring import assessment as rules
from workshop.rules.scoring.criteria import CRITERIA
from workshop.rules.scoring.harm import RiskScore as Harm
from workshop.rules.scoring.risk import FACTORS
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Account, Assessment, Assessor, RiskScore, Score, Workshop
from workshop.storage.panel import join_keys

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


def invite_assessor(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    name: str,
    standing: str,
    token: str,
    lived: bool = False,
    frontline: bool = False,
) -> Change:
    """Ask somebody without an account to score. Only the hash of their link's token is kept.

    Raises:
        Refused: `empty`, `too_long`, or `unknown_choice` for a standing that is none.
    """
    room = enter(db, workshop_id)
    row = _assessor(room, name, standing, now, lived=lived, frontline=frontline)
    row.token_hash = token_hash(token)
    return _seated(db, room, row, now)


def join_assessors(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    account_id: int,
    standing: str,
    lived: bool = False,
    frontline: bool = False,
) -> Change:
    """Somebody who signs in becomes an assessor of a workshop; a second time changes nothing.

    The answer carries the assessor's number.
    """
    room = enter(db, workshop_id)
    known = select(Assessor.id).where(
        Assessor.workshop_id == room.id, Assessor.account_id == account_id
    )
    if (found := db.scalar(known)) is not None:
        return Change(room.id, room.seq, {"assessor": found})
    account = db.get(Account, account_id)
    if account is None:
        raise Refused("not_found")
    row = _assessor(room, account.name, standing, now, lived=lived, frontline=frontline)
    row.account_id = account.id
    return _seated(db, room, row, now)


def _assessor(
    room: Workshop, name: str, standing: str, now: int, *, lived: bool, frontline: bool
) -> Assessor:
    if standing not in STANDINGS:
        raise Refused("unknown_choice")
    return Assessor(
        workshop_id=room.id,
        name=clean(name, LIMITS["title"]),
        standing=standing,
        lived=lived,
        frontline=frontline,
        created_at=now,
    )


def _seated(db: Session, room: Workshop, row: Assessor, now: int) -> Change:
    db.add(row)
    db.flush()
    return Change(room.id, record(db, room, "assessor.added", now, row.id), {"assessor": row.id})


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
) -> Change:
    """One assessor scores an item, or scores it anew: the whole answer replaces the one before.

    Args:
        scores: criterion -> {"low", "likely", "high" (0-100), "why"}; savings may be left out.
        risks: every factor -> {"band", "impact" (1-5), "bearers", "mitigation"}, of doing it.
        still: the same of standing still.

    Raises:
        Refused: `missing_scores`, `savings_how`, or what the rules of scoring refuse.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    assessor = db.get(Assessor, assessor_id, populate_existing=True)
    if assessor is None or assessor.workshop_id != room.id:
        raise Refused("not_found")
    checked = _check(assessor, scores, risks, still)
    known = select(Assessment).where(
        Assessment.item_id == item.id, Assessment.assessor_id == assessor.id
    )
    row = db.scalar(known)
    if row is None:
        row = Assessment(item_id=item.id, assessor_id=assessor.id, at=now)
        db.add(row)
        db.flush()
    row.at = now
    _replace(db, row.id, checked)
    if item.stage == "candidate":
        shift(db, item, "assessed", now, cause="scored")
    return told(db, room, item, "assessed", now)


def _check(assessor: Assessor, scores: Answers, risks: Answers, still: Answers) -> _Checked:
    if not scores.keys() <= CRITERIA.keys():
        raise Refused("unknown_criterion")
    if not (risks.keys() == FACTORS.keys() == still.keys()):
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
    whole.require()
    return checked


def _harm(one: Mapping[str, Any]) -> Harm:
    bearers = tuple(one.get("bearers", ()))
    return Harm(one["band"], one["impact"], bearers, _text(one.get("mitigation", ""), "mitigation"))


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
            )
            for key, harm in answers.items()
        )
