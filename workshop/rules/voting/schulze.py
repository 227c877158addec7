"""The Schulze order: an idea that beats another, directly or by a chain of ideas, is above it.

Source: Schulze, "A new monotonic, clone-independent, reversal symmetric, and condorcet-consistent
single-winner election method" (2011), with winning votes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
"""(ideas, ideas): how many people put the row's idea above the column's."""


def pairwise_table(
    ideas: Sequence[int], rankings: Iterable[tuple[Mapping[int, int], int]]
) -> Counts:
    """Count for each pair how many people prefer which.

    Args:
        ideas: the rows and columns, in this order.
        rankings: (idea -> place, people who ranked like this). Places from 1, ties allowed; an
            idea without a place, or with place 0, is below every ranked one and level with the
            other unranked ones.
    """
    table = np.zeros((len(ideas), len(ideas)), dtype=np.int64)
    last = np.iinfo(np.int64).max
    for ranking, people in rankings:
        place = np.array([ranking.get(idea, 0) or last for idea in ideas], dtype=np.int64)
        table += people * (place[:, None] < place[None, :])
    return table


def beaten_by(table: Counts) -> npt.NDArray[np.int64]:
    """(ideas,) how many others beat each idea by path strength; 0 is a winner of the order.

    The relation has no cycles, so these numbers order the ideas; level ideas share one.
    """
    strength = np.where(table > table.T, table, 0)
    for middle in range(len(table)):
        through = np.minimum(strength[:, middle, None], strength[None, middle, :])
        np.maximum(strength, through, out=strength)
    return np.asarray((strength > strength.T).sum(axis=0), dtype=np.int64)
