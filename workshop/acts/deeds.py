"""The care log: one line for everything that is done to a post or a seat, never with its words."""

from __future__ import annotations

from sqlalchemy.orm import Session

from workshop.rules.care import DEEDS
from workshop.storage.models import Deed, Workshop


def log_deed(
    db: Session,
    room: Workshop,
    kind: str,
    now: int,
    *,
    account_id: int | None = None,
    post_id: int | None = None,
    seat_id: int | None = None,
    reason: str = "",
) -> None:
    """Write one line. Without an account, the workshop's own rules did it.

    Args:
        kind: a key of `care.DEEDS`.
        reason: a key of a closed list; free words have no place here.
    """
    if kind not in DEEDS:
        raise KeyError(kind)
    db.add(
        Deed(
            workshop_id=room.id,
            kind=kind,
            post_id=post_id,
            seat_id=seat_id,
            account_id=account_id,
            reason=reason,
            at=now,
        )
    )
