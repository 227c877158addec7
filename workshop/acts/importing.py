"""Making a workshop of a vote or a conversation from elsewhere: all of it, or nothing.

Whoever voted there has no seat here. Their ballots go straight into the ledger of a round that is
sealed from the start, under a group of their own.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts import ledger
from workshop.acts.counting import as_result, rule_for, summary
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.acts.workshops import create_workshop
from workshop.rules.imports import TEMPLATE, Import, plan
from workshop.rules.packs import as_fields
from workshop.rules.roles import IMPORTED
from workshop.rules.voting import METHODS, Ballot
from workshop.storage.models import Imported, Post, Round, Step, Workshop


def bring_in(
    db: Session,
    *,
    now: int,
    account_id: int,
    brought: Import,
    goal: str,
    better_for: str,
) -> Change:
    """Make an upcoming workshop whose ideas are the file's, with its counted votes.

    The answer carries the workshop's number, its slug, and its round, None where the file's votes
    are not counted here.

    Raises:
        Refused: what `create_workshop` refuses.
    """
    made = create_workshop(
        db,
        now=now,
        account_id=account_id,
        template=TEMPLATE,
        title=brought.title,
        service=brought.service,
        goal=goal,
        better_for=better_for,
        steps=[as_fields(step) for step in plan(brought)],
    )
    room = enter(db, made.answer["workshop"])
    ideas = _ideas(db, room, brought, now)
    row = _round(db, room, brought, ideas, now) if brought.method else None
    db.add(_noted(room, brought, ideas, now))
    seq = record(db, room, "vote.imported", now, row.id if row else None, note=brought.source)
    return Change(room.id, seq, {**made.answer, "round": row.id if row else None})


def _ideas(db: Session, room: Workshop, brought: Import, now: int) -> list[int]:
    """Lay the ideas on the table, in the order of the file; their numbers."""
    posts = [
        Post(
            workshop_id=room.id,
            kind="idea",
            text=text,
            group=IMPORTED,
            salt=secrets.token_hex(16),
            owner=secrets.token_hex(32),
            looked_at=True,
            created_at=now,
        )
        for text in brought.ideas
    ]
    db.add_all(posts)
    db.flush()
    return [post.id for post in posts]


def _round(db: Session, room: Workshop, brought: Import, ideas: Sequence[int], now: int) -> Round:
    """Count the ballots of the file in a round that nobody here could ever vote in."""
    first = select(Step).where(Step.workshop_id == room.id, Step.phase == "vote")
    step = db.scalars(first.order_by(Step.position).limit(1)).one()
    row = Round(
        workshop_id=room.id,
        step_id=step.id,
        method=brought.method,
        budget=brought.budget,
        cap=max(brought.cap, 1),
        quadratic=brought.quadratic,
        secret=False,
        state="revealed",
        seed=secrets.randbelow(2**31),
        opened_at=now,
        closed_at=now,
        revealed_at=now,
    )
    db.add(row)
    ledger.opened(db, row)
    cast = [
        Ballot(str(number), IMPORTED, {ideas[place]: mark for place, mark in marks.items()})
        for number, marks in enumerate(brought.ballots)
    ]
    row.result = _counted(row, ideas, cast)
    ledger.sealed(db, row, cast, summary(row.result))
    return row


def _counted(row: Round, ideas: Sequence[int], cast: Sequence[Ballot]) -> dict[str, Any]:
    method = METHODS[row.method]
    result = as_result(method.tally(rule_for(row), ideas, cast), row.seed)
    result |= {"electorate": len(cast), "channels": {IMPORTED: len(cast)}}
    table = method.table(ideas, cast)
    if table is not None:
        result["table"] = [list(ideas), table.tolist()]
    return {**result, **method.details(ideas, table)}


def _noted(room: Workshop, brought: Import, ideas: Sequence[int], now: int) -> Imported:
    """What is told of the file, its facts under the numbers that its ideas have here."""
    projects = brought.facts.get("projects", [])
    facts = {name: value for name, value in brought.facts.items() if name != "projects"}
    if projects:
        facts["projects"] = {str(idea): one for idea, one in zip(ideas, projects, strict=True)}
    return Imported(
        workshop_id=room.id,
        source=brought.source,
        people=len(brought.ballots),
        remarks=[dict(one) for one in brought.remarks],
        facts=facts,
        at=now,
    )
