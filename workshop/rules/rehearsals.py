"""Rehearsing a room before people come: how many, how long, and what the figures mean.

Stand-ins come by the doors that people use. What they, the projector and the server's own beat
measured is judged here: the room is ready unless something has to be mended first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final

from workshop.rules.addresses import reach
from workshop.rules.refusals import N_
from workshop.rules.rehearsal_findings import FINDINGS, FIX

FEWEST: Final = 10
MOST: Final = 300
USUAL: Final = 30
"""Stand-ins that a rehearsal may have, and has where nobody chose."""

LENGTHS: Final[dict[int, str]] = {20: N_("20 seconds"), 60: N_("1 minute"), 180: N_("3 minutes")}
MINUTE: Final = 60
OVER_SECONDS: Final = 90
"""How much longer than planned a rehearsal may take before it is ended by force."""

SILENT_MS: Final = 15_000
"""A rehearsal whose server has noted nothing for so long has lost it, and may be wiped."""

SLOW_ANSWER_MS: Final = 1_000
SLOW_SCREEN_MS: Final = 2_500
SLOW_WRITE_MS: Final = 400
"""The 95th of 100 may take so long: a tap feels lost after a second."""

WATCHED_MS: Final = 5_000
"""A projector that came in the last seconds has shown too little to be judged."""

STILL_MS: Final = 12_000
"""A projector that showed nothing new for so long at the end has lost its line."""

CLOCK_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Figures:
    """What a rehearsal has measured so far. Times are the 95th of 100, in milliseconds.

    Attributes:
        asked, people: stand-ins that were wanted, and that are in the room.
        posts, votes: that were acknowledged.
        answer: from a tap to its answer; screen: from a tap to each phone.
        lost, doubled: acknowledged and not there, there and never acknowledged.
        step, steps: where the rehearsal is in the plan, and how long that is.
        write: the server’s own time to save a line.
        phones: people who came in and are no stand-ins.
        outcome: "" while it goes on, then "held", "stopped" or a code of `FINDINGS`.
    """

    asked: int = 0
    people: int = 0
    posts: int = 0
    votes: int = 0
    answer: float | None = None
    screen: float | None = None
    lost: int = 0
    doubled: int = 0
    step: int = 0
    steps: int = 0
    write: float | None = None
    phones: int = 0
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What was known at the start.

    Attributes:
        address: what the join card tells people to open; came: how the facilitator’s browser came.
        known: whether live pages may come from there.
        clock: by how many milliseconds that browser’s clock is ahead; None where it did not say.
    """

    address: str = ""
    came: str = ""
    known: bool = True
    clock: int | None = None


@dataclass(frozen=True, slots=True)
class Projector:
    """What the projector page showed.

    Attributes:
        watched: milliseconds for which one was open, None where none came.
        still: milliseconds since it last showed something new.
        lags: milliseconds from what happened to its picture, of what it said it showed.
    """

    watched: int | None = None
    still: int = 0
    lags: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to look at: a key of `FINDINGS`, and what fills its places."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """Whether it has to be mended first."""
        return FINDINGS[self.code][0]

    @property
    def sentences(self) -> tuple[str, str]:
        """What was found and what to do, with places still to be filled."""
        return FINDINGS[self.code][1:]


def read_as(shape: type[Any], kept: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an instance of `shape`
    """One of the shapes above from what is kept of it; names that it does not know are left out."""
    known = {row.name for row in fields(shape)}
    return shape(**{name: value for name, value in kept.items() if name in known})


def p95(values: Sequence[float]) -> float | None:
    """The value that 95 of 100 are not above (nearest rank); None where there are none."""
    if not values:
        return None
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def verdict(found: Figures, ground: Ground, projector: Projector) -> tuple[Finding, ...]:
    """What was found, what must be mended first; a room without anything to mend is ready."""
    every = (*_held(found, ground), *_times(found), *_way_in(found, ground), *_shown(projector))
    return tuple(sorted(every, key=lambda one: one.level != FIX))


def is_ready(findings: Sequence[Finding]) -> bool:
    """Whether nothing has to be mended."""
    return all(one.level != FIX for one in findings)


def _held(found: Figures, ground: Ground) -> Iterator[Finding]:
    if found.outcome in FINDINGS:
        yield Finding(found.outcome, {"address": ground.address})
    if found.outcome in {"held", "late"} and found.people < found.asked:
        yield Finding("some_out", {"people": found.people, "asked": found.asked})
    if found.lost:
        yield Finding("lost", {"n": found.lost})
    if found.doubled:
        yield Finding("doubled", {"n": found.doubled})


def _times(found: Figures) -> Iterator[Finding]:
    """Where saving is slow everything waits for it, and it alone is named."""
    if (found.write or 0) > SLOW_WRITE_MS:
        yield Finding("slow_writes", {"ms": round(found.write or 0)})
    elif (found.answer or 0) > SLOW_ANSWER_MS:
        yield Finding("slow_answers", {"ms": round(found.answer or 0)})
    elif (found.screen or 0) > SLOW_SCREEN_MS:
        yield Finding("slow_screens", {"ms": round(found.screen or 0)})


def _way_in(found: Figures, ground: Ground) -> Iterator[Finding]:
    how = reach(ground.address)
    if how == "machine":
        yield Finding("address_here", {"address": ground.address})
    elif how == "network" and not found.phones:
        yield Finding("address_near", {"address": ground.address})
    if not ground.known:
        yield Finding("address_other", {"came": ground.came, "address": ground.address})
    if ground.clock is not None and abs(ground.clock) >= CLOCK_MS:
        yield Finding("clock", {"minutes": round(abs(ground.clock) / 60_000)})


def _shown(projector: Projector) -> Iterator[Finding]:
    if projector.watched is None or projector.watched < WATCHED_MS:
        yield Finding("projector_away")
    elif projector.still > STILL_MS or not projector.lags:
        yield Finding("projector_still")
    elif (slowest := p95(projector.lags) or 0) > SLOW_SCREEN_MS:
        yield Finding("projector_slow", {"ms": round(slowest)})
