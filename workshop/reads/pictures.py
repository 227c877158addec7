"""The picture on a post, for whoever may see that post now."""

from __future__ import annotations

import hmac

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.receipts import owner_mark
from workshop.storage.models import Picture, Post

TO_HOSTS = ("shown", "held", "hidden")
TO_ITS_AUTHOR = ("shown", "held", "hidden")


def picture(
    db: Session, workshop_id: int, post_id: int, key: str, *, hosts: bool, receipt: str
) -> bytes | None:
    """The picture as a WebP file, or None for whoever does not see the post that it is on.

    Args:
        hosts: whether the reader runs the room, and so sees what is held or hidden, but not what
            waits for its author's other words.
        receipt: the reader's own, by which an author finds what is theirs; may be empty.
    """
    row = db.execute(
        select(Picture.data, Post.state, Post.held_for, Post.owner, Post.salt)
        .join(Post, Post.id == Picture.post_id)
        .where(Post.id == post_id, Post.workshop_id == workshop_id, Picture.key == key)
    ).first()
    if row is None:
        return None
    mine = bool(receipt) and hmac.compare_digest(row.owner, owner_mark(receipt, row.salt))
    seen = (
        row.state == "shown"
        or (hosts and row.state in TO_HOSTS and row.held_for != "asked")
        or (mine and row.state in TO_ITS_AUTHOR)
    )
    data: bytes = row.data
    return data if seen else None
