"""The parts of an open page that are painted anew: after which news, and from what is read.

A vote is news a hundred times a second, so nothing is read or rendered that it does not touch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy.orm import Session

from workshop.reads import columns, people, posts, screen
from workshop.reads.changes import Changes
from workshop.reads.columns import BoardSizes
from workshop.reads.people import Headcount, Progress
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard
from workshop.reads.screen import ScreenCard


class Reading:
    """What is read of a room for one telling: each thing once, and only if a slot asks for it."""

    def __init__(
        self,
        db: Session,
        room: RoomCard,
        changes: Changes,
        online: Callable[[], Mapping[str, int]],
    ) -> None:
        self._db = db
        self.room = room
        self.changes = changes
        self._online = online

    @cached_property
    def online(self) -> Mapping[str, int]:
        """How many people of each group are connected."""
        return self._online()

    @cached_property
    def heads(self) -> Headcount:
        """Who sits at the table, and who of them has taken part."""
        return people.headcount(self._db, self.room.id, self.room.counted_step.id)

    @cached_property
    def card(self) -> ScreenCard:
        """What the projector shows."""
        return screen.screen_card(self._db, self.room, self.heads)

    @cached_property
    def sizes(self) -> BoardSizes:
        """How much the facilitator's board holds."""
        return columns.sizes(self._db, self.room.id, self.room.step.phase)

    @cached_property
    def progress(self) -> Progress | None:
        """How far the vote has come."""
        return people.progress(self._db, self.room, self.heads)

    @cached_property
    def posts(self) -> Mapping[int, PostCard]:
        """The posts that were added or changed."""
        touched = self.changes.posts
        return posts.some(self._db, self.room.id, touched) if touched else {}


@dataclass(frozen=True, slots=True)
class Slot:
    """One part of a page: `templates/slots/_NAME.html`, painted into `data-slot="NAME"`.

    Attributes:
        after: the parts of `rules.moments` that change it.
        needs: what its template is given, by the names of `Reading`.
    """

    name: str
    after: frozenset[str]
    needs: tuple[str, ...]


def _slot(name: str, after: str, needs: str) -> Slot:
    return Slot(name, frozenset(after.split()), tuple(needs.split()))


SLOTS: Final[dict[str, tuple[Slot, ...]]] = {
    "phone": (_slot("meter", "here meter", "room heads"),),
    "control": (
        _slot("people", "here meter online", "room heads online"),
        _slot("voted", "here meter done", "progress"),
        _slot("heading", "card", "sizes"),
        _slot("sees", "card pledges", "card"),
    ),
    "screen": (
        _slot("stage", "page screen clock card pledges", "card"),
        _slot("seats", "here meter", "room heads"),
    ),
}

Painted = tuple[str, str, dict[str, Any]]
"""A slot's name on the page, the name of its template, and what the template is given."""


def touched(audience: str, reading: Reading) -> list[Painted]:
    """The slots of an audience's page that the news touches, with what they are painted from."""
    parts = reading.changes.parts | ({"card"} if reading.changes.posts else frozenset())
    if audience == "screen" and "here" in parts and screen.invites(reading.room):
        parts |= {"screen"}  # The view that shows how to join draws the whole table.
    found = [slot for slot in SLOTS[audience] if slot.after & parts]
    if any(slot.name == "stage" for slot in found):
        found = [slot for slot in found if slot.name != "seats"]  # The stage holds them.
    painted: list[Painted] = [
        (slot.name, slot.name, {need: getattr(reading, need) for need in slot.needs})
        for slot in found
    ]
    return painted + (_theme_sizes(reading) if audience == "control" and "card" in parts else [])


def _theme_sizes(reading: Reading) -> list[Painted]:
    """How much stands under each heading of the facilitator's board."""
    sizes = reading.sizes
    return [
        (f"size-{theme_id}", "size", {"kind": sizes.kind, "size": size})
        for theme_id, size in sizes.by_theme.items()
    ]
