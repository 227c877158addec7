"""Taking a seat, changing group, leaving, and being asked to leave."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from workshop.acts.deeds import log_deed
from workshop.acts.patterns import place_mark
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.care import LEAVING, one_of
from workshop.rules.receipts import receipt_hash
from workshop.rules.refusals import Refused
from workshop.rules.roles import CHANNELS, GROUPS
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Seat, Workshop


def take_seat(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    group: str,
    receipt: str,
    name: str = "",
    language: str = "en",
    by_link: bool = False,
    channel: str = "phone",
    address: str = "",
    browser: str = "",
) -> Change:
    """Give a person a seat. `receipt` was drawn by the door and is shown to them alone.

    Of `address` and `browser`, where they are given, marks under the room's key are kept.

    Raises:
        Refused: `doors_closed`, `finished`, or `unknown_choice` for a group that is none.
    """
    room = enter(db, workshop_id)
    _takes_people(room, group, channel)
    seat = Seat(
        workshop_id=room.id,
        group=group,
        name=clean(name, LIMITS["name"], required=False),
        language=language,
        receipt_hash=receipt_hash(receipt),
        channel=channel,
        joined_at=now,
        origin=place_mark(room, "place", address),
        device=place_mark(room, "device", browser),
    )
    db.add(seat)
    db.flush()
    seq = record(db, room, "seat.taken", now, note="link" if by_link else "code")
    return Change(room.id, seq, {"seat": seat.id})


def _takes_people(room: Workshop, group: str, channel: str) -> None:
    """Raise where nobody can take such a seat in this room now."""
    if group not in GROUPS or channel not in CHANNELS:
        raise Refused("unknown_choice")
    if room.state == "finished":
        raise Refused("finished")
    if not room.doors_open:
        raise Refused("doors_closed")


def change_group(db: Session, *, now: int, workshop_id: int, seat_id: int, group: str) -> Change:
    """Move a seat to another group. What the person posted keeps the group it was posted from."""
    room = enter(db, workshop_id)
    seat = _seat(db, room.id, seat_id)
    if group not in GROUPS:
        raise Refused("unknown_choice")
    seat.group = group
    return Change(room.id, record(db, room, "seat.changed", now))


def leave(db: Session, *, now: int, workshop_id: int, seat_id: int) -> Change:
    """A person gets up. Their posts and votes stay, and their code brings them back."""
    room = enter(db, workshop_id)
    seat = _seat(db, room.id, seat_id)
    return Change(room.id, record(db, room, "seat.left", now), gone_seats=(seat.id,))


def set_language(db: Session, *, now: int, workshop_id: int, seat_id: int, language: str) -> Change:
    """Note in which language somebody reads and, unless they say otherwise, writes."""
    room = enter(db, workshop_id)
    _seat(db, room.id, seat_id).language = language
    return Change(room.id, record(db, room, "seat.kept", now))


def sign_out_others(db: Session, *, now: int, workshop_id: int, seat_id: int) -> Change:
    """Sign a person out on every device, so that only who shows the receipt again comes back.

    The answer carries the seat's new epoch, with which the asking device stays signed in.
    """
    room = enter(db, workshop_id)
    seat = _seat(db, room.id, seat_id)
    seat.epoch += 1
    seq = record(db, room, "seat.kept", now)
    return Change(room.id, seq, {"epoch": seat.epoch}, gone_seats=(seat.id,))


def set_helpers(db: Session, *, now: int, workshop_id: int, welcome: bool) -> Change:
    """Make the link that makes a device a helper's, or end it for every device that has it."""
    room = enter(db, workshop_id)
    if room.state == "finished":
        raise Refused("finished")
    room.helper_token = secrets.token_urlsafe(16) if welcome else None
    return Change(room.id, record(db, room, "helpers.set", now))


def remove_seat(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    reason: str = "",
    account_id: int | None = None,
) -> Change:
    """The facilitator asks a person to leave: their seat and every connection is closed.

    Raises:
        Refused: `not_found`, `removed`, or `unknown_choice` for a reason that is none.
    """
    room = enter(db, workshop_id)
    seat = _seat(db, room.id, seat_id)
    reason = one_of(reason, LEAVING)
    seat.removed_at = now
    log_deed(db, room, "seat.removed", now, account_id=account_id, seat_id=seat.id, reason=reason)
    return Change(room.id, record(db, room, "seat.left", now), gone_seats=(seat.id,))


def _seat(db: Session, workshop_id: int, seat_id: int) -> Seat:
    seat = db.get(Seat, seat_id, populate_existing=True)
    if seat is None or seat.workshop_id != workshop_id:
        raise Refused("not_found")
    if seat.removed_at is not None:
        raise Refused("removed")
    return seat
