"""Opinion groups that nobody declared, where enough people answered enough; only an indication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from workshop.rules.fairness.agreement import SIGNIFICANT, Cell, sets_apart
from workshop.rules.fairness.folding import SMALLEST_GROUP
from workshop.rules.fairness.groups_found import find_groups
from workshop.rules.findings.counted import Counted

MOST_TOLD: Final = 3
"""How many ideas say what sets a group apart."""


def opinions(counted: Counted) -> dict[str, Any] | None:
    """Groups of people who answered alike, as plain JSON values; None where that says nothing.

    Only a sweep asks everybody about every idea. "sizes": letter -> people; "apart": letter -> the
    ideas that this group agrees with far more than everybody else, the strongest first.
    """
    if counted.rule.method != "sweep":
        return None
    answers: dict[int | str, Mapping[int, int]] = {
        number: ballot.marks for number, ballot in enumerate(counted.ballots)
    }
    found = find_groups(answers, seed=counted.seed)
    if found is None:
        return None
    return {
        "sizes": dict(sorted(Counter(found.members.values()).items())),
        "apart": _apart(counted, answers, found.members),
    }


def _apart(
    counted: Counted,
    answers: Mapping[int | str, Mapping[int, int]],
    members: Mapping[int | str, str],
) -> dict[str, list[int]]:
    told: dict[str, list[tuple[float, int]]] = {name: [] for name in sorted(set(members.values()))}
    for idea in counted.ideas:
        cells = {}
        for name in told:
            said = [
                answers[who][idea]
                for who in members
                if members[who] == name
                if idea in answers[who]
            ]
            cells[name] = Cell(sum(one > 0 for one in said), len(said))
        # A cell about a handful of people is a cell about somebody.
        if min(cell.answered for cell in cells.values()) < SMALLEST_GROUP:
            continue
        for name, (ratio, z) in sets_apart(cells).items():
            if z > SIGNIFICANT:
                told[name].append((-ratio, idea))
    return {name: [idea for _, idea in sorted(found)[:MOST_TOLD]] for name, found in told.items()}
