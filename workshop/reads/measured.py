"""The answers behind the numbers of some items, for asking what other weights would change."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from workshop.rules.promises import today
from workshop.rules.scoring.joint import Measured
from workshop.storage import basis, measured
from workshop.storage.measured import key_of

__all__ = ["answers_behind", "key_of", "rests_on"]


def answers_behind(db: Session, items: Collection[int], *, now: int) -> list[Measured]:
    """These items as their numbers were drawn; those whose scores nobody may see are left out."""
    seen = {
        item: state.counts for item, state in basis.counted(db, today(now)).items() if item in items
    }
    return measured.measured(db, seen)


def rests_on(db: Session, *, now: int) -> str:
    """What all numbers rest on: while it stays the same, so do the answers."""
    return basis.basis(db, today(now))
