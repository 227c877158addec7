"""Questions that the facilitator makes of people's problems: "How might we ...?"."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from workshop.acts import details as answers
from workshop.acts.posts import shown
from workshop.acts.room import enter, record, running, step_now
from workshop.acts.stage import Change
from workshop.rules.receipts import owner_mark
from workshop.rules.refusals import Refused
from workshop.rules.roles import ROOM
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Post, QuestionSource, Workshop

MOST_SOURCES: Final = 20
"""How many problems one question may be made of."""


def ask_question(
    db: Session, *, now: int, workshop_id: int, text: str, problem_ids: Sequence[int]
) -> Change:
    """Make a question of problems that the room can see; it stands under the first one's theme.

    Raises:
        Refused: `empty`, `too_long`, `no_problem` where it is made of none, `not_found`, ...
    """
    room = enter(db, workshop_id)
    running(room)
    if not 0 < len(problem_ids) <= MOST_SOURCES:
        raise Refused("no_problem")
    problems = [shown(db, room.id, number, "problem") for number in dict.fromkeys(problem_ids)]
    row = _asked(db, room, text, now)
    row.theme_id = problems[0].theme_id
    db.add(row)
    db.flush()
    db.add_all(QuestionSource(question_id=row.id, problem_id=one.id) for one in problems)
    return Change(room.id, record(db, room, "question.added", now, row.id), {"post": row.id})


def _asked(db: Session, room: Workshop, text: str, now: int) -> Post:
    """A post of the whole room: the receipt that it is marked with is kept by nobody."""
    salt = secrets.token_hex(16)
    return Post(
        workshop_id=room.id,
        step_id=step_now(db, room).id,
        kind="question",
        text=clean(text, LIMITS["question"]),
        group=ROOM,
        salt=salt,
        owner=owner_mark(secrets.token_hex(16), salt),
        created_at=now,
        **answers.EMPTY,
    )


def reword_question(db: Session, *, now: int, workshop_id: int, post_id: int, text: str) -> Change:
    """Give a question other words.

    Raises:
        Refused: `empty`, `too_long`, `not_found`.
    """
    room = enter(db, workshop_id)
    row = shown(db, room.id, post_id, "question")
    row.text = clean(text, LIMITS["question"])
    row.version += 1
    return Change(room.id, record(db, room, "post.changed", now, row.id), {"post": row.id})
