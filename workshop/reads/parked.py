"""Parked ideas whose day has come: somebody promised to look at them again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from workshop.storage.models import Item, Post, Round, Verdict, Workshop


@dataclass(frozen=True, slots=True)
class DueCard:
    """How many parked ideas of one workshop wait for another look, and since which day."""

    slug: str
    title: str
    ideas: int
    since: str


def parked_due(
    db: Session, today: str, workshops: Collection[int] | None = None
) -> tuple[DueCard, ...]:
    """Workshops with parked ideas whose day is `today` (YYYY-MM-DD) or before, the longest first.

    `workshops` are those that the reader runs, None for all there are. An idea that was taken back
    or went into the backlog since is not waited for.
    """
    in_backlog = exists().where(Item.idea_id == Verdict.idea_id)
    since = func.min(Verdict.review_on)
    query = (
        select(Workshop.slug, Workshop.title, func.count(Verdict.idea_id.distinct()), since)
        .join(Round, Round.workshop_id == Workshop.id)
        .join(Verdict, Verdict.round_id == Round.id)
        .join(Post, Post.id == Verdict.idea_id)
        .where(Verdict.review_on <= today, Post.state == "shown", ~in_backlog)
        .group_by(Workshop.id)
        .order_by(since, Workshop.id)
    )
    if workshops is not None:
        query = query.where(Workshop.id.in_(workshops))
    rows = db.execute(query)
    return tuple(DueCard(slug, title, ideas, day or "") for slug, title, ideas, day in rows)
