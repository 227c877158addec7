"""People who come by a link of their own, and a partner's wish to lead an item."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.acts.items import item_of, may_decide, told
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.offers import GUEST_KINDS, MOST_GUESTS_A_MINUTE, kind_of
from workshop.rules.receipts import token_hash
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Adoption, Guest, Item

MINUTE_MS: Final = 60_000


def make_guest(
    db: Session, *, now: int, workshop_id: int, kind: str, name: str, token: str
) -> Change:
    """Give somebody a link of their own to one workshop. Only the hash of its token is kept.

    Raises:
        Refused: `unknown_choice`, `empty`, `too_long`, or `too_fast` where many came just now.
    """
    room = enter(db, workshop_id)
    lately = select(func.count()).where(
        Guest.workshop_id == room.id, Guest.created_at > now - MINUTE_MS
    )
    if (db.scalar(lately) or 0) >= MOST_GUESTS_A_MINUTE:
        raise Refused("too_fast")
    row = Guest(
        workshop_id=room.id,
        kind=kind_of(kind, GUEST_KINDS),
        name=clean(name, LIMITS["title"]),
        token_hash=token_hash(token),
        created_at=now,
    )
    db.add(row)
    db.flush()
    return Change(room.id, record(db, room, "guest.added", now), {"guest": row.id})


def ask_to_lead(
    db: Session, *, now: int, workshop_id: int, item_id: int, guest_id: int, why: str
) -> Change:
    """A partner asks to lead an item. Asking again says it anew while no answer is given.

    Raises:
        Refused: `not_found`, `is_led` where somebody leads it already, `empty`.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    guest = db.get(Guest, guest_id, populate_existing=True)
    if guest is None or guest.workshop_id != room.id or guest.kind != "partner":
        raise Refused("not_found")
    if leads(db, item) is not None:
        raise Refused("is_led")
    words = clean(why, LIMITS["lead_why"], multiline=True)
    mine = (Adoption.item_id == item.id, Adoption.guest_id == guest.id)
    row = db.scalar(select(Adoption).where(*mine, Adoption.state == "asked"))
    if row is None:
        row = Adoption(item_id=item.id, guest_id=guest.id)
        db.add(row)
    row.why, row.at = words, now
    return told(db, room, item, "lead.asked", now)


def leads(db: Session, item: Item) -> Adoption | None:
    """The agreement by which a partner leads an item."""
    wanted = (Adoption.item_id == item.id, Adoption.state == "agreed")
    return db.scalar(select(Adoption).where(*wanted).execution_options(populate_existing=True))


def voice_of(db: Session, item: Item, guest_id: int) -> str:
    """Whose words an act writes down: "" at the desk (0), else the partner who leads the item.

    Raises:
        Refused: `lead_over` for a guest who does not lead it, or does no longer.
    """
    if not guest_id:
        return ""
    lead = leads(db, item)
    if lead is None or lead.guest_id != guest_id:
        raise Refused("lead_over")
    return db.get_one(Guest, guest_id).name


def answer_lead(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    item_id: int,
    adoption_id: int,
    account_id: int,
    agree: bool,
    reason: str,
) -> Change:
    """A leader agrees that a partner leads an item, declines, or ends it; with a reason.

    With a yes the organisation owns the item, and everybody reads its name.

    Raises:
        Refused: `not_found`, `not_allowed`, `is_led`, `empty`.
    """
    room = enter(db, workshop_id)
    item = item_of(db, room, item_id)
    may_decide(db, account_id)
    row = db.get(Adoption, adoption_id, populate_existing=True)
    if row is None or row.item_id != item.id or row.state not in {"asked", "agreed"}:
        raise Refused("not_found")
    if agree and leads(db, item) is not None:
        raise Refused("is_led")
    row.reason = clean(reason, LIMITS["reason"], multiline=True)
    guest = db.get_one(Guest, row.guest_id)
    if agree:
        row.state, item.owner = "agreed", guest.name
    else:
        item.owner = "" if row.state == "agreed" and item.owner == guest.name else item.owner
        row.state = "ended" if row.state == "agreed" else "declined"
    row.at = now
    return told(db, room, item, f"lead.{row.state}", now)
