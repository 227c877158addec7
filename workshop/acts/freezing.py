"""The rule of a round may change until somebody votes; then only the budget may, and only up."""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from workshop.acts import exposing, ledger
from workshop.acts.counting import rule_for
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.freezing import may_change, raised_by
from workshop.rules.refusals import Refused
from workshop.storage.models import Elector, HandCount, Pair, Purse, Round, Sheet, Step

BEGINNINGS: Final = (Purse, Elector, HandCount)
"""A row in any of these says that somebody has voted under the rule as it stands."""

RULE: Final = ("method", "budget", "cap", "quadratic", "secret")


def round_at(db: Session, step: Step) -> Round | None:
    """The round of a step, read fresh; None where its vote was never opened."""
    return db.scalar(
        select(Round).where(Round.step_id == step.id).execution_options(populate_existing=True)
    )


def still_free(db: Session, row: Round) -> None:
    """Raise where the rule of `row`, or who votes in it, can't change any more.

    Raises:
        Refused: `rule_frozen` or `sheets_printed`.
    """
    begun = any(db.scalar(select(exists().where(table.round_id == row.id))) for table in BEGINNINGS)
    printed = db.scalar(select(exists().where(Sheet.step_id == row.step_id, Sheet.kind == "vote")))
    may_change(row.state, begun=begun, printed=bool(printed))


def follow_plan(db: Session, row: Round, step: Step) -> None:
    """Give a round that nobody has voted in the rule of its step; the ledger says so."""
    for name in RULE:
        setattr(row, name, getattr(step, name))
    row.secret_key = (row.secret_key or secrets.token_hex(32)) if row.secret else None
    row.raised = 0
    db.execute(delete(Pair).where(Pair.round_id == row.id))
    if row.secret:
        exposing.forget(db, row.id)
    ledger.ruled(db, row)


def raise_budget(db: Session, *, now: int, workshop_id: int, round_id: int, budget: int) -> Change:
    """Give everybody more votes while they vote. What they gave stays; it never goes down.

    Raises:
        Refused: `not_found`, or what `rules.freezing.raised_by` refuses.
    """
    room = enter(db, workshop_id)
    row = db.get(Round, round_id, populate_existing=True)
    if row is None or row.workshop_id != room.id:
        raise Refused("not_found")
    cast = row.secret and db.scalar(select(exists().where(Elector.round_id == row.id)))
    row.raised += raised_by(rule_for(row), row.state, budget, cast=bool(cast))
    row.budget = budget
    db.get_one(Step, row.step_id, populate_existing=True).budget = budget
    db.execute(
        update(Purse)
        .where(Purse.round_id == row.id)
        .values(cap=budget)
        .execution_options(synchronize_session=False)
    )
    ledger.ruled(db, row)
    return Change(room.id, record(db, room, "budget.raised", now, row.id, note=str(budget)))
