"""PERT scores as random numbers, without a special-function library.

A PERT score on (low, likely, high) is low + (high - low) * B with B ~ Beta(1 + 4t, 5 - 4t) and
t = (likely - low) / (high - low). The two shapes always sum to 6, so all of them form one family
with the single parameter t, and its inverse distribution function fits in one table: rows for t,
columns for the standard normal score z of a probability. Looking up at z rather than at Phi(z) is
what a Gaussian copula needs, and the function is smooth there up to both ends.

Each row integrates the density on a grid that is fine at both ends and inverts it by monotone
interpolation. Between rows and columns the table is read linearly. Against the exact distribution
the error stays under 0.00002 of the range, 0.002 points for a score that spans 0-100 (tested).
Beyond z = 5, which is 6 draws in ten million, the value at 5 is used.
"""

from __future__ import annotations

from functools import cache
from math import erfc, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_EDGE: Final = 5.0
_COLUMNS: Final = 501
_ROWS: Final = 257
_GRID: Final = 4001
_PER_UNIT: Final = (_COLUMNS - 1) / (2 * _EDGE)


@cache
def _table() -> Array:
    """B at normal score z (columns, -5 to 5) for t (rows, 0 to 1); made once, never changed."""
    scores = np.linspace(-_EDGE, _EDGE, _COLUMNS)
    chances = np.array([0.5 * erfc(-score / sqrt(2)) for score in scores])
    step = np.linspace(0.0, np.pi, _GRID)
    places = (1.0 - np.cos(step)) / 2.0
    rows = [np.interp(chances, _distribution(t, places, step), places) for t in _shapes()]
    table = np.array(rows)
    table.setflags(write=False)
    return table


def _shapes() -> Array:
    return np.linspace(0.0, 1.0, _ROWS)


def _distribution(t: float, places: Array, step: Array) -> Array:
    """P(B <= place) by the trapezoid rule; d place = sin(step) / 2 d step."""
    density = places ** (4 * t) * (1.0 - places) ** (4 - 4 * t) * np.sin(step)
    total = np.concatenate(([0.0], np.cumsum((density[1:] + density[:-1]) / 2.0)))
    return np.asarray(total / total[-1])


def rows_for(shapes: Array) -> Array:
    """Table rows for each t in `shapes`, a new last axis running over normal scores."""
    table = _table()
    place = np.clip(shapes, 0.0, 1.0) * (_ROWS - 1)
    below = np.minimum(place.astype(np.int64), _ROWS - 2)
    part = (place - below)[..., np.newaxis]
    return np.asarray(table[below] * (1.0 - part) + table[below + 1] * part)


def read(rows: Array, which: NDArray[np.int64], scores: Array) -> Array:
    """B (0-1) at normal `scores` from row number `which` of two-dimensional `rows`."""
    place = (np.clip(scores, -_EDGE, _EDGE) + _EDGE) * _PER_UNIT
    below = np.minimum(place.astype(np.int64), _COLUMNS - 2)
    flat = rows.ravel()
    at = which * _COLUMNS + below
    left = flat[at]
    return np.asarray(left + (flat[at + 1] - left) * (place - below))


def shape(low: Array, likely: Array, high: Array) -> Array:
    """The t of each score; one without width has no shape, and any will do (its range is 0)."""
    span = high - low
    whole = np.where(span > 0, span, 1.0)
    return np.asarray(np.where(span > 0, (likely - low) / whole, 0.5))
