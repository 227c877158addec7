"""Dots that would cover each other: close ones become a crowd, the rest step aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import cos, hypot, pi, sin, sqrt
from typing import Final

from workshop.rules.scoring.plane import Box, Dot

GAP: Final = 3.0
"""Free space kept between two dots."""

SAME_PLACE: Final = 8.0
"""Dots this near each other are in one place for any reader, however few there are."""

CROWD: Final = 34.0
"""Where there are many ideas, a crowd takes in those this near to its first."""

ROUNDS: Final = 400
GOLDEN: Final = pi * (3 - sqrt(5))


def gather(dots: Sequence[Dot], alone: frozenset[str], near: float) -> list[Dot]:
    """Join dots no more than `near` from each other into crowds; `alone` holds keys never joined.

    Everybody goes by the distance to the first of a crowd, so that a chain of neighbours never
    becomes one crowd. Dots that stay alone come first.
    """
    single = [dot for dot in dots if alone.issuperset(dot.members)]
    crowds: list[list[Dot]] = []
    for dot in dots:
        if alone.issuperset(dot.members):
            continue
        home = next((c for c in crowds if _distance(c[0], dot) <= near), None)
        if home is None:
            crowds.append([dot])
        else:
            home.append(dot)
    return single + [_joined(crowd) for crowd in crowds]


def _distance(one: Dot, other: Dot) -> float:
    return hypot(one.x - other.x, one.y - other.y)


def _joined(crowd: list[Dot]) -> Dot:
    if len(crowd) == 1:
        return crowd[0]
    x = sum(dot.x for dot in crowd) / len(crowd)
    y = sum(dot.y for dot in crowd) / len(crowd)
    advice = Counter(dot.advice for dot in crowd).most_common(1)[0][0]
    radius = max(dot.radius for dot in crowd) + 2
    keys = tuple(key for dot in crowd for key in dot.members)
    return Dot(keys, str(len(keys)), advice, x, y, radius, x, y)


def spread_out(dots: Sequence[Dot], plot: Box) -> list[Dot]:
    """Push overlapping dots apart, each by half, and keep them inside the plot."""
    places = [_nudged(dot, number) for number, dot in enumerate(dots)]
    for _ in range(ROUNDS):
        moved = _push(places, dots)
        for place, dot in zip(places, dots, strict=True):
            place[0] = min(max(place[0], plot.left + dot.radius), plot.right - dot.radius)
            place[1] = min(max(place[1], plot.top + dot.radius), plot.bottom - dot.radius)
        if not moved:
            break
    return [replace(dot, x=x, y=y) for dot, (x, y) in zip(dots, places, strict=True)]


def _push(places: list[list[float]], dots: Sequence[Dot]) -> bool:
    """Part every overlapping pair once; whether there was any."""
    moved = False
    for one in range(len(dots)):
        for other in range(one + 1, len(dots)):
            need = dots[one].radius + dots[other].radius + GAP
            dx = places[other][0] - places[one][0]
            dy = places[other][1] - places[one][1]
            apart = hypot(dx, dy)
            if apart >= need - 0.01:
                continue
            moved = True
            # Two dots in the very same place have no direction of their own to part in.
            way = (dx / apart, dy / apart) if apart > 0 else (1.0, 0.0)
            step = (need - apart) / 2
            places[one][0] -= way[0] * step
            places[one][1] -= way[1] * step
            places[other][0] += way[0] * step
            places[other][1] += way[1] * step
    return moved


def _nudged(dot: Dot, number: int) -> list[float]:
    """Its place, off by less than can be seen, so that a pile of dots opens to all sides."""
    turn, off = number * GOLDEN, 0.02 * sqrt(number)
    return [dot.x + off * cos(turn), dot.y + off * sin(turn)]
