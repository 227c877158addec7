"""The split of a result by group as it may be shown: small groups folded, small cells left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from workshop.rules.fairness.folding import OTHERS, folding, showable
from workshop.rules.roles import IMPORTED, VOICES
from workshop.rules.voting.ballots import GroupCount

Split = Mapping[str, GroupCount | None]
"""Group (or "others") -> its count, or None where the cell is too small to be shown."""


def shown_splits(
    rows: Sequence[Mapping[str, GroupCount]], order: Sequence[str] = (*VOICES, IMPORTED)
) -> list[Split]:
    """Fold and hide as METHODS 3 asks, for all ideas of one round alike.

    `order` names every part that a row may be split into, in the order in which they are shown.

    A group's size is the number of its people who answered, or were shown, its best known idea:
    never more than cast a ballot, so a group is folded rather too early than too late.
    """
    sizes: dict[str, int] = {}
    for row in rows:
        for group, count in row.items():
            sizes[group] = max(sizes.get(group, 0), count.seen)
    names = folding(sizes)
    return [_shown(row, names, order) for row in rows]


def _shown(row: Mapping[str, GroupCount], names: Mapping[str, str], order: Sequence[str]) -> Split:
    together = {
        name: total(count for group, count in row.items() if names[group] == name)
        for name in (*order, OTHERS)
        if name in names.values()
    }
    seen = showable({name: count.seen for name, count in together.items()})
    return {name: count if name in seen else None for name, count in together.items()}


def total(counts: Iterable[GroupCount]) -> GroupCount:
    """Add up what several groups said."""
    kept = list(counts)
    return GroupCount(
        **{one.name: sum(getattr(count, one.name) for count in kept) for one in fields(GroupCount)}
    )
