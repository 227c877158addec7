"""Merging alike posts into one card, and taking them out again exactly as they were.

Nobody's words or votes are lost: a merged post keeps its author, its theme and its marks, and only
stands inside another card. Cards may be merged that hold others already, which makes a tree.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.merged_marks import settle
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.acts.voting import release_marks
from workshop.rules.refusals import Refused
from workshop.rules.rounds import SEALED
from workshop.storage.models import Post, Round, Workshop

MERGEABLE = frozenset({"problem", "idea"})


def merge(db: Session, *, now: int, workshop_id: int, post_id: int, host_id: int) -> Change:
    """Put a card, with all that it holds, into another one.

    Raises:
        Refused: `not_found` for what is not shown on the board, `merge_itself`, `merge_unlike`,
            or `merge_sealed` where the counts of a vote on one of them have been shown.
    """
    room = enter(db, workshop_id)
    if post_id == host_id:
        raise Refused("merge_itself")
    card, host = _shown(db, room, post_id), _shown(db, room, host_id)
    put_in(db, room, card, host)
    seq = record(db, room, "post.merged", now, card.id, note=str(host.id))
    return Change(room.id, seq, {"post": card.id, "card": host.id})


def put_in(db: Session, room: Workshop, card: Post, host: Post) -> None:
    """Have `card`, which stands for itself, stand inside `host`, or wherever that one stands."""
    top = db.get_one(Post, host.top_id) if host.top_id else host
    if card.kind != host.kind or card.kind not in MERGEABLE:
        raise Refused("merge_unlike")
    _not_sealed(db, room, card, top)
    for one in _inside(db, card):
        one.top_id = top.id
    card.state, card.merged_id, card.top_id = "merged", host.id, top.id
    for above in _above(db, card):
        _count(above, 1 + card.inside)
    card.version += 1
    db.flush()
    settle(db, room.id, [top.id])


def take_out(db: Session, *, now: int, workshop_id: int, post_id: int) -> Change:
    """Take a post out of the card it was merged into, with all that was merged into it before.

    Raises:
        Refused: `not_found` for a post that is in no card, or `merge_sealed`.
    """
    room = enter(db, workshop_id)
    post = _merged(db, room, post_id)
    host_id = post.merged_id
    bring_out(db, room, post)
    seq = record(db, room, "post.parted", now, post.id, note=f"{post.id}:{host_id}")
    return Change(room.id, seq, {"post": post.id})


def bring_out(db: Session, room: Workshop, post: Post) -> None:
    """Have a merged post stand for itself, hidden where the card that it was in is hidden."""
    top = db.get_one(Post, post.top_id, populate_existing=True)
    _not_sealed(db, room, top)
    _leave(db, post, top)
    settle(db, room.id, [top.id, post.id])


def take_all_out(db: Session, *, now: int, workshop_id: int, post_id: int) -> Change:
    """Have everything that a card holds stand for itself again, each post alone."""
    room = enter(db, workshop_id)
    card = db.get(Post, post_id, populate_existing=True)
    if card is None or card.workshop_id != room.id or card.top_id or not card.inside:
        raise Refused("not_found")
    _not_sealed(db, room, card)
    pairs = [(post.id, post.merged_id) for post in _inside(db, card)]
    empty(db, card)
    note = " ".join(f"{post}:{host}" for post, host in pairs)
    return Change(room.id, record(db, room, "post.parted", now, card.id, note=note))


def empty(db: Session, card: Post) -> None:
    """Let out what a card holds, because it is taken apart or leaves the room."""
    # The innermost come first, so that nobody takes along what was merged into them.
    out = sorted(_inside(db, card), key=lambda post: post.inside)
    for post in out:
        _leave(db, post, card)
    settle(db, card.workshop_id, [card.id, *sorted(post.id for post in out)])


def stand_alone(db: Session, post: Post) -> None:
    """A post is about to go: what else is in its card stays, and votes on its own words go back."""
    if post.inside and post.top_id is None:
        empty(db, post)
    release_marks(db, post.id)
    if post.top_id is not None:
        drop_out(db, post)


def drop_out(db: Session, post: Post) -> None:
    """Let a merged post out that is about to go: what was merged into it stays in the card."""
    top, parent = db.get_one(Post, post.top_id), post.merged_id
    for one in _inside(db, top):
        if one.merged_id == post.id:
            one.merged_id = parent
    for above in _above(db, post):
        _count(above, -1)
    post.merged_id = post.top_id = None
    post.state, post.inside = "shown", 0
    db.flush()
    settle(db, post.workshop_id, [top.id])


def _leave(db: Session, post: Post, top: Post) -> None:
    for above in _above(db, post):
        _count(above, -1 - post.inside)
    taken = _under(_inside(db, top), post.id)
    for one in taken:
        one.top_id = post.id
    # What a card was hidden for may lie in any of its posts; what it is held for lies in its own.
    post.state = "hidden" if top.state == "hidden" else "shown"
    post.merged_id = post.top_id = None
    post.version += 1
    db.flush()


def _under(inside: Iterable[Post], number: int) -> list[Post]:
    """Of the posts inside a card, those that stand under one of them."""
    found, wanted, rest = [], {number}, list(inside)
    while more := [post for post in rest if post.merged_id in wanted]:
        found += more
        wanted = {post.id for post in more}
    return found


def _above(db: Session, post: Post) -> list[Post]:
    """The cards that a post stands inside, the nearest first."""
    found: list[Post] = []
    while post.merged_id is not None:
        post = db.get_one(Post, post.merged_id)
        found.append(post)
    return found


def _count(card: Post, more: int) -> None:
    card.inside += more
    card.version += 1


def _inside(db: Session, card: Post) -> list[Post]:
    query = select(Post).where(Post.top_id == card.id).order_by(Post.id)
    return list(db.scalars(query.execution_options(populate_existing=True)).all())


def _shown(db: Session, room: Workshop, post_id: int) -> Post:
    post = db.get(Post, post_id, populate_existing=True)
    if post is None or post.workshop_id != room.id or post.state != "shown":
        raise Refused("not_found")
    return post


def _merged(db: Session, room: Workshop, post_id: int) -> Post:
    post = db.get(Post, post_id, populate_existing=True)
    if post is None or post.workshop_id != room.id or post.merged_id is None:
        raise Refused("not_found")
    return post


def _not_sealed(db: Session, room: Workshop, *cards: Post) -> None:
    """After the reveal nothing about a vote changes: what was counted apart stays apart."""
    numbers = {card.id for card in cards if card.kind == "idea"}
    sealed = select(Round.result).where(Round.workshop_id == room.id, Round.state.in_(SEALED))
    for result in db.scalars(sealed).all() if numbers else ():
        if result and numbers & {line["idea"] for line in result["standings"]}:
            raise Refused("merge_sealed")
