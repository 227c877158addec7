"""The map of risk and reward, as geometry: where everything stands, in SVG user units.

Risk (K) runs to the right and reward (R) upwards. A template draws what is returned here; nothing
in it is markup. The promise is that it can be read with 5, 25 and 200 ideas: dots that would cover
each other step aside and keep a line to their true place, crowds become one counted dot, and only
the most rewarding ideas carry an ellipse and words when there are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Final

from workshop.rules.scoring.crowds import CROWD, SAME_PLACE, gather, spread_out
from workshop.rules.scoring.labels import Label, Words, place_labels
from workshop.rules.scoring.plane import DESK, STEP, Axis, Box, Dot, Frame
from workshop.rules.scoring.portfolio import DEFAULTS, Thresholds
from workshop.rules.scoring.simulation import Spread

EDGE: Final = 2.0
"""Points of the scale kept free between a dot's middle and the end of an axis."""

CORNER_LETTERS: Final = 28
"""Room for the words in a corner of the plot, in letters of a label."""

SMALLEST_SPAN: Final = 40
"""The axes never zoom in further than this, so that a hair's breadth does not look like a gulf."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One idea to be drawn.

    Attributes:
        key: names the idea; a template finds its link and full sentence by it.
        code: what stands in the dot, such as B2.
        advice: a key of `ADVICE`.
        short: a few words for its label.
        reward: P10, P50 and P90 of R.
        risk: the same of K.
        effort: person-months, or None.
    """

    key: str
    code: str
    advice: str
    short: str
    reward: Spread
    risk: Spread
    effort: float | None = None


@dataclass(frozen=True, slots=True)
class Ellipse:
    """8 in 10 of our estimates of one idea fall inside its P10-P90 box, drawn as an ellipse."""

    key: str
    advice: str
    x: float
    y: float
    rx: float
    ry: float


@dataclass(frozen=True, slots=True)
class Map:
    """Everything a template draws, the first things first: what comes later lies on top.

    `risk_line` and `reward_line` are where the leaders' lines stand. A dot with several members is
    a crowd: its code is their number.
    """

    frame: Frame
    risk: Axis
    reward: Axis
    risk_line: float
    reward_line: float
    ellipses: tuple[Ellipse, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]


def draw_map(marks: Sequence[Mark], lines: Thresholds = DEFAULTS, frame: Frame = DESK) -> Map:
    """Lay out `marks`, given in the order of importance inside and between classes of advice.

    The same marks always give the same map.
    """
    plot = frame.plot
    named = _named(marks, frame)
    risks = [0.0, *_shown((mark.risk, mark.key in named) for mark in marks)]
    rewards = _shown((mark.reward, mark.key in named) for mark in marks)
    risk = _axis(risks, lines.risk, plot.left, plot.right)
    reward = _axis(rewards, lines.reward, plot.bottom, plot.top)
    dots = [
        Dot((mark.key,), mark.code, mark.advice, x, y, _radius(mark, frame), x, y)
        for mark in marks
        for x, y in [(risk.at(mark.risk.p50), reward.at(mark.reward.p50))]
    ]
    near = CROWD if len(marks) > frame.packed else SAME_PLACE
    apart = spread_out(gather(dots, named, near), plot)
    words = [
        Words(mark.key, _words(mark, many=len(marks) > frame.roomy), frame.letter, frame.line)
        for mark in marks
        if mark.key in named
    ]
    lines_at = (risk.at(lines.risk), reward.at(lines.reward))
    ellipses = [_ellipse(mark, risk, reward) for mark in marks if mark.key in named]
    ellipses.sort(key=lambda one: -one.rx * one.ry)
    labels = place_labels(words, apart, plot, lines_at, _said(plot, frame, lines_at))
    return Map(frame, risk, reward, *lines_at, tuple(ellipses), tuple(apart), tuple(labels))


def _shown(spreads: Iterable[tuple[Spread, bool]]) -> list[float]:
    """Every point that is drawn, with room for the dots: a whole ellipse, or just a dot."""
    return [
        value
        for spread, named in spreads
        for value in (
            *((spread.p10, spread.p90) if named else ()),
            max(0.0, spread.p50 - EDGE),
            min(100.0, spread.p50 + EDGE),
        )
    ]


def _axis(shown: Sequence[float], line: float, start: float, end: float) -> Axis:
    """An axis in whole tens that holds all that is shown, and the line with room on both sides."""
    low = min(line - STEP, *shown, line)
    high = max(line + STEP, *shown, line)
    first = max(0, floor(low / STEP) * STEP)
    last = min(100, ceil(high / STEP) * STEP)
    if last - first < SMALLEST_SPAN:
        first = max(0, min(first, last - SMALLEST_SPAN))
        last = min(100, first + SMALLEST_SPAN)
    return Axis(first, last, start, end)


def _named(marks: Sequence[Mark], frame: Frame) -> frozenset[str]:
    """Keys of the ideas that carry words: all of a few, the most rewarding of many."""
    if len(marks) <= frame.roomy:
        return frozenset(mark.key for mark in marks)
    best = sorted(marks, key=lambda mark: -mark.reward.p50)[: frame.named]
    return frozenset(mark.key for mark in best)


def _said(plot: Box, frame: Frame, lines: tuple[float, float]) -> list[Box]:
    """What the plot itself says: a corner for each kind of place, and the name of each line."""
    wide, high = CORNER_LETTERS * frame.letter, 1.6 * frame.line
    right, (x, y) = plot.right, lines
    return [
        Box(plot.left, plot.top, plot.left + wide, plot.top + high),
        Box(right - wide, plot.top, right, plot.top + high),
        Box(right - wide, plot.bottom - high, right, plot.bottom),
        Box(right - 0.8 * wide, y - frame.line, right, y),
        Box(x - 0.8 * wide, plot.bottom - frame.line, x + 0.8 * wide, plot.bottom),
    ]


def _radius(mark: Mark, frame: Frame) -> float:
    """The dot's area grows with effort, up to three person-years."""
    return frame.radius + 1.5 * sqrt(min(mark.effort or 0.0, 36.0))


def _ellipse(mark: Mark, risk: Axis, reward: Axis) -> Ellipse:
    left, right = risk.at(mark.risk.p10), risk.at(mark.risk.p90)
    low, high = reward.at(mark.reward.p10), reward.at(mark.reward.p90)
    return Ellipse(
        mark.key,
        mark.advice,
        (left + right) / 2,
        (low + high) / 2,
        (right - left) / 2,
        (low - high) / 2,
    )


def _words(mark: Mark, *, many: bool) -> str:
    """What a label says. Among many dots words may stand far off, so they begin with the code."""
    return f"{mark.code} {_shortened(mark.short)}" if many else _shortened(mark.short)


def _shortened(words: str, most: int = 24) -> str:
    """Whole words up to `most` letters, with an ellipsis where something is left out."""
    if len(words) <= most:
        return words
    kept = words[: most - 1].rsplit(" ", 1)[0]
    return kept.rstrip(" ,;:–-") + "…"
