"""Which declared groups surely stand behind an idea, from what is kept of a revealed vote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.rules.fairness.agreement import HALF, SURE, Cell, certainty, support_thresholds


def backers(ideas: Mapping[str, Mapping[str, Any]], method: str) -> dict[int, tuple[str, ...]]:
    """Idea -> the groups that are 8 in 10 sure to be for it (METHODS: agreement across groups).

    `ideas` are those of stored findings. A group with too few answers on an idea is not told, and
    small groups are folded already, so nobody can be picked out.
    """
    cells = {
        int(idea): {group: Cell(*cell) for group, cell in one["cells"].items() if cell}
        for idea, one in ideas.items()
    }
    lines = support_thresholds(cells)
    if method == "sweep":
        lines = dict.fromkeys(lines, HALF)
    return {
        idea: tuple(name for name, cell in told.items() if certainty(cell, lines[name]) >= SURE)
        for idea, told in cells.items()
    }
