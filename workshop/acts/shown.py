"""What a projector says it shows, while its room is rehearsed."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.rehearsals import fresh
from workshop.acts.stage import Change
from workshop.storage.models import Moment, Rehearsal

MOST_LAGS: Final = 300
"""Of a projector’s pictures, how many times are kept: as many as the longest rehearsal has."""


def show(db: Session, *, now: int, workshop_id: int, seq: int) -> Change:
    """A projector of this room shows everything up to `seq`; in a real room nothing is noted.

    What happened before any projector was open says nothing about how fast it is.
    """
    row = db.scalar(fresh().where(Rehearsal.room_id == workshop_id))
    if row is None:
        return Change()
    line = select(Moment.at).where(Moment.workshop_id == workshop_id, Moment.seq == seq)
    at = db.scalar(line)
    if row.screen_at is None:
        row.screen_at = row.shown_at = now
    elif at is not None and at > row.screen_at and len(row.lags) < MOST_LAGS:
        row.lags, row.shown_at = [*row.lags, max(0, now - at)], now
    return Change()
