"""The reminder that parked ideas are due for another look, for whoever may look."""

from __future__ import annotations

from workshop.reads.parked import DueCard, parked_due
from workshop.reads.rooms import hosted_by
from workshop.rules.promises import today
from workshop.web.house import house
from workshop.web.reach import host


def due() -> tuple[DueCard, ...]:
    """Parked ideas whose day has come: a leader's are everybody's, a facilitator's their own."""
    account, day = host(), today(house().now()).isoformat()
    with house().store.read() as db:
        own = None if account is None else [room.id for room in hosted_by(db, account)]
        return parked_due(db, day, own)
