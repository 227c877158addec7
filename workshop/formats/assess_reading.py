"""Reading an assessment file: `{"weights": {...}, "items": [...]}`, every slip said plainly.

`assess_item` reads one item. What stops nothing but should be known becomes a remark.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop.formats.assess_item import FIELDS, an_object, is_number, read_item
from workshop.formats.files import BadFile, Remark, read_text
from workshop.rules.refusals import N_, Refused
from workshop.rules.scoring.criteria import CRITERIA, DEFAULT_WEIGHTS
from workshop.rules.scoring.panel import FEWEST
from workshop.rules.scoring.risk import FACTORS
from workshop.rules.scoring.simulation import Case
from workshop.rules.scoring.weights import normalised


@dataclass(frozen=True, slots=True)
class AssessmentFile:
    """What a file holds: cases in its order, their names, and remarks that stop nothing."""

    names: tuple[str, ...]
    cases: tuple[Case, ...]
    weights: Mapping[str, float]
    remarks: tuple[Remark, ...]


def read_assessments(path: Path) -> AssessmentFile:
    """Read a whole file or nothing. Raises BadFile with one sentence naming the item."""
    whole = an_object(
        _parsed(path), BadFile(N_("This file should be an object with “items” in it."))
    )
    items = whole.get("items")
    if not isinstance(items, list):
        raise BadFile(N_("This file has no list called “items”."))
    found = [read_item(item, place) for place, item in enumerate(items, start=1)]
    names = tuple(case.key for case in found)
    remarks = [*_unknown(whole, ("items", "weights"))]
    for case, item in zip(found, items, strict=True):
        remarks += _remarks(case, item)
    return AssessmentFile(names, _told_apart(found), _weights(whole), tuple(remarks))


def _parsed(path: Path) -> Any:  # noqa: ANN401 - JSON may hold anything; the callers look
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as wrong:
        raise BadFile(N_("This isn’t JSON we can read."), line=wrong.lineno) from None
    except (RecursionError, ValueError):
        raise BadFile(N_("This isn’t JSON we can read.")) from None


def _weights(whole: Mapping[str, Any]) -> Mapping[str, float]:
    """The file's weights, or the defaults; a criterion that the file leaves out weighs nothing."""
    if whole.get("weights") is None:
        return DEFAULT_WEIGHTS
    sentence = N_("“weights” should hold a number for each criterion.")
    given = an_object(whole["weights"], BadFile(sentence))
    for key, weight in given.items():
        if key not in CRITERIA:
            raise BadFile(N_("“%(key)s” in “weights” isn’t a criterion we know."), key=key[:40])
        if not is_number(weight):
            raise BadFile(N_("The weight of “%(key)s” isn’t a number."), key=key)
    try:
        return normalised(given)
    except Refused as no:
        raise BadFile(N_("Weights: %(why)s"), why=no.words()) from None


def _told_apart(cases: list[Case]) -> tuple[Case, ...]:
    """Give items of one name a number, so that each has draws of its own."""
    seen: Counter[str] = Counter()
    apart = []
    for case in cases:
        seen[case.key] += 1
        key = case.key if seen[case.key] == 1 else f"{case.key} ({seen[case.key]})"
        apart.append(Case(key, case.facts, case.assessments))
    return tuple(apart)


def _unknown(found: Mapping[str, Any], known: tuple[str, ...]) -> list[Remark]:
    return [
        Remark(N_("We don’t know “%(key)s”, so we left it out."), {"key": key[:40]})
        for key in found
        if key not in known
    ]


def _remarks(case: Case, item: Mapping[str, Any]) -> list[Remark]:
    said = _unknown(item, FIELDS)
    if len(case.assessments) < FEWEST:
        few = {"item": case.key, "count": len(case.assessments), "fewest": FEWEST}
        said.append(
            Remark(N_("“%(item)s” has %(count)s of the %(fewest)s assessors it should have."), few)
        )
    missing = ", ".join(key for key in FACTORS if key not in case.assessments[0].risks)
    if missing:
        values = {"item": case.key, "missing": missing}
        said.append(
            Remark(N_("“%(item)s” says nothing about %(missing)s: taken as no risk."), values)
        )
    return said
