"""What the facilitator says of an idea beside its count: it waits until a day, or it stays in.

A vote deletes nothing. Both have a reason that everybody can read, and both can be taken back.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from workshop.acts.findings import sealed_round
from workshop.acts.items import day_of
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.promises import today
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Post, Verdict


def give_verdict(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    round_id: int,
    idea_id: int,
    kind: str,
    reason: str,
    review_on: str | None = None,
) -> Change:
    """Park an idea until a day, or keep it in whatever its count; a later verdict replaces it.

    Raises:
        Refused: `unknown_choice`, `empty` without a reason, `review_needed` or `review_ahead`
            where a parked idea has no day to come, `not_found`, `not_revealed`.
    """
    room = enter(db, workshop_id)
    row = sealed_round(db, workshop_id, round_id)
    if kind not in {"parked", "kept"}:
        raise Refused("unknown_choice")
    idea = db.get(Post, idea_id)
    if idea is None or idea.workshop_id != room.id or idea.kind != "idea":
        raise Refused("not_found")
    words = clean(reason, LIMITS["verdict"])
    day = _next_look(review_on, now) if kind == "parked" else None
    db.merge(
        Verdict(round_id=row.id, idea_id=idea.id, kind=kind, reason=words, review_on=day, at=now)
    )
    return Change(room.id, record(db, room, "idea.verdict", now, idea.id, note=kind))


def take_verdict_back(
    db: Session, *, now: int, workshop_id: int, round_id: int, idea_id: int
) -> Change:
    """Let an idea stand where its count puts it. Twice is harmless."""
    room = enter(db, workshop_id)
    row = sealed_round(db, workshop_id, round_id)
    found = db.get(Verdict, (row.id, idea_id), populate_existing=True)
    if found is not None:
        db.delete(found)
    return Change(room.id, record(db, room, "idea.verdict", now, idea_id))


def _next_look(review_on: str | None, now: int) -> str:
    day = day_of(review_on)
    if day is None:
        raise Refused("review_needed")
    if day <= today(now).isoformat():
        raise Refused("review_ahead")
    return day
