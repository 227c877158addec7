"""What a command's answer carries beside the act's own: the sender's card, or their next pair."""

from __future__ import annotations

from typing import Any, Final

from workshop.acts.stage import Change
from workshop.fragments import Fragments
from workshop.live.connections import Connection
from workshop.reads import pairs, posts, rooms
from workshop.storage.store import Store

OWN_POSTS: Final = frozenset(
    {
        "goal.post",
        "experience.post",
        "experience.raise",
        "problem.post",
        "problem.join",
        "idea.post",
        "pledge.post",
        "comment.post",
        "post.edit",
        "post.withdraw",
    }
)
"""Commands whose answer brings the sender's own card up to date."""

PAIRS: Final = frozenset({"pair.answer", "pair.undo"})
"""Commands whose answer brings the pair that the sender is asked next."""


def answer_to(
    page: Connection, kind: str, change: Change, store: Store, fragments: Fragments
) -> dict[str, Any]:
    """The whole answer to a command that was done."""
    if kind in PAIRS:
        return {**change.answer, "pair": _pair(page, store, fragments)}
    if kind not in OWN_POSTS:
        return change.answer
    number = change.answer["post"]
    with store.read() as db:
        post = posts.some(db, page.workshop_id, [number]).get(number)
    cards = [fragments.own_card(post, page.slug, page.locale)] if post else []
    return {**change.answer, "cards": cards}


def _pair(page: Connection, store: Store, fragments: Fragments) -> str:
    """The pair that the sender is asked now, as a part of their page."""
    with store.read() as db:
        room = rooms.by_id(db, page.workshop_id)
        card = pairs.asked(db, room, page.seat_id) if room and page.seat_id else None
    return fragments.slot("pair", page.locale, pair=card, slug=page.slug, live_piece=True)
