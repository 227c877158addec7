"""The numbers of an item, brought up to date: read, draw outside a transaction, store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.acts.items import item_of
from workshop.acts.room import enter, record
from workshop.acts.stage import Change, Stage
from workshop.rules.scoring.appraisal import Appraisal, appraise, as_stored
from workshop.rules.scoring.simulation import Case
from workshop.storage.models import Appraisal as Stored
from workshop.storage.models import Item, ItemMoment
from workshop.storage.panel import assessments, facts


def work_out(
    stage: Stage, item_id: int, offload: Callable[..., Any] = lambda act, *values: act(*values)
) -> None:
    """Bring an item's numbers up to date; one that nobody has scored has none.

    `offload(function, *values)` runs the draws where they hold up nobody.
    """
    with stage.store.read() as db:
        item = db.get_one(Item, item_id)
        panel = assessments(db, item_id)
        basis = _last_moment(db, item_id)
        case = Case(f"item-{item_id}", facts(item), panel)
        workshop_id = item.workshop_id
    if panel:
        made = offload(appraise, case)
        stage.perform(
            save_appraisal, workshop_id=workshop_id, item_id=item_id, made=made, basis=basis
        )


def save_appraisal(
    db: Session, *, now: int, workshop_id: int, item_id: int, made: Appraisal, basis: int
) -> Change:
    """Keep the numbers of an item, unless newer ones came first.

    `basis` is the item's last line of history when the answers were read.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    stored = db.get(Stored, item.id, populate_existing=True)
    if stored is None:
        stored = Stored(item_id=item.id)
        db.add(stored)
    elif stored.numbers["basis"] > basis:
        return Change(room.id, room.seq)
    stored.rule_version, stored.seed, stored.at = made.version, made.seed, now
    stored.numbers = {**as_stored(made), "basis": basis}
    return Change(room.id, record(db, room, "item.changed", now, item.id))


def _last_moment(db: Session, item_id: int) -> int:
    last = select(func.max(ItemMoment.id)).where(ItemMoment.item_id == item_id)
    return db.scalar(last) or 0
