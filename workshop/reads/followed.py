"""The backlog items that came of what people wrote, as their authors follow them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads.answers import Answer, newest_answers
from workshop.reads.progress import Moved, TrialCard, ended_trials, moves
from workshop.storage.models import Item, Outcome, Post


@dataclass(frozen=True, slots=True)
class Followed:
    """A backlog item that came of a post. `done` says what was done, where something was.

    `moved` is the newest move of a leader at the desk, `tried` the newest test or pilot that ended.

    `grew_from` numbers every post that its frozen copy names: the idea, its problem, and what was
    merged with them then, whatever became of them since.
    """

    id: int
    grew_from: frozenset[int]
    title: str
    stage: str
    answer_by: str | None
    answer: Answer | None
    done: str
    moved: Moved | None
    tried: TrialCard | None


def items(db: Session, workshop_id: int) -> tuple[Followed, ...]:
    """A room's backlog items, oldest first."""
    own = select(Item).where(Item.workshop_id == workshop_id).order_by(Item.id)
    rows = db.scalars(own).all()
    numbers = [row.id for row in rows]
    answered = newest_answers(db, numbers)
    moved, ended = dict(moves(db, numbers)), dict(ended_trials(db, numbers))
    return tuple(
        _followed(db, row, answered.get(row.id), moved.get(row.id), ended.get(row.id))
        for row in rows
    )


def _named(lineage: Mapping[str, Any]) -> Iterator[int]:
    """The number of every post in the copy that was made of an idea and all that led to it."""
    beside = lineage.get("joined", {})
    for post in (lineage["idea"], lineage["problem"], *chain(*beside.values())):
        if post is not None:
            yield post["id"]


def _followed(
    db: Session, row: Item, answer: Answer | None, moved: Moved | None, tried: TrialCard | None
) -> Followed:
    done = select(Outcome).where(Outcome.item_id == row.id, Outcome.done.is_(True))
    outcome = db.scalar(done.order_by(Outcome.id.desc()).limit(1))
    return Followed(
        id=row.id,
        grew_from=frozenset(_named(row.lineage)),
        title=row.title,
        stage=row.stage,
        answer_by=row.answer_by,
        answer=answer,
        done=outcome.text if outcome else "",
        moved=moved,
        tried=tried,
    )


def inside(db: Session, workshop_id: int) -> dict[int, frozenset[int]]:
    """The numbers of the posts that each card of a room holds beside its own."""
    merged = select(Post.top_id, Post.id).where(Post.top_id.is_not(None))
    rows = db.execute(merged.where(Post.workshop_id == workshop_id))
    return {
        card: frozenset(post for _, post in pairs)
        for card, pairs in groupby(sorted(rows), key=itemgetter(0))
    }
