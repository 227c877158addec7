"""Words beside dots: each label where it covers least, and none where it would cover something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, inf, pi, sin
from typing import Final
from unicodedata import combining, east_asian_width

from workshop.rules.scoring.plane import Box, Dot, Segment

CLEAR: Final = 3.0
"""Free space kept round a label."""

RINGS: Final = (0.0, 1.0, 2.0, 3.0, 4.5, 6.0, 8.0, 11.0, 15.0)
"""How far off a label may stand, in lines of writing."""

FAR: Final = 3.0
"""From this ring on, places are looked for all round the dot."""

AROUND: Final = 16
"""So many places are looked at on each ring that is far off."""

BESIDE: Final = 10.0
"""Words no further than this from their dot need no line to it."""

SWEEPS: Final = 4
"""How often every label may look for a better place once the others stand."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a label says of idea `key`; `letter` and `line` are the size of its writing."""

    key: str
    text: str
    letter: float
    line: float

    @property
    def width(self) -> float:
        """How wide it will be; wide scripts take two letters' room, combining marks none."""
        marks = (mark for mark in self.text if not combining(mark))
        return self.letter * sum(2 if east_asian_width(mark) in "WF" else 1 for mark in marks)


@dataclass(frozen=True, slots=True)
class Label:
    """Words in their place: `x` and `y` for a text anchored in the middle of `box`.

    `leader` ties words that stand off to their dot; None for words right beside it.
    """

    key: str
    text: str
    box: Box
    leader: Segment | None

    @property
    def x(self) -> float:
        """The middle of the words, so that they stay in place in either direction of writing."""
        return (self.box.left + self.box.right) / 2

    @property
    def y(self) -> float:
        """The baseline: about a quarter of the line stays below it."""
        return self.box.bottom - 0.25 * (self.box.bottom - self.box.top)


def place_labels(
    words: Sequence[Words],
    dots: Sequence[Dot],
    plot: Box,
    lines: tuple[float, float],
    taken: Sequence[Box] = (),
) -> list[Label]:
    """A label for each of `words` that finds a free place, in the order given.

    No label covers a dot or another label or leaves the plot; one that finds no such place is left
    out, since its code stands in its dot anyway. `lines` is where the leaders' lines stand, and
    `taken` what the plot itself says.
    """
    home = {key: dot for dot in dots for key in dot.members if len(dot.members) == 1}
    wanted = [one for one in words if one.key in home]
    places = {one.key: list(_candidates(one, home[one.key])) for one in wanted}
    chosen: dict[str, Box] = {}
    for _ in range(SWEEPS):
        before = dict(chosen)
        for one in wanted:
            chosen.pop(one.key, None)
            scene = _Scene(home[one.key], tuple(dots), (*taken, *chosen.values()), plot, lines)
            best = scene.best(places[one.key])
            if best is not None:
                chosen[one.key] = best
        if chosen == before:
            break
    return [
        Label(one.key, one.text, chosen[one.key], _leader(home[one.key], chosen[one.key]))
        for one in wanted
        if one.key in chosen
    ]


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one label has to mind: its dot, all dots, other words, the plot and the lines."""

    home: Dot
    dots: tuple[Dot, ...]
    others: tuple[Box, ...]
    plot: Box
    lines: tuple[float, float]

    def best(self, places: Sequence[Box]) -> Box | None:
        """The free place with the least against it, where every later place counts one more."""
        found: Box | None = None
        least = inf
        for rank, box in enumerate(places):
            if rank >= least:
                break
            against = rank + self.cost(box) if self.is_free(box) else inf
            if against < least:
                found, least = box, against
        return found

    def is_free(self, box: Box) -> bool:
        """Whether a label in `box` would cover nothing and stay inside."""
        room = box.grown(CLEAR)
        if not self.plot.holds(room):
            return False
        return not any(room.overlap(taken) for taken in (*map(_square, self.dots), *self.others))

    def cost(self, box: Box) -> float:
        """What speaks against `box`: lines through the words, and doubt about whose words they are.

        Doubt comes from dots nearer than its own and from a leader that runs over something else.
        """
        crossed = (box.left < self.lines[0] < box.right) + (box.top < self.lines[1] < box.bottom)
        middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        leader = _leader(self.home, box)
        if leader is None:
            own = hypot(self.home.x - middle[0], self.home.y - middle[1])
            nearer = sum(hypot(dot.x - middle[0], dot.y - middle[1]) < own for dot in self.dots)
            return 6.0 * crossed + 4.0 * nearer
        strange = [_square(dot) for dot in self.dots if dot != self.home]
        return 6.0 * crossed + 14.0 * sum(
            taken.crossed_by(leader) for taken in (*strange, *self.others)
        )


def _square(dot: Dot) -> Box:
    return Box(dot.x, dot.y, dot.x, dot.y).grown(dot.radius)


def _candidates(words: Words, dot: Dot) -> Iterator[Box]:
    """Places round the dot, the best first: right, left, above, below, then further off."""
    wide, high = words.width, words.line
    for far in RINGS:
        reach = dot.radius + CLEAR + 2 + far * high
        yield _at(dot.x + reach + wide / 2, dot.y, wide, high)
        yield _at(dot.x - reach - wide / 2, dot.y, wide, high)
        for shift in (0.0, 0.25, -0.25, 0.5, -0.5):
            yield _at(dot.x + shift * wide, dot.y - reach - high / 2, wide, high)
            yield _at(dot.x + shift * wide, dot.y + reach + high / 2, wide, high)
        for side in (1, -1):
            for up in (-1, 1):
                middle = dot.x + side * (0.8 * reach + wide / 2)
                yield _at(middle, dot.y + up * (0.7 * reach + high / 2), wide, high)
        if far >= FAR:
            for part in range(AROUND):
                turn = 2 * pi * part / AROUND
                across, down = cos(turn) * (reach + wide / 2), sin(turn) * (reach + high / 2)
                yield _at(dot.x + across, dot.y + down, wide, high)


def _at(x: float, y: float, wide: float, high: float) -> Box:
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _leader(dot: Dot, box: Box) -> Segment | None:
    """From the dot's edge to the nearest point of the box, unless the words stand beside it."""
    x = min(max(dot.x, box.left), box.right)
    y = min(max(dot.y, box.top), box.bottom)
    far = hypot(x - dot.x, y - dot.y)
    if far <= dot.radius + BESIDE:
        return None
    part = dot.radius / far
    return Segment(dot.x + part * (x - dot.x), dot.y + part * (y - dot.y), x, y)
