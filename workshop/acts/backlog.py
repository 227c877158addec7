"""What becomes of an idea after the room: an item, its facts, its answer and its outcome."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.lineage import trace
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.backlog import headline
from workshop.rules.refusals import Refused
from workshop.storage.models import Item, ItemMoment, Post, Round


def promote(db: Session, *, now: int, workshop_id: int, idea_id: int, round_id: int) -> Change:
    """Take an idea into the backlog with all that led to it; a second time changes nothing.

    The answer carries the item's number.

    Raises:
        Refused: `not_found`, or `not_revealed` until the room has seen the counts.
    """
    room = enter(db, workshop_id)
    known = db.scalar(select(Item.id).where(Item.idea_id == idea_id, Item.workshop_id == room.id))
    if known is not None:
        return Change(room.id, room.seq, {"item": known})
    idea = db.get(Post, idea_id, populate_existing=True)
    row = db.get(Round, round_id, populate_existing=True)
    if idea is None or idea.workshop_id != room.id or (idea.kind, idea.state) != ("idea", "shown"):
        raise Refused("not_found")
    if row is None or row.workshop_id != room.id:
        raise Refused("not_found")
    item = Item(
        workshop_id=room.id,
        idea_id=idea.id,
        title=headline(idea.text),
        lineage=trace(db, room, idea, row),
        answer_by=room.answer_by,
        created_at=now,
    )
    db.add(item)
    db.flush()
    db.add(ItemMoment(item_id=item.id, kind="promoted", at=now))
    return Change(room.id, record(db, room, "item.promoted", now, item.id), {"item": item.id})
