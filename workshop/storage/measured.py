"""Items as a run draws them: what is known of each, every answer, and what it is measured by."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.refusals import Refused
from workshop.rules.scoring.joint import Measured
from workshop.rules.scoring.panel import facts_seen
from workshop.rules.scoring.simulation import Case
from workshop.storage.models import Item
from workshop.storage.panel import facts, panels
from workshop.storage.yardsticks import of_workshops


def measured(db: Session, counts: Mapping[int, int]) -> list[Measured]:
    """The items of `counts`, with answers up to the round that it names, in order of number.

    One that nobody has scored, or not to the end, is left out.
    """
    rows = db.scalars(select(Item).where(Item.id.in_(counts)).order_by(Item.id)).all()
    found = panels(db, counts)
    yards = of_workshops(db, [row.workshop_id for row in rows])
    drawn = [
        Measured(
            Case(key_of(row.id), facts_seen(facts(row), found[row.id]), found[row.id]),
            yards[row.workshop_id],
        )
        for row in rows
        if found[row.id]
    ]
    return [one for one in drawn if _can_be_drawn(one)]


def _can_be_drawn(one: Measured) -> bool:
    """Whether some weighted criterion is answered by the whole panel."""
    try:
        return bool(one.yard.shares(one.case.assessments))
    except Refused:
        return False


def key_of(item_id: int) -> str:
    """What an item is called in a run. Its random numbers depend on this name."""
    return f"item-{item_id}"
