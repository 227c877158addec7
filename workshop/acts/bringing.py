"""Bringing in a backlog from elsewhere: every item of it with its answer, or nothing at all.

Each workshop that the file names becomes a workshop here that is over. Its figures stay figures of
a file: they rank nothing, and nobody here is said to have given them.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy.orm import Session

from workshop.acts.items import may_decide
from workshop.acts.lineage import from_file
from workshop.acts.room import enter, record
from workshop.acts.running import end
from workshop.acts.stage import Change
from workshop.acts.workshops import create_workshop
from workshop.rules.brought import BroughtItem
from workshop.rules.packs import as_fields
from workshop.rules.plans import StepPlan
from workshop.rules.roles import IMPORTED
from workshop.rules.stages import ENDED
from workshop.rules.templates import OWN
from workshop.storage.models import Decision, Item, ItemMoment, Need, Post, StageMove, Workshop


def bring_backlog(
    db: Session,
    *,
    now: int,
    account_id: int,
    items: Sequence[BroughtItem],
    untitled: str,
    goal: str,
    better_for: str,
    moved: str,
) -> Change:
    """Lay the items of a file beside our own, in the order of the file.

    Answers come along and are this account's from now on, for everybody to read.

    Args:
        untitled: what a workshop or a service is called that the file has no name for.
        goal, better_for: what the workshops are said to be about.
        moved: the public reason of an item whose stage the file gives no reason for.

    Raises:
        Refused: `not_allowed`, or what `create_workshop` refuses.
    """
    may_decide(db, account_id)
    places = dict.fromkeys((one.workshop, one.service) for one in items)
    about = {"goal": goal, "better_for": better_for}
    rooms = {
        (title, service): _room(
            db, now, account_id, title=title or untitled, service=service or untitled, **about
        )
        for title, service in places
    }
    for one in items:
        _bring(db, rooms[one.workshop, one.service], one, now, account_id, moved)
    seqs = [record(db, room, "backlog.imported", now) for room in rooms.values()]
    first, *others = rooms.values()
    answer = {"slugs": [room.slug for room in rooms.values()], "items": len(items)}
    return Change(first.id, seqs[0], answer, also=tuple(room.id for room in others))


def _room(db: Session, now: int, account_id: int, **about: str) -> Workshop:
    """A workshop that nobody can come to any more: it was held elsewhere."""
    made = create_workshop(
        db,
        now=now,
        account_id=account_id,
        template=OWN,
        steps=[as_fields(StepPlan("next", 0))],
        title=about["title"],
        service=about["service"],
        goal=about["goal"],
        better_for=about["better_for"],
    )
    room = enter(db, made.answer["workshop"])
    end(db, room, now)
    return room


def _bring(
    db: Session, room: Workshop, one: BroughtItem, now: int, account_id: int, moved: str
) -> None:
    problem = _post(db, room, "problem", one.problem, now) if one.problem else None
    idea = _post(db, room, "idea", one.wording, now, problem)
    item = Item(
        workshop_id=room.id,
        idea_id=idea.id,
        title=one.title,
        lineage=from_file(room, idea, problem, one, now),
        created_at=now,
        **one.facts,
    )
    db.add(item)
    db.flush()
    db.add_all(Need(item_id=item.id, kind="other", text=text) for text in one.needs)
    db.add(ItemMoment(item_id=item.id, kind="brought", at=now))
    if one.answer:
        _answered(db, item, one, now, account_id)
    if one.moved:
        db.add(_moved(item, now, moved))


def _post(
    db: Session, room: Workshop, kind: str, text: str, now: int, answers: Post | None = None
) -> Post:
    """Words of the file on the table of its room. No receipt fits the mark of their owner."""
    post = Post(
        workshop_id=room.id,
        kind=kind,
        text=text,
        group=IMPORTED,
        salt=secrets.token_hex(16),
        owner=secrets.token_hex(32),
        state="shown" if text else "withdrawn",
        answers_id=answers.id if answers else None,
        looked_at=True,
        created_at=now,
    )
    db.add(post)
    db.flush()
    return post


def _answered(db: Session, item: Item, one: BroughtItem, now: int, account_id: int) -> None:
    db.add(
        Decision(
            item_id=item.id,
            account_id=account_id,
            answer=one.answer,
            reason=one.reason,
            conditions=one.conditions,
            change_mind=one.change_mind,
            review_on=one.review_on,
            at=now,
        )
    )
    db.add(ItemMoment(item_id=item.id, kind="decided", note=one.answer, at=now))


def _moved(item: Item, now: int, reason: str) -> StageMove:
    """Every stage that people read about has a reason; this one is that the file says so.

    Where something is being done, the answer is the better reason: the move came before it.
    """
    at = now if item.stage in ENDED else now - 1
    return StageMove(
        item_id=item.id, was="candidate", now=item.stage, cause="desk", reason=reason, at=at
    )
