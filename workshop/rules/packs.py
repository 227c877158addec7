"""A plan that leaves its workshop: what it is about and its steps, without people or posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from workshop.rules.permissions import named
from workshop.rules.phases import PHASES
from workshop.rules.plans import StepPlan

GROUPS: Final = ("posters", "voters")
RULE: Final = ("method", "budget", "cap", "quadratic")
"""What only a vote has."""

FIELDS: Final = ("phase", "question", "minutes", "view", *GROUPS, *RULE)
"""The fields of a step, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a workshop is about, and its steps."""

    title: str
    service: str
    goal: str
    better_for: str
    steps: tuple[StepPlan, ...]


def as_fields(step: StepPlan) -> dict[str, Any]:
    """A step as plain JSON values, by `FIELDS`. Only a vote has a rule."""
    whole = {name: getattr(step, name) for name in FIELDS} | {
        name: list(named(getattr(step, name))) for name in GROUPS
    }
    if PHASES[step.phase].votes:
        return whole
    return {name: value for name, value in whole.items() if name not in RULE}


def from_fields(fields: Mapping[str, Any]) -> StepPlan:
    """The step of such values, which `plans.checked` has still to look at."""
    groups = {name: " ".join(fields[name]) for name in GROUPS if name in fields}
    return StepPlan(**{**fields, **groups})
