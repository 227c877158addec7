"""Small groups are never shown alone: they fold into "others", and small cells are hidden.

A number about three people is a number about somebody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OTHERS: Final = "others"
SMALLEST_GROUP: Final = 5
"""People a shown group has at the least, and answers a shown cell has at the least."""


def folding(sizes: Mapping[str, int]) -> dict[str, str]:
    """Say under which name each group is shown: group -> itself or `OTHERS`.

    `sizes` counts the people of each group. Groups under `SMALLEST_GROUP` fold into others; then
    the smallest group left joins them, again and again, until others has enough people too or is
    the whole room.
    """
    shown = {group: size for group, size in sizes.items() if group != OTHERS}
    others = sizes.get(OTHERS, 0)
    for group in sorted(shown, key=lambda name: (shown[name], name)):
        too_small = shown[group] < SMALLEST_GROUP
        if too_small or 0 < others < SMALLEST_GROUP:
            others += shown.pop(group)
    return {group: group if group in shown else OTHERS for group in sizes}


def showable(answers: Mapping[str, int]) -> frozenset[str]:
    """Name the groups whose cell may be shown for one idea, given each group's answers to it.

    Cells under `SMALLEST_GROUP` answers are hidden. The total is public, so what is hidden can be
    found by subtraction as one sum; more cells are hidden, smallest first, until that sum covers
    two groups and enough answers to be a showable cell itself.
    """
    smallest_first = sorted(answers, key=lambda name: (answers[name], name))
    hidden: list[str] = []
    for group in smallest_first:
        alone = len(hidden) == 1 or 0 < sum(answers[name] for name in hidden) < SMALLEST_GROUP
        if answers[group] < SMALLEST_GROUP or alone:
            hidden.append(group)
    return frozenset(answers) - frozenset(hidden)
