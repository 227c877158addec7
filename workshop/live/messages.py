"""What an open page is told: built from what changed, once for each audience and language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from workshop.fragments import LISTS, Fragments
from workshop.reads import changes, columns, people, posts, rooms, screen
from workshop.reads.changes import Changes
from workshop.reads.people import Headcount
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard
from workshop.storage.store import Store

#: Parts of `rules.moments` after which an audience's page fetches itself whole.
WHOLE: Final[dict[str, frozenset[str]]] = {
    "phone": frozenset({"page"}),
    "control": frozenset({"page", "screen"}),
    "screen": frozenset(),
}
JITTER_PER_PAGE_MS: Final = 3
LONGEST_JITTER_MS: Final = 4_000


@dataclass(frozen=True, slots=True)
class News:
    """Everything that any audience may be told about one change of one room."""

    room: RoomCard
    changes: Changes
    heads: Headcount
    posts: Mapping[int, PostCard]
    stage: screen.ScreenCard
    sizes: columns.BoardSizes
    progress: people.Progress | None
    online: Mapping[str, int]
    pages: int


def gather(
    store: Store,
    workshop_id: int,
    seq: int,
    parts: frozenset[str],
    online: Mapping[str, int],
    pages: int,
) -> News | None:
    """Read once what all audiences will be told of a room since `seq`; None where it is gone.

    `parts` names what changed beside the room's history, such as who is connected.
    """
    with store.read() as db:
        found = changes.since(db, workshop_id, seq)
        room = rooms.by_id(db, workshop_id)
        if room is None:
            return None
        heads = people.headcount(db, room.id, room.counted_step.id)
        touched = posts.some(db, room.id, found.posts) if found.posts else {}
        stage = screen.screen_card(db, room)
        sizes = columns.sizes(db, room.id, room.step.phase)
        progress = people.progress(db, room)
    found = replace(found, parts=found.parts | parts)
    return News(room, found, heads, touched, stage, sizes, progress, online, pages)


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


def build(news: News, audience: str, locale: str, fragments: Fragments, now: int) -> dict[str, Any]:
    """One room message for an audience and a language, as plain JSON values."""
    room, parts = news.room, news.changes.parts
    whole = bool(parts & WHOLE[audience])
    return {
        "from": news.changes.start,
        "to": news.changes.end,
        "cards": [] if whole else _cards(news, audience, locale, fragments),
        "slots": {} if whole else _slots(news, audience, locale, fragments),
        "counts": {},
        "clock": _clock(room, now) if parts & {"clock", "page"} else None,
        "page": whole,
        "jitter": min(LONGEST_JITTER_MS, news.pages * JITTER_PER_PAGE_MS),
    }


def _leaves_a_ballot(news: News) -> bool:
    """Whether an idea was hidden or shown while people vote: their ballots and purses change."""
    return bool(news.posts) and news.room.step.phase in {"vote", "results"}


def _cards(news: News, audience: str, locale: str, fragments: Fragments) -> list[dict[str, Any]]:
    if audience not in LISTS:
        return []
    return [
        fragments.live_card(post, news.room.slug, audience, locale)
        for _, post in sorted(news.posts.items())
        if post.kind != "pledge"
    ]


def _slots(news: News, audience: str, locale: str, fragments: Fragments) -> dict[str, str]:
    if audience == "screen":
        return {"stage": fragments.slot("stage", locale, card=news.stage)}
    if audience == "control":
        return _control(news, locale, fragments)
    if news.changes.parts & {"meter", "here"}:
        return {"meter": fragments.meter(news.room, news.heads, locale)}
    return {}


def _control(news: News, locale: str, fragments: Fragments) -> dict[str, str]:
    """The numbers of the control room that may have changed: a vote touches only who has voted."""
    room, sizes = news.room, news.sizes
    values: dict[str, dict[str, object]] = {
        "people": {"room": room, "heads": news.heads, "online": news.online},
        "voted": {"progress": news.progress},
    }
    if news.posts:
        values |= {"heading": {"sizes": sizes}, "sees": {"card": news.stage}}
    slots = {name: fragments.slot(name, locale, **given) for name, given in values.items()}
    if news.posts:
        for theme_id, size in sizes.by_theme.items():
            slots[f"size-{theme_id}"] = fragments.slot("size", locale, kind=sizes.kind, size=size)
    return slots


def _clock(room: RoomCard, now: int) -> dict[str, int | None]:
    return {"ends": room.timer_ends_at, "left": room.timer_left, "now": now}
