"""Saying what somebody else has said already: one's own words, in their card."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from workshop.acts import posts
from workshop.acts.merging import put_in
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.storage.models import Post


def join(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    receipt: str,
    text: str,
    host_id: int,
    **details: Any,
) -> Change:
    """Add a problem that stands inside the card `host_id`, as its author asks.

    It is a post like any other: it has its author, it can be changed and taken back, and the
    facilitator can take it out of the card. One that waits for a look waits by itself. What people
    add is no sorting of the facilitator's, so that their "Undo" does not take it apart.

    Raises:
        Refused: `not_found` where that card can no longer be seen, and what refuses any post.
    """
    room = enter(db, workshop_id)
    host = posts.shown(db, room.id, host_id, "problem")
    added = posts.post(
        db,
        now=now,
        workshop_id=workshop_id,
        seat_id=seat_id,
        receipt=receipt,
        kind="problem",
        text=text,
        **details,
    )
    post = db.get_one(Post, added.answer["post"])
    if post.state != "shown":
        return added
    post.theme_id = host.theme_id
    put_in(db, room, post, host)
    return replace(added, seq=record(db, room, "post.joined", now, host.id))
