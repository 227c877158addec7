"""Care for what people write: asking for other words, asking for a look, and the rules of care."""

from __future__ import annotations

import hmac

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from workshop.acts.deeds import log_deed
from workshop.acts.holding import hold
from workshop.acts.posts import living, touched
from workshop.acts.room import enter, record, running, voice
from workshop.acts.stage import Change
from workshop.acts.voting import release_marks
from workshop.rules.care import CONCERNS, MODES, PRIVATE, REASONS, one_of, reports_hold
from workshop.rules.receipts import owner_mark, report_mark
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Post, Report, Round, Seat, Workshop


def ask_reword(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    post_id: int,
    reason: str = "",
    note: str = "",
    account_id: int | None = None,
) -> Change:
    """Ask a post's author for other words. Until then nobody else sees it.

    Raises:
        Refused: `not_found`, `unknown_choice` for a reason that is none, `too_long`.
    """
    room = enter(db, workshop_id)
    row = living(db, room.id, post_id)
    row.reason = one_of(reason, REASONS)
    row.note = clean(note, LIMITS["care_note"], required=False, multiline=True)
    row.state, row.held_for, row.looked_at = "held", "asked", False
    release_marks(db, row.id)
    log_deed(db, room, "post.asked", now, account_id=account_id, post_id=row.id, reason=reason)
    return touched(db, room, row, now)


def report_post(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    receipt: str,
    post_id: int,
    concern: str,
) -> Change:
    """Ask the facilitator to look at somebody else's post; once for each person.

    Raises:
        Refused: `not_found` for what the room does not see, `own_post`, `unknown_choice`, ...
    """
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    running(room)
    row = living(db, room.id, post_id)
    if row.state != "shown" or row.kind in PRIVATE:
        raise Refused("not_found")
    if hmac.compare_digest(row.owner, owner_mark(receipt, row.salt)):
        raise Refused("own_post")
    mark = report_mark(receipt, row.id)
    concern = one_of(concern, CONCERNS)
    if db.get(Report, (row.id, mark)) is not None:
        return Change(room.id, room.seq, {"post": row.id})
    db.add(Report(post_id=row.id, mark=mark, concern=concern))
    row.reports += 1
    if _holds(db, room, row, seat):
        hold(db, room, row, "reports", now)
        return touched(db, room, row, now)
    return Change(room.id, record(db, room, "post.reported", now, row.id), {"post": row.id})


def _holds(db: Session, room: Workshop, row: Post, seat: Seat) -> bool:
    people = select(func.count()).where(
        Seat.workshop_id == seat.workshop_id, Seat.removed_at.is_(None), Seat.group.in_(VOICES)
    )
    votes = select(exists().where(Round.workshop_id == room.id, Round.state == "open"))
    return reports_hold(
        row.reports,
        db.scalar(people) or 0,
        looked_at=row.looked_at,
        voting=row.kind == "idea" and bool(db.scalar(votes)),
    )


def set_rules(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    care: str,
    word_list: str = "",
    account_id: int | None = None,
) -> Change:
    """Say which posts wait for a look, and which words call for one. What stands is left alone.

    Raises:
        Refused: `unknown_choice`, `too_long`.
    """
    room = enter(db, workshop_id)
    room.care = one_of(care, MODES)
    room.word_list = clean(word_list, LIMITS["word_list"], required=False, multiline=True)
    log_deed(db, room, "care.changed", now, account_id=account_id, reason=care)
    return Change(room.id, record(db, room, "care.changed", now))
