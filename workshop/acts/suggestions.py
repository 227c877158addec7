"""What a facilitator makes of a suggestion: a theme with its posts, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.room import enter, if_absent, record
from workshop.acts.stage import Change
from workshop.rules.refusals import Refused
from workshop.rules.similar import pair_key
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Post, Theme

ASIDE = if_absent("set_aside")
MOST = 400
"""Posts in one gathering: more than any board holds at once."""


def gather(
    db: Session, *, now: int, workshop_id: int, title: str, post_ids: Sequence[int]
) -> Change:
    """Put posts under a theme with these words, which is made where there is none yet.

    Posts that have left the board meanwhile are left out.

    Raises:
        Refused: `empty` or `too_long` for the words, `pick_some` where no post is left.
    """
    room = enter(db, workshop_id)
    words = clean(title, LIMITS["theme"])
    wanted = select(Post).where(Post.workshop_id == room.id, Post.id.in_(set(post_ids[:MOST])))
    shown = wanted.where(Post.state.in_(("shown", "hidden")), Post.kind.in_(("problem", "idea")))
    found = db.scalars(shown.order_by(Post.id).execution_options(populate_existing=True)).all()
    if not found:
        raise Refused("pick_some")
    theme = db.scalar(select(Theme).where(Theme.workshop_id == room.id, Theme.title == words))
    is_new = theme is None
    if theme is None:
        theme = Theme(workshop_id=room.id, title=words)
        db.add(theme)
        db.flush()
    before = " ".join(f"{post.id}:{post.theme_id or ''}" for post in found)
    for post in found:
        post.theme_id = theme.id
        post.version += 1
    seq = record(db, room, "theme.gathered", now, theme.id if is_new else None, note=before)
    return Change(room.id, seq, {"theme": theme.id, "posts": len(found)})


def ignore(db: Session, *, now: int, workshop_id: int, post_ids: Sequence[int]) -> Change:
    """Set a suggestion aside: these posts are not the same, or no theme of their own."""
    room = enter(db, workshop_id)
    here = select(Post.id).where(Post.workshop_id == room.id, Post.id.in_(set(post_ids[:MOST])))
    found = db.scalars(here).all()
    if len(found) < 2:
        raise Refused("not_found")
    key = pair_key(found)
    ASIDE.run(db, workshop_id=room.id, key=key)
    return Change(room.id, record(db, room, "suggestion.ignored", now, note=key))
