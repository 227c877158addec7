"""What an open page is told: built from what changed, once for each audience and language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from workshop.fragments import LISTS, Fragments, has_met
from workshop.live.slots import Painted, touched
from workshop.reads import changes, rooms
from workshop.reads.changes import Changes
from workshop.reads.news import Reading
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard
from workshop.rules.moments import ROOM
from workshop.storage.store import Store

#: Parts of `rules.moments` after which an audience's page fetches itself whole.
WHOLE: Final[dict[str, frozenset[str]]] = {
    "phone": frozenset({"page"}),
    "control": frozenset({"page", "screen", "suggestions", "sorted"}),
    "screen": frozenset(),
}
CARDS_MOVE: Final = frozenset({"problems", "themes", "ideas"})
"""Phases at which a phone shows posts as cards, which a message can move; a ballot comes whole."""

JITTER_PER_PAGE_MS: Final = 3
LONGEST_JITTER_MS: Final = 4_000


@dataclass(frozen=True, slots=True)
class News:
    """Everything that any audience may be told about one change of one room.

    Attributes:
        posts: the posts that were added or changed.
        slots: for each audience, the parts of its page to paint.
        pages: how many pages of the room are open here.
    """

    room: RoomCard
    changes: Changes
    posts: Mapping[int, PostCard]
    slots: Mapping[str, list[Painted]]
    pages: int

    @property
    def paints(self) -> bool:
        """Whether anything has to be rendered."""
        return bool(self.posts) or any(self.slots.values())


@dataclass(frozen=True, slots=True)
class Asked:
    """What news is asked for.

    Attributes:
        seq: the sequence that the readers know.
        audiences: whom it is for.
        parts: what changed beside the room's history, such as who is connected.
        online: counts the people of each group who are connected now.
        known: the room as it was read last, at `seq`; None where it has to be read.
    """

    workshop_id: int
    seq: int
    audiences: Iterable[str]
    online: Callable[[], Mapping[str, int]]
    pages: int
    parts: frozenset[str] = frozenset()
    known: RoomCard | None = None


def gather(store: Store, asked: Asked) -> News | None:
    """Read once what all audiences will be told of a room; None where the room is gone."""
    with store.read() as db:
        found = changes.since(db, asked.workshop_id, asked.seq)
        if asked.known and not found.parts & ROOM:
            room: RoomCard | None = replace(asked.known, seq=found.end)
        else:
            room = rooms.by_id(db, asked.workshop_id)
        if room is None:
            return None
        found = replace(found, parts=found.parts | asked.parts)
        reading = Reading(db, room, found, asked.online)
        slots = {
            audience: [] if _whole(audience, found.parts, room) else touched(audience, reading)
            for audience in asked.audiences
        }
        return News(room, found, reading.posts, slots, asked.pages)


def _whole(audience: str, parts: frozenset[str], room: RoomCard) -> bool:
    """Whether an audience's page has to be fetched anew after this news."""
    if parts & WHOLE[audience]:
        return True
    lies_open = room.step.phase in CARDS_MOVE and room.step.view != "own"
    return audience == "phone" and "sorted" in parts and not lies_open


def nothing_new(seq: int) -> dict[str, Any]:
    """The room message for a page that has missed nothing."""
    return {
        "from": seq,
        "to": seq,
        "cards": [],
        "slots": {},
        "counts": {},
        "clock": None,
        "page": False,
        "jitter": 0,
    }


def dated(message: dict[str, Any], now: int) -> dict[str, Any]:
    """A message that was made earlier, its clock set to the time at which it is sent."""
    clock = message.get("clock")
    return {**message, "clock": {**clock, "now": now}} if clock else message


def says_something(message: Mapping[str, Any]) -> bool:
    """Whether a page would be any the wiser for this message."""
    return bool(
        message["from"] != message["to"]
        or message["slots"]
        or message["cards"]
        or message["page"]
        or message["clock"]
    )


def build(news: News, audience: str, locale: str, fragments: Fragments, now: int) -> dict[str, Any]:
    """One room message for an audience and a language, as plain JSON values."""
    room, parts = news.room, news.changes.parts
    whole = _whole(audience, parts, room) or (audience == "phone" and _changes_ballot(news))
    return {
        "from": news.changes.start,
        "to": news.changes.end,
        "cards": [] if whole else _cards(news, audience, locale, fragments),
        "slots": _slots(news.slots.get(audience, []), locale, fragments),
        "counts": {},
        "clock": _clock(room, now) if parts & {"clock", "page"} else None,
        "page": whole,
        "jitter": min(LONGEST_JITTER_MS, news.pages * JITTER_PER_PAGE_MS),
    }


def _changes_ballot(news: News) -> bool:
    """Whether an idea came onto the ballot of an open vote, left it, or has other words.

    A ballot is in each person's own order, so their page fetches it anew.
    """
    opened = news.room.step.round
    if opened is None or opened.state != "open":
        return False
    touched = (news.posts.get(post) for post in news.changes.posts)
    return any(post is not None and post.kind == "idea" for post in touched)


def _slots(painted: list[Painted], locale: str, fragments: Fragments) -> dict[str, str]:
    return {name: fragments.slot(made, locale, **values) for name, made, values in painted}


def _cards(news: News, audience: str, locale: str, fragments: Fragments) -> list[dict[str, Any]]:
    if audience not in LISTS or (audience == "phone" and news.room.step.view == "own"):
        return []
    gathered = audience == "phone" and news.room.step.view == "themes"
    return [
        fragments.live_card(post, news.room.slug, audience, locale, gathered=gathered)
        for _, post in sorted(news.posts.items())
        if post.kind != "pledge" and has_met(post, audience)
    ]


def _clock(room: RoomCard, now: int) -> dict[str, int | None]:
    return {"ends": room.timer_ends_at, "left": room.timer_left, "now": now}
