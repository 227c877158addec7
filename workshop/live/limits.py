"""How fast one connection may send. Generous: it stops a runaway page, not a keen person."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    "ballot.done": Limit(20, 2),
    "catch_up": Limit(20, 2),
    "mine": Limit(20, 2),
}
"""By kind of command or event; every other kind shares `OTHER`, each kind apart."""

OTHER: Final = Limit(30, 3)


@dataclass(slots=True)
class Buckets:
    """The token buckets of one connection. Times are in seconds on a clock that never goes back."""

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
            raise Refused("too_fast", again=round((1 - tokens) / limit.per_second, 3))
        self.level[kind] = (tokens - 1, now)
