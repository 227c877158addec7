"""What the numbers of the portfolio rest on, as one short text: another text, other numbers."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.rules.scoring.rounds import State
from workshop.rules.scoring.simulation import RULE_VERSION
from workshop.storage.models import Item, ItemMoment
from workshop.storage.panel import states
from workshop.storage.yardsticks import last_change

TOUCHING: Final = ("assessed", "edited", "evidence", "scoring")
"""Lines of an item's history after which its numbers may be others."""


def counted(db: Session, day: date) -> dict[int, State]:
    """The items whose scores may be seen on `day`, and where their scoring stands."""
    found = states(db, db.scalars(select(Item.id).order_by(Item.id)).all(), day)
    return {item: state for item, state in found.items() if state.counts}


def basis(db: Session, day: date) -> str:
    """The newest change that touches a number, the newest yardstick, the rule, and what is seen.

    A round that ends by its day changes what is seen without any line of history.
    """
    last = select(func.max(ItemMoment.id)).where(ItemMoment.kind.in_(TOUCHING))
    seen = ",".join(f"{item}{state.counts}" for item, state in counted(db, day).items())
    return f"{RULE_VERSION}/{db.scalar(last) or 0}/{last_change(db)}/{seen}"
