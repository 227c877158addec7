"""What an item needs, the offers laid beside it, and the details of who sees it through."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workshop.acts.items import item_of, told
from workshop.acts.offers import put_contact
from workshop.acts.room import enter
from workshop.acts.stage import Change
from workshop.rules.offers import MOST_NEEDS, NEED_KINDS, is_agreed, kind_of, says
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Contact, Item, Match, Need, Offer, Post, Workshop


def needs_of_idea(db: Session, item: Item, idea: Post) -> None:
    """Give a new item the needs that its idea's author wrote."""
    for kind, text in idea.needs:
        db.add(Need(item_id=item.id, kind=kind, text=text, from_idea=True))


def add_need(
    db: Session, *, now: int, workshop_id: int, item_id: int, kind: str, text: str
) -> Change:
    """Write down something that an item needs.

    Raises:
        Refused: `unknown_choice`, `empty`, `too_long`, `too_many_needs`.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    counted = select(func.count()).select_from(Need).where(Need.item_id == item.id)
    if (db.scalar(counted) or 0) >= MOST_NEEDS:
        raise Refused("too_many_needs", most=MOST_NEEDS)
    words = clean(text, LIMITS["need"])
    db.add(Need(item_id=item.id, kind=kind_of(kind, NEED_KINDS), text=words))
    return told(db, room, item, "needs", now)


def remove_need(db: Session, *, now: int, workshop_id: int, item_id: int, need_id: int) -> Change:
    """Take a need off an item, with the offers that lay beside it."""
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    need = _need(db, item, need_id)
    db.execute(delete(Match).where(Match.need_id == need.id))
    db.delete(need)
    return told(db, room, item, "needs", now)


def _need(db: Session, item: Item, need_id: int) -> Need:
    need = db.get(Need, need_id, populate_existing=True)
    if need is None or need.item_id != item.id:
        raise Refused("not_found")
    return need


def lay_beside(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    need_id: int,
    offer_id: int,
    fits: bool,
) -> Change:
    """A person says that an offer fits a need, so that its giver is asked, or that it does not.

    Raises:
        Refused: `not_found`, also for an offer that is not open to this workshop.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    need = _need(db, item, need_id)
    offer = db.get(Offer, offer_id, populate_existing=True)
    if offer is None or not _is_open_to(db, room, offer):
        raise Refused("not_found")
    row = db.scalar(select(Match).where(Match.need_id == need.id, Match.offer_id == offer.id))
    if row is None:
        row = Match(need_id=need.id, offer_id=offer.id)
        db.add(row)
    row.item_says = "" if fits else "no"
    return told(db, room, item, "matched", now)


def _is_open_to(db: Session, room: Workshop, offer: Offer) -> bool:
    if offer.workshop_id == room.id:
        return True
    there = db.get_one(Workshop, offer.workshop_id)
    return offer.wide and there.programme_id is not None and there.programme_id == room.programme_id


def answer_for_item(
    db: Session, *, now: int, workshop_id: int, item_id: int, match_id: int, answer: str
) -> Change:
    """Whoever sees an item through says yes or no to passing their details on; at any time.

    Raises:
        Refused: `not_found`, `unknown_choice`, `contact_first`.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    match = db.get(Match, match_id, populate_existing=True)
    if match is None:
        raise Refused("not_found")
    _need(db, item, match.need_id)
    there = select(func.count()).select_from(Contact).where(Contact.item_id == item.id)
    if says(answer) == "yes" and not db.scalar(there):
        raise Refused("contact_first")
    match.item_says = answer
    kind = "covered" if is_agreed(match.offer_says, match.item_says) else "matched"
    return told(db, room, item, kind, now)


def set_contact(
    db: Session, *, now: int, workshop_id: int, item_id: int, name: str, reach: str
) -> Change:
    """Say how whoever sees an item through can be reached; nothing said forgets it."""
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    put_contact(db, name, reach, item_id=item.id)
    if not clean(reach, LIMITS["reach"], required=False):
        needs = select(Need.id).where(Need.item_id == item.id)
        for match in db.scalars(select(Match).where(Match.need_id.in_(needs))):
            match.item_says = "" if match.item_says == "yes" else match.item_says
    return told(db, room, item, "matched", now)
