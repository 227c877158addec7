"""Changing what ideas are measured by: every change is a new version, with who, when and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workshop.acts.stage import Change
from workshop.rules.refusals import Refused
from workshop.rules.scoring.reworking import Question, reworked
from workshop.rules.scoring.yardstick import as_stored, place_of
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Account, Programme, Yardstick
from workshop.storage.yardsticks import of_programme

LEADERS = frozenset({"leader", "administrator"})
"""Whoever may change the server's own yardstick, and every programme's."""


def change_yardstick(
    db: Session,
    *,
    now: int,
    account_id: int,
    programme_id: int | None,
    criteria: Sequence[Mapping[str, Any]],
    factors: Sequence[Mapping[str, Any]],
    way: str,
    lines: Mapping[str, float],
    why: str,
    seen: int | None = None,
) -> Change:
    """Write the next version of a programme's yardstick, or of the server's (None).

    `criteria` and `factors` hold the fields of `Question`, `lines` those of `Thresholds`; what they
    do not name stays as it is. `way` is a key of `WAYS`, `why` one sentence for whoever wonders
    later, `seen` the version that the person had in front of them.

    Raises Refused `not_allowed`, `not_found`, `overtaken`, `empty` without a reason, and as
    `reworked`.
    """
    _may_change(db, account_id, programme_id)
    place = place_of(programme_id)
    last = db.scalar(select(func.max(Yardstick.version)).where(Yardstick.place == place)) or 0
    if seen is not None and seen != last:
        raise Refused("overtaken")
    yard = of_programme(db, programme_id)
    wanted = [_question(one) for one in criteria], [_question(one) for one in factors]
    row = Yardstick(
        place=place,
        programme_id=programme_id,
        version=last + 1,
        body=as_stored(reworked(yard, *wanted, way, replace(yard.lines, **lines))),
        why=clean(why, LIMITS["evidence"]),
        account_id=account_id,
        at=now,
    )
    _add(db, row)
    return Change(answer={"version": row.version})


def _add(db: Session, row: Yardstick) -> None:
    """Two people in two processes may write the same version: the second looks again."""
    db.add(row)
    try:
        db.flush()
    except IntegrityError:
        raise Refused("overtaken") from None


def _question(told: Mapping[str, Any]) -> Question:
    words = {name: tuple(told.get(name, ())) for name in ("words", "anchors")}
    return Question(told["key"], **words, weigh=told.get("weigh", 0.0), out=told.get("out", False))


def _may_change(db: Session, account_id: int, programme_id: int | None) -> None:
    account = db.get(Account, account_id, populate_existing=True)
    leads = account is not None and account.role in LEADERS
    if programme_id is None:
        if not leads:
            raise Refused("not_allowed")
        return
    programme = db.get(Programme, programme_id, populate_existing=True)
    if programme is None or not (leads or programme.account_id == account_id):
        raise Refused("not_found")
