"""Putting a picture on one's own post, and taking it off."""

from __future__ import annotations

import secrets

from sqlalchemy import delete
from sqlalchemy.orm import Session

from workshop.acts.holding import reworded
from workshop.acts.posts import own_post, touched
from workshop.acts.room import running
from workshop.acts.stage import Change
from workshop.rules.pictures import WITH_PICTURES
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Picture


def put_picture(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    receipt: str,
    post_id: int,
    data: bytes,
    width: int,
    height: int,
    alt: str,
) -> Change:
    """Put a picture on one's own post, in the place of the one it may have.

    `data` is what `formats.pictures` made: nothing of the file that came in is kept. A picture is
    looked at like other words, where the room's rules of care ask for that.

    Raises:
        Refused: `not_yours`, `not_found`, `locked`, `no_pictures` for a kind of post that has
            none, `too_long` for the words about it.
    """
    room, _, row = own_post(db, workshop_id, seat_id, receipt, post_id)
    running(room)
    if room.locked:
        raise Refused("locked")
    if row.kind not in WITH_PICTURES:
        raise Refused("no_pictures")
    words = clean(alt, LIMITS["alt"], required=False)
    _off(db, row.id)
    made = Picture(post_id=row.id, key=secrets.token_hex(8), alt=words, data=data)
    made.width, made.height = width, height
    db.add(made)
    reworded(db, room, row, now)
    return touched(db, room, row, now)


def take_picture_off(
    db: Session, *, now: int, workshop_id: int, seat_id: int, receipt: str, post_id: int
) -> Change:
    """Take the picture off one's own post, at any step. It is then gone for good."""
    room, _, row = own_post(db, workshop_id, seat_id, receipt, post_id)
    _off(db, row.id)
    return touched(db, room, row, now)


def _off(db: Session, post_id: int) -> None:
    db.execute(delete(Picture).where(Picture.post_id == post_id))
