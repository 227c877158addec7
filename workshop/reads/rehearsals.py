"""The rehearsal of a workshop as its facilitator sees it, while it goes on and afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads import rooms
from workshop.reads.rooms import RoomCard
from workshop.rules.rehearsals import (
    SILENT_MS,
    Figures,
    Finding,
    Ground,
    Projector,
    is_ready,
    read_as,
    verdict,
)
from workshop.storage.models import Rehearsal, Workshop


@dataclass(frozen=True, slots=True)
class RehearsalCard:
    """A rehearsal.

    Attributes:
        room: the throwaway room, while the rehearsal goes on.
        left: milliseconds until it is ended by force.
        is_wiped: whether nothing of a rehearsal's room is left.
        watched: whether a projector page of it has been seen.
        findings: what was found, once it is over.
    """

    room: RoomCard | None
    started_at: int
    ended_at: int | None
    left: int
    figures: Figures
    ground: Ground
    is_wiped: bool
    watched: bool
    findings: tuple[Finding, ...]

    @property
    def is_ready(self) -> bool:
        """Whether it is over and nothing has to be mended."""
        return self.ended_at is not None and is_ready(self.findings)


def rehearsal(db: Session, workshop_id: int, now: int) -> RehearsalCard | None:
    """The last rehearsal of a workshop, or the one that goes on; None where there was none.

    One that its server has lost reads as broken off, also before anybody has wiped it.
    """
    row = db.get(Rehearsal, workshop_id)
    if row is None:
        return None
    found: Figures = read_as(Figures, row.figures)
    ground: Ground = read_as(Ground, row.ground)
    is_lost = row.running is not None and now - row.beat_at >= SILENT_MS
    ended = row.beat_at if is_lost else row.ended_at
    if is_lost:
        found = read_as(Figures, {**row.figures, "outcome": "broke"})
    return RehearsalCard(
        room=None if ended is not None else rooms.by_id(db, row.room_id or 0),
        started_at=row.started_at,
        ended_at=ended,
        left=max(0, row.ends_at - now),
        figures=found,
        ground=ground,
        is_wiped=not _is_left(db, workshop_id),
        watched=row.screen_at is not None,
        findings=() if ended is None else verdict(found, ground, _projector(row, ended)),
    )


def _projector(row: Rehearsal, ended: int) -> Projector:
    if row.screen_at is None:
        return Projector()
    still = ended - (row.shown_at or row.screen_at)
    return Projector(ended - row.screen_at, max(0, still), tuple(row.lags))


def _is_left(db: Session, workshop_id: int) -> bool:
    """Whether a room in which this workshop was rehearsed is still there."""
    left = select(Workshop.id).where(Workshop.rehearses_id == workshop_id)
    return db.scalar(left.limit(1)) is not None


def is_busy(db: Session, now: int) -> bool:
    """Whether a rehearsal of any workshop goes on at this server."""
    beat_at = db.scalar(select(Rehearsal.beat_at).where(Rehearsal.running == 1))
    return beat_at is not None and now - beat_at < SILENT_MS
