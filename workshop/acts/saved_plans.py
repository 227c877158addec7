"""A facilitator's own templates: keeping a plan, renaming it, throwing it away.

They belong to an account and to no room, so no room's history tells of them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.acts.plan import planned, steps_in_order
from workshop.acts.room import enter
from workshop.acts.stage import Change
from workshop.rules.packs import as_fields
from workshop.rules.plans import MOST_PLANS
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import SavedPlan


def save_plan(db: Session, *, now: int, workshop_id: int, account_id: int, title: str) -> Change:
    """Keep the steps of a workshop under a name of the facilitator's own.

    Raises:
        Refused: `plan_taken` where they have one of that name, `too_many_plans`.
    """
    room = enter(db, workshop_id)
    words = _free_title(db, account_id, title)
    counted = select(func.count()).where(SavedPlan.account_id == account_id)
    if (db.scalar(counted) or 0) >= MOST_PLANS:
        raise Refused("too_many_plans", most=MOST_PLANS)
    steps = [as_fields(planned(step)) for step in steps_in_order(db, room)]
    row = SavedPlan(account_id=account_id, title=words, steps=steps, created_at=now)
    db.add(row)
    db.flush()
    return Change(answer={"plan": row.id})


def rename_plan(db: Session, *, now: int, account_id: int, plan_id: int, title: str) -> Change:  # noqa: ARG001 - every act takes the time
    """Give one's own template another name."""
    row = _own(db, account_id, plan_id)
    row.title = _free_title(db, account_id, title, but=row.id)
    return Change(answer={"plan": row.id})


def remove_plan(db: Session, *, now: int, account_id: int, plan_id: int) -> Change:  # noqa: ARG001 - every act takes the time
    """Throw one's own template away. Workshops that were made of it stay as they are."""
    db.delete(_own(db, account_id, plan_id))
    return Change(answer={"plan": plan_id})


def saved_steps(db: Session, account_id: int, plan_id: int) -> list[dict[str, Any]]:
    """The steps of one's own template, in the form of `rules.packs`.

    Raises:
        Refused: `not_found`.
    """
    return list(_own(db, account_id, plan_id).steps)


def _own(db: Session, account_id: int, plan_id: int) -> SavedPlan:
    row = db.get(SavedPlan, plan_id, populate_existing=True)
    if row is None or row.account_id != account_id:
        raise Refused("not_found")
    return row


def _free_title(db: Session, account_id: int, title: str, but: int = 0) -> str:
    """The name as it is kept, unless another template of this account has it."""
    words = clean(title, LIMITS["title"])
    same = select(SavedPlan.id).where(
        SavedPlan.account_id == account_id, SavedPlan.title == words, SavedPlan.id != but
    )
    if db.scalar(same) is not None:
        raise Refused("plan_taken")
    return words
