"""Asking people later what came of the promises they took home, and their answers."""

from __future__ import annotations

import hmac

from sqlalchemy.orm import Session

from workshop.acts.items import day_of
from workshop.acts.room import enter, record, voice
from workshop.acts.stage import Change
from workshop.rules.pledges import asks, outcome_of
from workshop.rules.promises import today
from workshop.rules.receipts import owner_mark
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import PledgeAnswer, Post


def set_ask_day(db: Session, *, now: int, workshop_id: int, day: str) -> Change:
    """Say from which day people are asked what came of their promises; no day asks nobody.

    Raises:
        Refused: `bad_date`.
    """
    room = enter(db, workshop_id)
    room.ask_on = day_of(day or None)
    return Change(room.id, record(db, room, "pledges.asked", now))


def answer(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    receipt: str,
    post_id: int,
    outcome: str,
    helped: str = "",
) -> Change:
    """Say what came of one's own promise, and what helped. The latest answer stands.

    No time is kept with it: nothing shall say which answers came together.

    Raises:
        Refused: `not_asked` before the day, `not_yours`, `not_found`, `unknown_choice`, ...
    """
    room = enter(db, workshop_id)
    voice(db, room, seat_id)
    pledge = _own(db, room.id, receipt, post_id)
    if not asks(room.ask_on, today(now)):
        raise Refused("not_asked")
    row = db.get(PledgeAnswer, pledge.id, populate_existing=True)
    if row is None:
        row = PledgeAnswer(post_id=pledge.id)
        db.add(row)
    row.outcome = outcome_of(outcome)
    row.helped = clean(helped, LIMITS["helped"], required=False)
    return Change(room.id, record(db, room, "pledge.answered", now))


def _own(db: Session, workshop_id: int, receipt: str, post_id: int) -> Post:
    found = db.get(Post, post_id, populate_existing=True)
    if found is None or found.workshop_id != workshop_id or found.kind != "pledge":
        raise Refused("not_found")
    if found.state in {"withdrawn", "removed"}:
        raise Refused("not_found")
    if not hmac.compare_digest(found.owner, owner_mark(receipt, found.salt)):
        raise Refused("not_yours")
    return found
