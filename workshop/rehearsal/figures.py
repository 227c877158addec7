"""The arithmetic of a rehearsal: spreads, and how long a tap took to reach the screens."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.float64]

MOST_WAITS = 4_000_000
"""Pairs of a tap and a screen that are kept; of further screens only the last one counts."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How a time is spread, in the unit of its values; all None where nothing was timed."""

    p50: float | None
    p95: float | None
    p99: float | None
    worst: float | None


def spread(values: Sequence[float] | Times, scale: float = 1.0) -> Spread:
    """The middle, 95th and 99th percentile (linear between ranks) and the worst of `values`."""
    if len(values) == 0:
        return Spread(None, None, None, None)
    found = np.percentile(np.asarray(values, dtype=np.float64) * scale, [50, 95, 99, 100])
    return Spread(*(round(float(value), 3) for value in found))


@dataclass(slots=True)
class Heard:
    """When one screen first knew each sequence of its room; both lists only rise."""

    seqs: array[int] = field(default_factory=lambda: array("q"))
    times: array[float] = field(default_factory=lambda: array("d"))

    def note(self, seq: int, at: float) -> None:
        """From `at` on (seconds) this screen shows everything up to `seq`."""
        self.seqs.append(seq)
        self.times.append(at)


@dataclass(slots=True)
class Taps:
    """What was sent to one room and acknowledged: when (seconds), how fast, and as which sequence.

    Attributes:
        late: how long after its due time the generator itself began each tap.
    """

    sent: array[float] = field(default_factory=lambda: array("d"))
    answered: array[float] = field(default_factory=lambda: array("d"))
    seqs: array[int] = field(default_factory=lambda: array("q"))
    late: array[float] = field(default_factory=lambda: array("d"))

    def note(self, sent: float, answered: float, seq: int) -> None:
        """One tap was acknowledged."""
        self.sent.append(sent)
        self.answered.append(answered)
        self.seqs.append(seq)

    def waits(self) -> Times:
        """Seconds from each tap to its acknowledgement."""
        waits: Times = np.asarray(self.answered) - np.asarray(self.sent)
        return waits


@dataclass(frozen=True, slots=True)
class Screens:
    """How long taps took to the screens, in seconds.

    Attributes:
        each: waits of every tap on every screen, or on a sample of the screens of a large hall.
        last: for each tap, the wait of the last of all screens.
        missed: pairs of a tap and a screen that never showed it.
        sampled: the screens that `each` tells of.
    """

    each: Times
    last: Times
    missed: int
    sampled: int


def to_screens(taps: Taps, heard: Sequence[Heard], most: int = MOST_WAITS) -> Screens:
    """Hold every tap of one room against what each of its screens heard, and when.

    A tap is on a screen once the screen knows the sequence that the tap was acknowledged with. At
    `most` so many waits are kept; the last screen is looked for among all of them.
    """
    sent, seqs = np.asarray(taps.sent), np.asarray(taps.seqs)
    last, missed = np.zeros(len(sent)), 0
    kept: list[Times] = []
    step = max(1, math.ceil(len(sent) * len(heard) / most))
    for number, screen in enumerate(heard):
        waits = _waits(sent, seqs, screen)
        shown = ~np.isnan(waits)
        missed += int((~shown).sum())
        last = np.fmax(last, waits)
        if number % step == 0:
            kept.append(waits[shown])
    return Screens(np.concatenate(kept) if kept else np.zeros(0), last, missed, len(kept))


def _waits(sent: Times, seqs: NDArray[np.int64], screen: Heard) -> Times:
    """Seconds from each tap to this screen, NaN where it never came."""
    times = np.append(np.asarray(screen.times), np.nan)
    waits: Times = times[np.searchsorted(np.asarray(screen.seqs), seqs, side="left")] - sent
    return waits


def together(parts: Iterable[Screens]) -> Screens:
    """The screens of several rooms as one."""
    rooms = list(parts)
    return Screens(
        np.concatenate([room.each for room in rooms]),
        np.concatenate([room.last for room in rooms]),
        sum(room.missed for room in rooms),
        sum(room.sampled for room in rooms),
    )
