"""Slows down guessing without locking anybody out: only wrong tries are counted.

A whole hall sits behind one address, so what is right always passes. The counts live in memory
and are forgotten after a minute.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Final

from workshop.rules.refusals import Refused

WINDOW_MS: Final = 60_000
MOST_KEYS: Final = 10_000
"""Beyond this many remembered guessers the oldest counts are let go."""


@dataclass
class Guesses:
    """Wrong tries in the last minute, by whoever made them.

    Attributes:
        limit: the wrong tries a minute after which the answer is "too fast".
    """

    limit: int
    _wrong: dict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))

    def wrong(self, guesser: str, now: int, refusal: Refused) -> Refused:
        """Count a wrong try at `now` (milliseconds) and return the no it gets."""
        self._wrong[guesser].append(now)
        if len(self._wrong) > MOST_KEYS:
            self._wrong.pop(next(iter(self._wrong)))
        return Refused("too_fast") if self.too_many(guesser, now) else refusal

    def too_many(self, guesser: str, now: int) -> bool:
        """Whether there were more wrong tries than `limit` in the minute before `now`.

        A try after `now` was made before somebody set the clock back: it is forgotten, too.
        """
        tries = self._wrong.get(guesser)
        while tries and not now - WINDOW_MS < tries[0] <= now:
            tries.popleft()
        return tries is not None and len(tries) > self.limit
