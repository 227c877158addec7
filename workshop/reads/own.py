"""What one person said, and what became of each thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from workshop.reads.followed import Followed
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard
from workshop.reads.trail import Stop, Walk, stops

YES = frozenset({"yes", "test"})


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a person said, with its trail.

    Attributes:
        stops: where it went, in order.
        items: backlog items made of it, or of ideas that answer it.
    """

    post: PostCard
    stops: tuple[Stop, ...]
    items: tuple[Followed, ...]

    @property
    def kept(self) -> Mapping[str, Any]:
        """What its author has told of it, where it is a promise: `outcome` and `helped`."""
        return next((stop.told for stop in self.stops if stop.kind == "kept"), {})

    @property
    def answered(self) -> bool:
        """Whether a leader has said yes to something that came of it."""
        return any(item.answer and item.answer.answer in YES for item in self.items)

    @property
    def ends(self) -> str:
        """How it ends so far: "yes", "no", or "" where no leader has answered yet."""
        if self.answered:
            return "yes"
        return "no" if any(item.answer for item in self.items) else ""


def said(db: Session, room: RoomCard, receipt: str) -> tuple[Said, ...]:
    """Everything the holder of `receipt` wrote and did not take back, newest first."""
    walk = Walk(db, room, receipt)
    return tuple(Said(post, stops(walk, post), walk.items_of(post)) for post in walk.mine)
