"""Just do it: leaders set the lines, staff make small changes inside them and tell how it went."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.items import may_decide
from workshop.acts.offers import Giver, is_givers
from workshop.acts.room import enter, record, voice
from workshop.acts.stage import Change
from workshop.rules.just_do import MOST_TRYING, Lines, change_outcome, check_inside, lines
from workshop.rules.receipts import owner_mark
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Guardrail, Guest, Programme, SmallChange, Workshop


def set_lines(
    db: Session,
    *,
    now: int,
    account_id: int,
    programme_id: int,
    kinds: Sequence[str],
    money: int,
    days: int,
    people: int,
    never: str = "",
) -> Change:
    """A leader says what staff of a programme may change by themselves; it counts from now on.

    Raises:
        Refused: `not_allowed`, `not_found`, and what `just_do.lines` refuses.
    """
    may_decide(db, account_id)
    if db.get(Programme, programme_id) is None:
        raise Refused("not_found")
    found = lines(tuple(kinds), money, days, people, never)
    row = db.get(Guardrail, programme_id, populate_existing=True)
    if row is None:
        row = Guardrail(programme_id=programme_id)
        db.add(row)
    row.kinds, row.never = " ".join(found.kinds), "\n".join(found.never)
    row.money, row.days, row.people = found.money, found.days, found.people
    row.account_id, row.set_at = account_id, now
    return Change(answer={"programme": programme_id})


def lines_of(row: Guardrail) -> Lines:
    """The lines as the rules know them."""
    never = tuple(row.never.split("\n")) if row.never else ()
    return Lines(tuple(row.kinds.split()), row.money, row.days, row.people, never)


def start_change(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    giver: Giver,
    kind: str,
    text: str,
    answers: Mapping[str, str],
) -> Change:
    """Somebody of the staff says what they change, and begins. Nobody has to approve it.

    Raises:
        Refused: `no_lines` while leaders have set none, `staff_only`, `missing_answers`,
            `outside_lines`, `empty`, `many_trying`.
    """
    room = enter(db, workshop_id)
    row = _made_by(db, room, giver)
    rail = db.get(Guardrail, room.programme_id) if room.programme_id else None
    if rail is None or room.programme_id is None:
        raise Refused("no_lines")
    check_inside(lines_of(rail), kind, answers)
    if sum(one.state == "trying" for one in own_changes(db, room.id, giver)) >= MOST_TRYING:
        raise Refused("many_trying", most=MOST_TRYING)
    row.programme_id, row.kind, row.at = room.programme_id, kind, now
    row.text = clean(text, LIMITS["small_change"], multiline=True)
    db.add(row)
    db.flush()
    return Change(room.id, record(db, room, "change.made", now), {"change": row.id})


def _made_by(db: Session, room: Workshop, giver: Giver) -> SmallChange:
    if giver["guest_id"]:
        guest = db.get(Guest, giver["guest_id"], populate_existing=True)
        if guest is None or guest.workshop_id != room.id:
            raise Refused("not_found")
        if guest.kind != "staff":
            raise Refused("staff_only")
        return SmallChange(workshop_id=room.id, guest_id=guest.id)
    if voice(db, room, giver["seat_id"]).group != "staff":
        raise Refused("staff_only")
    salt = secrets.token_hex(16)
    return SmallChange(workshop_id=room.id, salt=salt, owner=owner_mark(giver["receipt"], salt))


def own_changes(db: Session, workshop_id: int, giver: Giver) -> list[SmallChange]:
    """The changes that this person or team made in a workshop."""
    rows = db.scalars(
        select(SmallChange)
        .where(SmallChange.workshop_id == workshop_id)
        .execution_options(populate_existing=True)
    )
    return [row for row in rows if is_givers(row, giver)]


def tell_change(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    giver: Giver,
    change_id: int,
    outcome: str,
    happened: str,
) -> Change:
    """Tell what came of one's own change, and whether to keep, change or drop it.

    Raises:
        Refused: `not_found` for somebody else's or one that a leader stopped, `unknown_choice`, ...
    """
    room = enter(db, workshop_id)
    row = db.get(SmallChange, change_id, populate_existing=True)
    if row is None or row.workshop_id != room.id or not is_givers(row, giver):
        raise Refused("not_found")
    if row.state == "stopped":
        raise Refused("change_stopped")
    row.happened = clean(happened, LIMITS["happened"], multiline=True)
    row.outcome, row.state, row.at = change_outcome(outcome), "told", now
    return Change(room.id, record(db, room, "change.told", now))


def stop_change(
    db: Session, *, now: int, workshop_id: int, account_id: int, change_id: int, reason: str
) -> Change:
    """A leader stops a change, with a reason that everybody may read.

    Raises:
        Refused: `not_allowed`, `not_found`, `empty`.
    """
    room = enter(db, workshop_id)
    may_decide(db, account_id)
    row = db.get(SmallChange, change_id, populate_existing=True)
    if row is None or row.workshop_id != room.id or row.state == "stopped":
        raise Refused("not_found")
    row.reason = clean(reason, LIMITS["reason"], multiline=True)
    row.state, row.outcome, row.at = "stopped", "", now
    return Change(room.id, record(db, room, "change.stopped", now))


def forget_changes(db: Session, rows: Sequence[SmallChange]) -> None:
    """Remove changes: their words, and what leads to whoever made them."""
    for row in rows:
        db.delete(row)
    db.flush()
