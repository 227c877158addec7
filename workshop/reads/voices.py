"""The balance of voices in a room, as its facilitator sees it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from workshop.reads.people import Headcount
from workshop.reads.rooms import RoomCard
from workshop.rules.fairness.voices import Balance, balance
from workshop.rules.roles import VOICES
from workshop.storage.models import Post, Speaking
from workshop.storage.prepared import Prepared

COUNTED: Final = ("goal", "problem", "idea")
"""Kinds of post that the room hears; a pledge is its author's alone."""

POSTS: Final = Prepared(
    lambda _: (
        select(Post.group, func.count().label("n"))
        .where(Post.workshop_id == bindparam("workshop"), Post.state == "shown")
        .where(or_(*(Post.kind == kind for kind in COUNTED)))
        .group_by(Post.group)
    )
)
SPOKEN: Final = Prepared(
    lambda _: select(Speaking.group, Speaking.ms).where(
        Speaking.workshop_id == bindparam("workshop")
    )
)


def voices(db: Session, room: RoomCard, heads: Headcount) -> Balance | None:
    """Posts and speaking time by group, small groups folded; None where that would show too much.

    Whoever is speaking now is counted when they stop.
    """
    posts = dict(POSTS.all(db, workshop=room.id))
    spoken = dict(SPOKEN.all(db, workshop=room.id))
    return balance({group: heads.joined[group] for group in VOICES}, posts, spoken)
