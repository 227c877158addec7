"""Ready-made workshops: which steps, in which order, with how many minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.rules.plans import StepPlan
from workshop.rules.refusals import N_

OWN: Final = "own"
"""What a workshop says it was made from where that was somebody's own template or a file."""


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


_HOUR: Final = WorkshopTemplate(
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
)

_HALF_DAY: Final = WorkshopTemplate(
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
)

#: Discover, define, develop, deliver (Design Council, 2004): wide, narrow, wide, narrow.
_DIAMOND: Final = WorkshopTemplate(
    "diamond",
    N_("Double Diamond"),
    N_("Look wide, choose what matters, try out wide, choose what to do"),
    (
        StepPlan("welcome", 10),
        StepPlan("problems", 30, question=N_("Discover: what happens now? What gets in the way?")),
        StepPlan("themes", 25, question=N_("Define: which of these are really one problem?")),
        StepPlan(
            "ideas",
            35,
            question=N_("Develop: pick a problem. What could we try? Wild ideas are welcome."),
            view="themes",
        ),
        StepPlan(
            "vote",
            10,
            "approval",
            budget=0,
            question=N_("Which of these are worth a closer look? Pick as many as you like."),
        ),
        StepPlan("results", 10),
        StepPlan(
            "ideas", 20, question=N_("Deliver: make the best ones ready. Who does what, and when?")
        ),
        StepPlan("vote", 10, "dots", question=N_("Which ones should we start with?")),
        StepPlan("results", 10),
        StepPlan("next", 20),
    ),
)

#: Bate and Robert (2006): people who use a service and people who give it look at the same
#: experiences first apart and then together, and then change it together.
_CO_DESIGN: Final = WorkshopTemplate(
    "co-design",
    N_("Experience-based co-design"),
    N_("Experiences first: people who use it, then staff, then everybody together"),
    (
        StepPlan("welcome", 15),
        StepPlan(
            "journey",
            25,
            question=N_("People who use the service: think of one day. How did it feel?"),
            posters="citizen",
        ),
        StepPlan(
            "journey",
            20,
            question=N_("Staff and partners: what is it like to give this service?"),
            posters="staff partner",
        ),
        StepPlan(
            "themes", 25, question=N_("Where do these stories touch? Let’s put them together.")
        ),
        StepPlan(
            "ideas",
            35,
            question=N_("Together: what could we change, and who brings what?"),
            view="themes",
        ),
        StepPlan("vote", 10, "dots", question=N_("Which change should we work on together first?")),
        StepPlan("results", 10),
        StepPlan("next", 20),
    ),
)

_ONE_QUESTION: Final = WorkshopTemplate(
    "one-question",
    N_("One question, one vote"),
    N_("Everybody answers one question, then the room chooses"),
    (
        StepPlan("ideas", 8, question=N_("What is your answer? Write one at a time."), view="own"),
        StepPlan("vote", 5, "approval", budget=0, question=N_("Which answers do you agree with?")),
        StepPlan("results", 5),
    ),
)

_LIVED: Final = WorkshopTemplate(
    "lived",
    N_("What it is like"),
    N_("Moments people lived through, then what to change"),
    (
        StepPlan("welcome", 5),
        StepPlan("journey", 20),
        StepPlan("problems", 10),
        StepPlan("themes", 10),
        StepPlan("ideas", 20),
        StepPlan("vote", 10, "dots"),
        StepPlan("results", 5),
        StepPlan("next", 10),
    ),
)
_SWEEP: Final = WorkshopTemplate(
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
)

TEMPLATES: Final[dict[str, WorkshopTemplate]] = {
    row.key: row for row in (_HOUR, _HALF_DAY, _DIAMOND, _CO_DESIGN, _ONE_QUESTION, _LIVED, _SWEEP)
}

VOTED: Final = frozenset(
    step.method for plan in TEMPLATES.values() for step in plan.steps if step.method
)
"""The ways of voting that some ready-made workshop uses."""
