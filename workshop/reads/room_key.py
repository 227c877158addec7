"""The little of a workshop that decides who may enter it, read on every event."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.storage.models import Workshop


@dataclass(frozen=True, slots=True)
class RoomKey:
    """The little that decides who may enter a workshop; cheap enough to read on every event."""

    id: int
    slug: str
    facilitator_id: int
    screen_token: str
    helper_token: str | None


def key(db: Session, workshop_id: int) -> RoomKey | None:
    """What decides who may enter this workshop."""
    found = db.execute(
        select(*(getattr(Workshop, field.name) for field in fields(RoomKey))).where(
            Workshop.id == workshop_id
        )
    ).first()
    return RoomKey(*found) if found else None
