"""Ready-made workshops: which steps, in which order, with how many minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.rules.refusals import N_


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One planned step. A vote step also names its method, budget and cap."""

    phase: str
    minutes: int
    method: str | None = None
    budget: int = 5
    cap: int = 3


@dataclass(frozen=True, slots=True)
class WorkshopTemplate:
    """A plan that a facilitator starts from."""

    key: str
    label: str
    about: str
    steps: tuple[StepPlan, ...]

    @property
    def minutes(self) -> int:
        """How long the whole plan takes, in minutes."""
        return sum(step.minutes for step in self.steps)


TEMPLATES: Final[dict[str, WorkshopTemplate]] = {
    row.key: row
    for row in (
        WorkshopTemplate(
            "hour",
            N_("One hour"),
            N_("One service, one vote"),
            (
                StepPlan("welcome", 5),
                StepPlan("problems", 12),
                StepPlan("themes", 8),
                StepPlan("ideas", 15),
                StepPlan("vote", 8, "dots"),
                StepPlan("results", 5),
                StepPlan("next", 7),
            ),
        ),
        WorkshopTemplate(
            "half-day",
            N_("Half a day"),
            N_("Two passes of ideas, with a vote after each"),
            (
                StepPlan("welcome", 15),
                StepPlan("problems", 30),
                StepPlan("themes", 25),
                StepPlan("ideas", 50),
                StepPlan("vote", 15, "approval", budget=0),
                StepPlan("results", 15),
                StepPlan("ideas", 30),
                StepPlan("vote", 15, "dots"),
                StepPlan("results", 15),
                StepPlan("next", 20),
            ),
        ),
        WorkshopTemplate(
            "sweep",
            N_("Where do we agree?"),
            N_("Many statements, each with agree, pass or disagree"),
            (
                StepPlan("welcome", 5),
                StepPlan("ideas", 20),
                StepPlan("vote", 20, "sweep"),
                StepPlan("results", 10),
                StepPlan("next", 5),
            ),
        ),
    )
}

VOTED: Final = frozenset(
    step.method for plan in TEMPLATES.values() for step in plan.steps if step.method
)
"""The ways of voting that some ready-made workshop uses."""
