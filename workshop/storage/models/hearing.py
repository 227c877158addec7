"""Addresses of people who want to hear back, kept apart from seats and from what anybody wrote."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base, Id, Instant, Key


class Follower(Base):
    """An email address. Taking it back removes the row.

    `mark` is how its owner's receipt is known; `posts` are marks of what they wrote, which nobody
    reads without the server's key (`rules.hearing`). `seen_item` and `seen_moment` are the last
    lines of history that were told or were there before, `late` the items whose lateness was told.
    A letter that waits holds numbers and keys alone; `due_at` is when it is next tried.
    """

    __tablename__ = "follower"
    __table_args__ = (Index("ix_follower_due_at", "due_at"),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(16))
    salt: Mapped[str] = mapped_column(String(32))
    posts: Mapped[list[Any]]
    seen_item: Mapped[int] = mapped_column(Key)
    seen_moment: Mapped[int] = mapped_column(Key)
    late: Mapped[list[Any]] = mapped_column(default=list)
    letter: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    due_at: Mapped[Instant | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[Instant | None]
