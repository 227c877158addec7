"""What every act on a backlog item begins and ends with: find it, be the first, tell it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.acts.room import record
from workshop.acts.stage import Change
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Account, Item, ItemMoment, Workshop

DECIDERS: Final = frozenset({"leader", "administrator"})
"""Who may answer for the organisation."""


def item_of(db: Session, room: Workshop, item_id: int) -> Item:
    """An item of this workshop, read fresh; Refused `not_found`."""
    item = db.get(Item, item_id, populate_existing=True)
    if item is None or item.workshop_id != room.id:
        raise Refused("not_found")
    return item


def may_decide(db: Session, account_id: int) -> None:
    """Raise Refused `not_allowed` unless this account answers for the organisation."""
    account = db.get(Account, account_id, populate_existing=True)
    if account is None or account.role not in DECIDERS:
        raise Refused("not_allowed")


def told(db: Session, room: Workshop, item: Item, kind: str, now: int, *, note: str = "") -> Change:
    """Write the item's own line of history and the room's."""
    db.add(ItemMoment(item_id=item.id, kind=kind, note=note, at=now))
    moment = "item.promoted" if kind == "promoted" else "item.changed"
    return Change(room.id, record(db, room, moment, now, item.id), {"item": item.id})


def not_overtaken(db: Session, item: Item, kind: str, seen: int | None) -> None:
    """Two people at once: whoever saves second is asked to look again, and nothing is lost."""
    if seen is None:
        return
    last = db.scalar(
        select(func.max(ItemMoment.id)).where(
            ItemMoment.item_id == item.id, ItemMoment.kind == kind
        )
    )
    if (last or 0) > seen:
        raise Refused("overtaken")


def words_of(text: Any, limit: str) -> str:  # noqa: ANN401 - clean() judges whatever came in
    """Words as they are stored, or "" where nobody wrote any; `limit` is a line of `LIMITS`."""
    return clean(text, LIMITS[limit], required=False, multiline=True)


def day_of(text: str | None) -> str | None:
    """A day as it is stored, "2026-01-16", or None; Refused `bad_date`."""
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused("bad_date") from None
