"""Pages are made one after another, so that a hall that fetches them holds up nobody's vote.

When a room moves on, every phone fetches its page. Made all in one go, a thousand pages would keep
each vote waiting until the last of them is done; one at a time, votes are taken in between.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

Page = TypeVar("Page")

AT_ONCE: Final = 1
"""Pages that are made at the same moment: more would only share the one processor."""

_turn: Final = threading.BoundedSemaphore(AT_ONCE)


def in_turn(make: Callable[..., Page]) -> Callable[..., Page]:
    """Have `make` wait for its turn. It must not wait for anything else while it has it."""

    @wraps(make)
    def page(*given: object, **named: object) -> Page:
        with _turn:
            return make(*given, **named)

    return page
