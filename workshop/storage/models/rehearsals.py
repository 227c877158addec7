"""The last rehearsal of each workshop, and the one that is going on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base, Instant, Key


class Rehearsal(Base):
    """What a workshop's last rehearsal found, or the one that is going on in `room_id`.

    That room is thrown away at the end; what was measured in it stays. `running` is 1 for the one
    that goes on, so that the database itself lets no second one begin. Whoever holds it notes
    `beat_at` each second: where that stands still, its server has lost it. `screen_at` is since
    when a projector was open, `shown_at` when it last showed something new, and `lags` how many
    milliseconds behind it was then. `ground` and `figures` are those of `rules.rehearsals`.
    """

    __tablename__ = "rehearsal"
    __table_args__ = (
        CheckConstraint("running = 1", name="one_running"),
        CheckConstraint("(running IS NULL) = (ended_at IS NOT NULL)", name="ran_or_ended"),
        CheckConstraint("(running IS NULL) = (room_id IS NULL)", name="running_somewhere"),
    )

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    room_id: Mapped[int | None] = mapped_column(Key, ForeignKey("workshop.id"), unique=True)
    running: Mapped[int | None] = mapped_column(unique=True)
    started_at: Mapped[Instant]
    beat_at: Mapped[Instant]
    ends_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    screen_at: Mapped[Instant | None]
    shown_at: Mapped[Instant | None]
    lags: Mapped[list[Any]]
    ground: Mapped[dict[str, Any]]
    figures: Mapped[dict[str, Any]]
