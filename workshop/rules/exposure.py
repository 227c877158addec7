"""Who sees what first: everybody's own order, with ideas few people have seen ahead.

Nothing is sorted by the order of posting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from math import log
from typing import Final

LEAST_EXPOSURES: Final = 5
SHARE_OF_THE_ROOM: Final = 5
"""One in this many people has seen an idea before it may drop below a cut line."""

MOST_AT_ONCE: Final = 1_000
"""The most ideas that a page tells of in one go."""

_DRAWS: Final = 2**64


def order(ideas: Iterable[int], seed: str, seen: Mapping[int, int]) -> list[int]:
    """Put `ideas` in the order in which one person meets them.

    A weighted draw without replacement: each next idea is drawn with weight 1/(seen + 1), where
    `seen` counts the people who have been shown it. The same seed (one for each person and round)
    and the same counts give the same order, and a new idea never changes how the others stand to
    each other: each idea draws its own number.

    Source: Efraimidis and Spirakis, "Weighted random sampling with a reservoir" (2006).
    """
    return sorted(ideas, key=lambda idea: (_waiting(idea, seed) * (seen.get(idea, 0) + 1), idea))


def laid_out(before: Sequence[int], new: Sequence[int], met: Collection[int]) -> list[int]:
    """Put `new` ideas into the order that a person has, right behind the last one they have seen.

    What they have seen keeps its place, and what came late is met next.
    """
    seen = [place for place, idea in enumerate(before, 1) if idea in met]
    place = max(seen, default=0)
    return [*before[:place], *new, *before[place:]]


def put_first(ideas: Sequence[int], asked: Collection[int], met: Collection[int]) -> list[int]:
    """Put the ideas that people are asked to look at first, but those a person has seen."""
    ahead = [idea for idea in ideas if idea in asked and idea not in met]
    return [*ahead, *(idea for idea in ideas if idea not in ahead)]


def minimum_exposures(room: int) -> int:
    """How many people have to see an idea before it may be cut, in a room of `room` people.

    Five people or a fifth of the room, whichever is more; in a smaller room, everybody.
    """
    return min(room, max(LEAST_EXPOSURES, -(-room // SHARE_OF_THE_ROOM)))


def too_few_exposures(ideas: Iterable[int], seen: Mapping[int, int], room: int) -> frozenset[int]:
    """Name the ideas that too few people have seen to be judged."""
    needed = minimum_exposures(room)
    return frozenset(idea for idea in ideas if seen.get(idea, 0) < needed)


def _waiting(idea: int, seed: str) -> float:
    """Draw an exponential waiting time for one idea from the seed alone."""
    digest = sha256(f"{seed}/{idea}".encode()).digest()
    return -log((int.from_bytes(digest[:8]) + 0.5) / _DRAWS)
