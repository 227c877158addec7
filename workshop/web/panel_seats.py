"""Who is scoring: somebody with a personal link, or an account that may have no seat yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort

from workshop.reads import assessors, backlog
from workshop.reads.assessors import ToScore
from workshop.rules.promises import today
from workshop.rules.roles import AssessorCard
from workshop.rules.scoring.rounds import STATES, State
from workshop.web.house import house, who
from workshop.web.reach import host


@dataclass(frozen=True, slots=True)
class Seat:
    """Who scores this item, None for an account without a seat, and where its scoring stands."""

    item: ToScore
    assessor: AssessorCard | None

    @property
    def state(self) -> State:
        """Where the scoring of the item stands."""
        return STATES[self.item.state]


def day_now() -> date:
    """The calendar day by the server's clock."""
    return today(house().now())


def seat_in(db: Any, workshop_id: int) -> AssessorCard | None:  # noqa: ANN401 - a reading session
    """This caller's seat on the panel of a workshop: by their link, else by their account."""
    caller = who()
    if caller.assessor and caller.assessor.workshop_id == workshop_id:
        return caller.assessor
    return assessors.of_account(db, workshop_id, caller.account.id) if caller.account else None


def seat_at(item_id: int) -> Seat:
    """Who scores this item; 404 where it is not for this caller."""
    caller = who()
    with house().store.read() as db:
        item = assessors.one_to_score(db, item_id, None, day=day_now()) or abort(404)
        by_link = bool(caller.assessor and caller.assessor.workshop_id == item.workshop_id)
        seen = caller.account and backlog.visible(db, item_id, host=host())
        if not (by_link or seen):
            abort(404)
        me = seat_in(db, item.workshop_id)
        if me:
            item = assessors.one_to_score(db, item_id, me.id, day=day_now()) or item
    return Seat(item, me)
