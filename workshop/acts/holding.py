"""Whether a post waits for a facilitator's look when it comes in or gets other words."""

from __future__ import annotations

import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.deeds import log_deed
from workshop.acts.merging import drop_out
from workshop.acts.voting import release_marks
from workshop.rules import cards
from workshop.rules.care import PRIVATE, holds
from workshop.rules.receipts import owner_mark
from workshop.rules.wordlist import matches
from workshop.storage.models import Post, Workshop


def arrives(db: Session, room: Workshop, row: Post, receipt: str, now: int) -> None:
    """Add a post: it shows, or it is held, as its workshop's rules of care say."""
    known = room.care == "first" and _known(db, room, receipt)
    db.add(row)
    db.flush()
    why = holds(room.care, row.kind, known=known, matched=_matched(room, row))
    if why:
        row.state, row.held_for = "held", why
        log_deed(db, room, "post.held", now, post_id=row.id, reason=why)


def reworded(db: Session, room: Workshop, row: Post, now: int) -> None:
    """Other words are looked at like new ones; what was asked for them is answered with them."""
    row.looked_at = False
    if row.state == "held" and row.held_for == "asked":
        row.held_for, row.reason, row.note = "again", "", ""
    if row.state not in {"shown", "merged"}:
        return
    why = holds(room.care, row.kind, known=True, matched=_matched(room, row))
    if why:
        hold(db, room, row, why, now)


def hold(db: Session, room: Workshop, row: Post, why: str, now: int) -> None:
    """Take a post off the table until a facilitator has looked. Votes on it go back."""
    if row.top_id is not None:
        drop_out(db, row)
    row.state, row.held_for = "held", why
    release_marks(db, row.id)
    log_deed(db, room, "post.held", now, post_id=row.id, reason=why)


def _known(db: Session, room: Workshop, receipt: str) -> bool:
    """Whether the holder of `receipt` has a post on the table.

    It is worked out from what they hold, at the moment they post, and kept nowhere: a note at
    their seat would say when their post was let through, and so which one it was.
    """
    signs = db.execute(
        select(Post.owner, Post.salt).where(
            Post.workshop_id == room.id, Post.state == "shown", Post.kind.not_in(PRIVATE)
        )
    )
    return any(hmac.compare_digest(owner, owner_mark(receipt, salt)) for owner, salt in signs)


def _matched(room: Workshop, row: Post) -> bool:
    if not room.word_list:
        return False
    return matches(room.word_list, *cards.everything(row))
