"""Whether something grew over hours: a line through samples, held against the beginning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Growth:
    """What was sampled after the warm-up.

    Attributes:
        early: the median of the first quarter of the time.
        late: where a straight line through the other three quarters ends.
        hourly: how steep this line is, in the samples' unit an hour.
    """

    early: float
    late: float
    hourly: float

    @property
    def share(self) -> float:
        """How much more there is at the end than at the beginning, as a share of the beginning."""
        return (self.late - self.early) / self.early


def growth(samples: Sequence[tuple[float, float]], warm_up: float) -> Growth:
    """How (second, value) grew once so many seconds of warm-up had passed.

    The line is fitted by least squares, so that one high sample at the end does not decide.

    Raises:
        ValueError: too little was sampled after the warm-up to fit a line.
    """
    kept = [(at, value) for at, value in samples if at >= warm_up]
    if len(kept) < 8:
        raise ValueError("too little was sampled after the warm-up")
    first, last = kept[0][0], kept[-1][0]
    quarter = first + (last - first) / 4
    early = float(np.median([value for at, value in kept if at < quarter]))
    rest = [(at, value) for at, value in kept if at >= quarter]
    slope, start = np.polyfit([at for at, _ in rest], [value for _, value in rest], 1)
    return Growth(early, float(start + slope * last), float(slope * 3600))
