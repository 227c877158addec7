"""What every page can reach: the settings, the stage, the store, and this request's caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import current_app, g

from workshop.acts.stage import Stage
from workshop.fragments import Fragments
from workshop.reads.alike import Alike
from workshop.reads.rooms import RoomCard
from workshop.rules.roles import Who
from workshop.settings import Settings
from workshop.storage.store import Store
from workshop.web.reckoner import Reckoner


@dataclass(frozen=True, slots=True)
class House:
    """The parts the factory put together.

    `offload(function, *values)` runs slow work (argon2, numpy, exports) where it holds up
    nobody. `online(workshop_id)` counts the people connected now, by group,
    and the screens. `alike` finds what sounds like words that somebody writes; `reckoner` brings
    the numbers of the backlog up to date behind the scenes.
    """

    settings: Settings
    store: Store
    stage: Stage
    fragments: Fragments
    offload: Callable[..., Any]
    online: Callable[[int], dict[str, int]]
    alike: Alike
    reckoner: Reckoner

    def now(self) -> int:
        """The server's time in milliseconds since 1970."""
        return self.stage.clock()


def house() -> House:
    """The house this request is served by."""
    return cast(House, current_app.extensions["longtable"])


def who() -> Who:
    """Who is calling, read fresh from the database for this request."""
    return cast(Who, g.who)


def room() -> RoomCard:
    """The workshop this request is about. Only on routes with a `slug`."""
    return cast(RoomCard, g.room)
