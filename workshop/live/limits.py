"""How fast one person may send. Generous: it stops a runaway page, not a keen person."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import Final

from workshop import metrics
from workshop.rules.refusals import Refused


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, and so many a second after that."""

    burst: float
    per_second: float


LIMITS: Final[dict[str, Limit]] = {
    "mark.set": Limit(400, 60),
    "pair.answer": Limit(40, 4),
    "ideas.seen": Limit(40, 1),
    "ballot.done": Limit(20, 2),
    "catch_up": Limit(20, 2),
    "mine": Limit(20, 2),
    # A page asks where somebody pauses; who writes without a pause asks nothing.
    "alike": Limit(10, 1),
    "shown": Limit(20, 2),
}
"""By kind of command or event; every other kind shares `OTHER`, each kind apart."""

OTHER: Final = Limit(30, 3)


TIDY_AT: Final = 1_000
"""When so many people have buckets, those that are full again are forgotten."""


@dataclass(slots=True)
class Buckets:
    """The token buckets of one person in one room. Times are seconds that never go back."""

    level: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, kind: str, now: float) -> None:
        """Take one token for `kind`.

        Raises:
            Refused: `too_fast`, saying after how many seconds it would be let through.
        """
        limit = LIMITS.get(kind, OTHER)
        tokens, before = self.level.get(kind, (limit.burst, now))
        tokens = min(limit.burst, tokens + (now - before) * limit.per_second)
        if tokens < 1:
            self.level[kind] = (tokens, now)
            metrics.limited(kind)
            raise Refused("too_fast", again=ceil((1 - tokens) / limit.per_second * 1000) / 1000)
        self.level[kind] = (tokens - 1, now)

    def full(self, now: float) -> bool:
        """Whether every bucket has filled up again, so that new ones would be the same."""
        return all(
            tokens + (now - before) * LIMITS.get(kind, OTHER).per_second
            >= LIMITS.get(kind, OTHER).burst
            for kind, (tokens, before) in self.level.items()
        )


Person = tuple[int, str, int]
"""A workshop, "seat" or "account", and its number."""


class Shelf:
    """The buckets of all who are or were here: a second tab or a new connection gets no more."""

    def __init__(self) -> None:
        self._kept: dict[Person, Buckets] = {}
        self._tidy_at = TIDY_AT

    def of(self, person: Person, now: float) -> Buckets:
        """The buckets of this person, whichever of their pages asks."""
        if len(self._kept) >= self._tidy_at:
            self._kept = {one: mine for one, mine in self._kept.items() if not mine.full(now)}
            self._tidy_at = max(TIDY_AT, 2 * len(self._kept))
        return self._kept.setdefault(person, Buckets())
