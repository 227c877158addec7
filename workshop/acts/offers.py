"""Offering something: by somebody with a seat, or by a guest with a link; and taking it back."""

from __future__ import annotations

import hmac
import secrets
from typing import TypedDict

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workshop.acts.room import enter, record, voice
from workshop.acts.stage import Change
from workshop.rules.offers import MOST_OFFERS, OFFER_KINDS, is_agreed, kind_of, says
from workshop.rules.receipts import owner_mark
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Contact, Guest, Match, Offer, SmallChange, Workshop


class Giver(TypedDict):
    """Who offers: a seat with the receipt that only its person holds, or a guest by number.

    Of a guest `seat_id` is 0 and `receipt` empty; of a seat `guest_id` is 0.
    """

    seat_id: int
    receipt: str
    guest_id: int


def make_offer(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    giver: Giver,
    kind: str,
    text: str,
    name: str = "",
    reach: str = "",
    wide: bool = False,
) -> Change:
    """Offer something to a workshop, or to its whole programme where `wide`.

    `name` and `reach` say how to get in touch. They are kept apart and shown to nobody until both
    sides of a match have said yes.

    Raises:
        Refused: `unknown_choice`, `empty`, `too_many_offers`, what a seat without a voice gets.
    """
    room = enter(db, workshop_id)
    row = _given_by(db, room, giver)
    row.kind = kind_of(kind, OFFER_KINDS)
    row.text = clean(text, LIMITS["offer"])
    row.wide = wide and room.programme_id is not None
    if len(own_offers(db, room.id, giver)) >= MOST_OFFERS:
        raise Refused("too_many_offers", most=MOST_OFFERS)
    db.add(row)
    db.flush()
    put_contact(db, name, reach, offer_id=row.id)
    return Change(room.id, record(db, room, "offer.changed", now), {"offer": row.id})


def _given_by(db: Session, room: Workshop, giver: Giver) -> Offer:
    """A new row that is this giver's."""
    if giver["guest_id"]:
        guest = db.get(Guest, giver["guest_id"], populate_existing=True)
        if guest is None or guest.workshop_id != room.id:
            raise Refused("not_found")
        return Offer(workshop_id=room.id, group=guest.kind, guest_id=guest.id)
    seat = voice(db, room, giver["seat_id"])
    salt = secrets.token_hex(16)
    owner = owner_mark(giver["receipt"], salt)
    return Offer(workshop_id=room.id, group=seat.group, salt=salt, owner=owner)


def own_offers(db: Session, workshop_id: int, giver: Giver) -> list[Offer]:
    """What this giver offers in a workshop."""
    rows = db.scalars(
        select(Offer)
        .where(Offer.workshop_id == workshop_id)
        .order_by(Offer.id)
        .execution_options(populate_existing=True)
    )
    return [row for row in rows if is_givers(row, giver)]


def is_givers(row: Offer | SmallChange, giver: Giver) -> bool:
    """Whether an offer, or a small change, is this giver's own."""
    if giver["guest_id"]:
        return row.guest_id == giver["guest_id"]
    mark = owner_mark(giver["receipt"], row.salt)
    return row.guest_id is None and hmac.compare_digest(row.owner, mark)


def put_contact(
    db: Session, name: str, reach: str, *, offer_id: int | None = None, item_id: int | None = None
) -> None:
    """Keep how one side can be reached, or forget it where nothing is said."""
    wanted = Contact.offer_id == offer_id if offer_id else Contact.item_id == item_id
    called = clean(name, LIMITS["name"], required=False)
    where = clean(reach, LIMITS["reach"], required=False)
    row = db.scalar(select(Contact).where(wanted))
    if not where:
        if row is not None:
            db.delete(row)
        return
    if row is None:
        row = Contact(offer_id=offer_id, item_id=item_id)
        db.add(row)
    row.name, row.reach = called, where


def change_contact(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    giver: Giver,
    offer_id: int,
    name: str = "",
    reach: str = "",
) -> Change:
    """Say anew how to get in touch about an offer of one's own; nothing said forgets it.

    Without details there is nothing to pass on, so a yes becomes no answer again.
    """
    room = enter(db, workshop_id)
    row = _own(db, room, giver, offer_id)
    put_contact(db, name, reach, offer_id=row.id)
    db.flush()
    if not _has_contact(db, row.id):
        for match in db.scalars(select(Match).where(Match.offer_id == row.id)):
            match.offer_says = ""
    return Change(room.id, record(db, room, "offer.changed", now), {"offer": row.id})


def _own(db: Session, room: Workshop, giver: Giver, offer_id: int) -> Offer:
    row = db.get(Offer, offer_id, populate_existing=True)
    if row is None or row.workshop_id != room.id or not is_givers(row, giver):
        raise Refused("not_found")
    return row


def _has_contact(db: Session, offer_id: int) -> bool:
    count = select(func.count()).select_from(Contact).where(Contact.offer_id == offer_id)
    return bool(db.scalar(count))


def answer_match(
    db: Session, *, now: int, workshop_id: int, giver: Giver, match_id: int, answer: str
) -> Change:
    """Say yes or no to passing one's details on to whoever sees an item through; at any time.

    Raises:
        Refused: `not_found`, `unknown_choice`, `contact_first` where there is nothing to pass on.
    """
    room = enter(db, workshop_id)
    match = db.get(Match, match_id, populate_existing=True)
    if match is None:
        raise Refused("not_found")
    _own(db, room, giver, match.offer_id)
    if says(answer) == "yes" and not _has_contact(db, match.offer_id):
        raise Refused("contact_first")
    match.offer_says = answer
    both = is_agreed(match.offer_says, match.item_says)
    return Change(room.id, record(db, room, "offer.changed", now), {"both": both})


def withdraw_offer(
    db: Session, *, now: int, workshop_id: int, giver: Giver, offer_id: int
) -> Change:
    """Take an offer back: its words, its details and every match of it are gone."""
    room = enter(db, workshop_id)
    forget_offers(db, [_own(db, room, giver, offer_id)])
    return Change(room.id, record(db, room, "offer.changed", now))


def forget_offers(db: Session, rows: list[Offer]) -> None:
    """Remove offers with everything that hangs on them."""
    numbers = [row.id for row in rows]
    for table in (Match, Contact):
        db.execute(delete(table).where(table.offer_id.in_(numbers)))
    for row in rows:
        db.delete(row)
    db.flush()
