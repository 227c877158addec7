"""Carrying ideas from one workshop of a programme into the next, and finding every copy again.

A copy knows the post it came from and never its author: its owner's mark is drawn by chance, so no
receipt fits it. What the author takes back goes from every copy as well.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.refusals import Refused
from workshop.storage.models import Host, Post, Workshop

COPIED = ("kind", "text", "group", "language", "better_for", "source", "evidence", "does", "needs")
"""What a copy says again. The problem that it answers stays behind: it is not on this table."""


def carry_ideas(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    idea_ids: Collection[int],
    by: int,
    is_admin: bool = False,
) -> Change:
    """Lay ideas of earlier workshops of the same programme on this one's table.

    One that is here already is left as it is. The answer carries how many are new. Whoever helps
    in this room alone (the account `by`) has no say over what lies on another room's table.

    Raises:
        Refused: `finished`, `no_programme`, or `not_found` for an idea that is not of this
            programme or of a room that `by` does not run, or that nobody can see any more.
    """
    room = enter(db, workshop_id)
    if room.state == "finished":
        raise Refused("finished")
    if room.programme_id is None:
        raise Refused("no_programme")
    found = _carriable(db, room, idea_ids, None if is_admin else by)
    if len(found) != len(set(idea_ids)):
        raise Refused("not_found")
    here = set(db.scalars(select(Post.carried_id).where(Post.workshop_id == room.id)))
    new = [(post, title) for post, title in found if post.id not in here]
    db.add_all(_copy(room, post, title, now) for post, title in new)
    seq = record(db, room, "ideas.carried", now, note=str(len(new))) if new else room.seq
    return Change(room.id, seq, {"carried": len(new)})


def _carriable(
    db: Session, room: Workshop, idea_ids: Collection[int], by: int | None
) -> Sequence[tuple[Post, str]]:
    """Those of the ideas that lie on the table of another workshop of the programme.

    Where `by` is given, only of workshops that this account runs.
    """
    beside = select(Host.workshop_id).where(Host.account_id == by)
    runs = true() if by is None else or_(Workshop.facilitator_id == by, Workshop.id.in_(beside))
    rows = db.execute(
        select(Post, Workshop.title)
        .join(Workshop, Workshop.id == Post.workshop_id)
        .where(Post.id.in_(idea_ids), Post.kind == "idea", Post.state == "shown")
        .where(Workshop.programme_id == room.programme_id, Workshop.id != room.id, runs)
        .order_by(Post.id)
        .execution_options(populate_existing=True)
    )
    return [(post, title) for post, title in rows]


def _copy(room: Workshop, post: Post, title: str, now: int) -> Post:
    return Post(
        **{name: getattr(post, name) for name in COPIED},
        workshop_id=room.id,
        salt=secrets.token_hex(16),
        owner=secrets.token_hex(32),
        looked_at=True,
        carried_id=post.id,
        origin=title,
        created_at=now,
    )


def copies_of(db: Session, posts: Iterable[Post]) -> list[Post]:
    """Every living copy of these posts, and copies of copies, their rooms held until the commit."""
    found: list[Post] = []
    wanted = {post.id for post in posts}
    while wanted:
        copies = db.scalars(
            select(Post).where(Post.carried_id.in_(wanted), Post.state != "withdrawn")
        ).all()
        found += copies
        wanted = {copy.id for copy in copies} - wanted
    for number in sorted({copy.workshop_id for copy in found}):
        enter(db, number)
    return found


def tell_copies(db: Session, copies: Iterable[Post], now: int) -> tuple[int, ...]:
    """Note in the history of every room with such a copy that words went; the rooms to tell."""
    numbers = sorted({copy.workshop_id for copy in copies})
    for number in numbers:
        record(db, enter(db, number), "words.erased", now)
    return tuple(numbers)
