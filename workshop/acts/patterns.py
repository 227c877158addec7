"""Deciding about votes that look as if one person had cast many, and forgetting what shows that."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, exists, false, select, update
from sqlalchemy.orm import Session

from workshop.acts.deeds import log_deed
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.patterns import DECISIONS, Pattern, mark_of
from workshop.rules.refusals import Refused
from workshop.rules.rounds import SEALED
from workshop.rules.wording import LIMITS, clean
from workshop.storage.arrivals import decided, patterns
from workshop.storage.models import Decided, DecidedSeat, Round, Seat, Step, Workshop

DESTROYED = ""
"""The key of a workshop whose votes are all counted; None is one that has not been made yet."""


def decide(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    round_id: int,
    pattern: str,
    decision: str,
    reason: str = "",
    account_id: int | None = None,
) -> Change:
    """Set the votes of a pattern aside in one round, with a reason for everybody, or leave them in.

    Nothing is lost by it: until the seal it can be taken back.

    Raises:
        Refused: `not_found`, `round_sealed`, `unknown_choice`, `pattern_gone` where other seats
            belong to it by now, `empty` where votes are set aside without a reason, or
            `secret_stays` where nobody knows whose a ballot is.
    """
    room = enter(db, workshop_id)
    row = _unsealed(db, room, round_id)
    if decision not in DECISIONS:
        raise Refused("unknown_choice")
    found = _named(patterns(db, room, row), pattern)
    if decision == "aside" and row.secret:
        raise Refused("secret_stays")
    words = clean(reason, LIMITS["verdict"], required=decision == "aside")
    for before, seats in decided(db, row.id):
        if before.kind == found.kind and seats <= found.seats:
            _undo(db, before.id)
    said = {"decision": decision, "reason": words, "at": now}
    _keep(db, Decided(round_id=row.id, **said), found)
    log_deed(db, room, f"votes.{decision}", now, account_id=account_id)
    return Change(room.id, record(db, room, "pattern.decided", now, row.id))


def _named(found: Sequence[Pattern], key: str) -> Pattern:
    """The pattern that a form names, unless other seats belong to it by now."""
    for one in found:
        if one.key == key:
            return one
    raise Refused("pattern_gone")


def _keep(db: Session, said: Decided, found: Pattern) -> None:
    """Keep a decision, with the seats that it is about."""
    said.kind, said.seats, said.seconds = found.kind, len(found.seats), found.seconds
    db.add(said)
    db.flush()
    db.add_all(DecidedSeat(decided_id=said.id, seat_id=seat) for seat in sorted(found.seats))


def take_back(
    db: Session, *, now: int, workshop_id: int, decided_id: int, account_id: int | None = None
) -> Change:
    """Take a decision back, so that the votes count as if nobody had looked. Twice is harmless.

    Raises:
        Refused: `not_found`, `round_sealed`.
    """
    room = enter(db, workshop_id)
    said = db.get(Decided, decided_id, populate_existing=True)
    if said is None:
        return Change(room.id, room.seq)
    row = _unsealed(db, room, said.round_id)
    _undo(db, said.id)
    log_deed(db, room, "votes.again", now, account_id=account_id)
    return Change(room.id, record(db, room, "pattern.decided", now, row.id))


def _unsealed(db: Session, room: Workshop, round_id: int) -> Round:
    row = db.get(Round, round_id, populate_existing=True)
    if row is None or row.workshop_id != room.id:
        raise Refused("not_found")
    if row.state in SEALED:
        raise Refused("round_sealed")
    return row


def _undo(db: Session, number: int) -> None:
    db.execute(delete(DecidedSeat).where(DecidedSeat.decided_id == number))
    db.execute(delete(Decided).where(Decided.id == number))


def at_the_seal(db: Session, row: Round, voted: frozenset[str]) -> list[dict[str, Any]]:
    """What was set aside, as everybody reads it; which seats that was is destroyed.

    `voted` are all who cast a ballot, counted or not. Once no vote of the workshop is left to be
    counted, everything that tells where people came from goes as well.
    """
    told = []
    for said, seats in decided(db, row.id):
        if said.decision == "aside":
            votes = sum(str(seat) in voted for seat in seats)
            told.append({"kind": said.kind, "votes": votes, "reason": said.reason})
        db.execute(delete(DecidedSeat).where(DecidedSeat.decided_id == said.id))
    room = db.get_one(Workshop, row.workshop_id)
    if not _votes_wait(db, room, beside=row.id):
        forget_places(db, room)
    return told


def at_the_end(db: Session, room: Workshop) -> None:
    """The meeting is over: unless a vote still waits to be counted, forget where people sat."""
    if not _votes_wait(db, room, meeting=False):
        forget_places(db, room)


def _votes_wait(db: Session, room: Workshop, *, beside: int = 0, meeting: bool = True) -> bool:
    """Whether a vote other than `beside` is still to be counted, or, in a meeting, to be opened."""
    unsealed = Round.state.not_in(SEALED) & (Round.id != beside)
    to_come = Round.id.is_(None) if meeting and room.state != "finished" else false()
    steps = select(Step.id).outerjoin(Round, Round.step_id == Step.id)
    votes = steps.where(
        Step.workshop_id == room.id, Step.position.is_not(None), Step.method.is_not(None)
    )
    return bool(db.scalar(select(exists(votes.where(unsealed | to_come)))))


def place_mark(room: Workshop, kind: str, value: str) -> str | None:
    """A mark of an address or a browser under the room's key, which the first one makes."""
    if not value:
        return None
    if room.origin_key is None:
        room.origin_key = secrets.token_hex(16)
    return mark_of(room.origin_key, kind, value) or None


def forget_places(db: Session, room: Workshop) -> None:
    """Destroy the key and every mark under it: nobody can say any more who came from where."""
    room.origin_key, room.venue = DESTROYED, None
    db.execute(
        update(Seat)
        .where(Seat.workshop_id == room.id)
        .values(origin=None, device=None)
        .execution_options(synchronize_session=False)
    )
