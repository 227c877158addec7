"""Talking about an idea: what speaks for it, what worries somebody, what they would add."""

from __future__ import annotations

from sqlalchemy.orm import Session

from workshop.acts import details as answers
from workshop.acts.holding import arrives
from workshop.acts.posts import shown, written
from workshop.acts.room import enter, record, running, step_now, voice
from workshop.acts.stage import Change
from workshop.rules.cards import STANCES
from workshop.rules.permissions import may_write
from workshop.rules.phases import PHASES, may_post
from workshop.rules.refusals import Refused


def comment(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    seat_id: int,
    receipt: str,
    idea_id: int,
    stance: str,
    text: str,
    language: str = "",
) -> Change:
    """Say something about an idea that the room can see.

    Whoever does has not yet added an idea or voted, so the step's meter does not count it.

    Raises:
        Refused: `unknown_choice` for a stance that is none, `empty`, `too_long`, `step_closed`,
            `locked`, `watching`, `others_write`, `not_found`, ...
    """
    room = enter(db, workshop_id)
    seat = voice(db, room, seat_id)
    running(room)
    step = step_now(db, room)
    may_post("comment", step.phase, locked=room.locked)
    # At a vote those talk who may vote; at any other step, those who may write.
    may_write(step.posters if PHASES[step.phase].accepts else step.voters, seat.group)
    if stance not in STANCES:
        raise Refused("unknown_choice")
    row = written(seat, step, "comment", text, receipt, now)
    answers.put(row, {"language": language})
    row.answers_id, row.stance = shown(db, room.id, idea_id, "idea").id, stance
    arrives(db, room, row, receipt, now)
    return Change(room.id, record(db, room, "comment.added", now, row.id), {"post": row.id})
