"""Where the groups stand on each idea, on which shelf that puts it, and what is protected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.rules.fairness import gems
from workshop.rules.fairness.agreement import HALF, Cell, agreement, support_thresholds
from workshop.rules.fairness.folding import folding
from workshop.rules.findings.counted import Counted
from workshop.rules.findings.sureness import Sureness
from workshop.rules.scoring.portfolio import DEFAULTS
from workshop.rules.voting.shown import Split, shown_splits, total

Cells = Mapping[str, Cell]


def shelves(counted: Counted, sure: Sureness) -> dict[int, dict[str, Any]]:
    """Idea -> where it stands, as plain JSON values.

    "shelf": a key of `SHELVES`, None where nobody voted; "cells": shown group -> (agree, of how
    many), None where too few answered; "weakest" and "unsure": groups by name; "agreement": the
    geometric mean of the groups' rates; "gem": why it is protected where it is below the line.
    """
    cells = _cells(counted)
    if not any(cells.values()):
        return {idea: _silent() for idea in counted.ideas}
    thresholds = _thresholds(counted, cells)
    splits = shown_splits([counted.counts[idea] for idea in counted.ideas])
    return {
        idea: _one(counted, sure, idea, cells[idea], thresholds, split)
        for idea, split in zip(counted.ideas, splits, strict=True)
    }


def _silent() -> dict[str, Any]:
    nothing: dict[str, Any] = {"shelf": None, "cells": {}, "weakest": None, "unsure": []}
    return {**nothing, "agreement": None, "gem": []}


def _one(
    counted: Counted,
    sure: Sureness,
    idea: int,
    cells: Cells,
    thresholds: Mapping[str, float],
    split: Split,
) -> dict[str, Any]:
    found = agreement(cells, thresholds)
    return {
        "shelf": found.shelf,
        "cells": {
            group: [count.people, count.seen] if count else None for group, count in split.items()
        },
        "weakest": found.weakest if len(cells) > 1 else None,
        "unsure": list(found.unsure),
        "agreement": found.shown,
        "gem": list(_protected(counted, sure, idea, found.sure)),
    }


def _protected(
    counted: Counted, sure: Sureness, idea: int, certainties: Mapping[str, float]
) -> tuple[str, ...]:
    """Why an idea goes to the protected shelf instead of out; nothing where it is not out."""
    if sure.band(idea) != "out":
        return ()
    supporters, seen = sure.shares[idea]
    prospect = gems.Prospect(
        supporters, seen, certainties, shown=max(seen, counted.shown.get(idea, 0))
    )
    return gems.reasons(prospect, cut=sure.line, room=counted.room, least_reward=DEFAULTS.reward)


def _cells(counted: Counted) -> dict[int, Cells]:
    """Idea -> shown group -> how many agree of how many; small groups are folded together."""
    sizes: dict[str, int] = {}
    for split in counted.counts.values():
        for group, count in split.items():
            sizes[group] = max(sizes.get(group, 0), count.seen)
    names = folding({group: size for group, size in sizes.items() if size})
    folded: dict[int, Cells] = {}
    for idea in counted.ideas:
        told = {}
        for name in sorted(set(names.values())):
            inside = total(
                count for group, count in counted.counts[idea].items() if names.get(group) == name
            )
            told[name] = Cell(inside.people, inside.seen)
        folded[idea] = told
    return folded


def _thresholds(counted: Counted, cells: Mapping[int, Cells]) -> dict[str, float]:
    """From which share on a group supports an idea: half in a sweep, else its mean support."""
    if counted.rule.method == "sweep":
        return {name: HALF for told in cells.values() for name in told}
    return support_thresholds(cells)
