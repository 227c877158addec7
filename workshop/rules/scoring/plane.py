"""The plane of the map: sheet, axes, boxes, dots. Units are SVG user units; y grows downwards."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Final

STEP: Final = 10
"""Points of the scale between two ticks."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight line from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y grows downwards, as in SVG."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area that both cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0

    def crossed_by(self, line: Segment) -> bool:
        """Whether a straight line touches the rectangle (Liang and Barsky's clipping)."""
        first, last = 0.0, 1.0
        for start, step, low, high in (
            (line.x1, line.x2 - line.x1, self.left, self.right),
            (line.y1, line.y2 - line.y1, self.top, self.bottom),
        ):
            if step == 0:
                if not low <= start <= high:
                    return False
                continue
            near, far = sorted(((low - start) / step, (high - start) / step))
            first, last = max(first, near), min(last, far)
        return first <= last

    def holds(self, other: Box) -> bool:
        """Whether the other rectangle lies wholly inside this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def grown(self, by: float) -> Box:
        """The same rectangle, larger on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on an axis and how far along the sheet it stands."""

    value: int
    at: float


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: `first` and `last` are points of the scale, `start` and `end` where they stand."""

    first: float
    last: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where `value` stands, held inside the axis."""
        held = min(max(value, self.first), self.last)
        return self.start + (held - self.first) / (self.last - self.first) * (self.end - self.start)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Every ten points from end to end."""
        return tuple(
            Tick(value, self.at(value))
            for value in range(int(self.first), int(self.last) + 1, STEP)
        )


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot to draw: one idea, or a crowd.

    Attributes:
        members: keys of its ideas, the most important first.
        code: the code of its one idea, or how many it holds.
        advice: of its one idea, or the most frequent in the crowd.
        x: where it is drawn, as is `y`.
        radius: of the dot.
        true_x: where it belongs, as does `true_y`; a thin line leads there where they differ.
    """

    members: tuple[str, ...]
    code: str
    advice: str
    x: float
    y: float
    radius: float
    true_x: float
    true_y: float

    @property
    def is_crowd(self) -> bool:
        """Whether it stands for several ideas."""
        return len(self.members) > 1

    @property
    def has_moved(self) -> bool:
        """Whether it stands far enough from its true place to need a line to it."""
        return hypot(self.x - self.true_x, self.y - self.true_y) > self.radius


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet to draw on, in SVG user units.

    Attributes:
        width: of the whole sheet.
        height: of the whole sheet.
        left: from the sheet's edge to the plot, as are `top`, `right` and `bottom`.
        letter: the width of an ordinary letter of a label.
        line: the height of a label.
        radius: of the dot of an idea without effort.
        named: how many ideas carry words when there are too many to name them all.
        roomy: up to how many ideas all of them are named.
        packed: beyond how many ideas neighbours are drawn as one crowd.
    """

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    letter: float
    line: float
    radius: float
    named: int
    roomy: int
    packed: int

    @property
    def plot(self) -> Box:
        """The rectangle in which dots may stand."""
        return Box(self.left, self.top, self.width - self.right, self.height - self.bottom)


DESK: Final = Frame(760, 520, 52, 8, 14, 50, 7.4, 18, 12, 10, 15, 40)
"""Beside the decisions on a desk; on paper too."""

PHONE: Final = Frame(360, 400, 34, 8, 12, 44, 6.6, 16, 11, 5, 6, 15)
"""The whole map on a phone without scrolling sideways."""
