"""Pages are made one after another, so that a hall that fetches them holds up nobody's vote.

When a room moves on, every phone fetches its page. Made all in one go, a thousand pages would keep
each vote waiting until the last of them is done; one at a time, votes are taken in between.

Whoever has the turn first lets all others run. Under green threads nothing else would: a page is
made without a pause, so the turn is free again before anybody could be found waiting for it, and
however many phones ask in the same moment are served in one breath.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

Page = TypeVar("Page")

_turn: Final = threading.Lock()
"""One page at a time: more would only share the one processor. Who came first goes first."""


def in_turn(make: Callable[..., Page]) -> Callable[..., Page]:
    """Have `make` wait for its turn. It must not wait for anybody else while it has it."""

    @wraps(make)
    def page(*given: object, **named: object) -> Page:
        with _turn:
            time.sleep(0)
            return make(*given, **named)

    return page
