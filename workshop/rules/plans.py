"""A planned step, and what each of its parts may be. Forms, acts and files all ask here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from workshop.rules.permissions import EVERYBODY, kept
from workshop.rules.phases import PHASES
from workshop.rules.refusals import Refused
from workshop.rules.rounds import ROOM_METHODS
from workshop.rules.voting import METHODS
from workshop.rules.wording import LIMITS, clean

LONGEST_STEP: Final = 600
MOST_VOTES: Final = 100
MOST_STEPS: Final = 40
MOST_PLANS: Final = 100
MOST_PROGRAMMES: Final = 100
BUDGET: Final = 5
CAP: Final = 3


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One planned step.

    Attributes:
        phase: its kind, a key of `PHASES`.
        minutes: how long it takes.
        method: how people vote, where it is a vote; None where it is none.
        budget: votes for each person; the most ideas one may pick where they are approved.
        cap: the most votes on one idea.
        question: what people read; nothing stands for the question that its kind begins with.
        posters: who may write, as `permissions` keeps it.
        voters: who may vote, in the same form.
        quadratic: whether several votes on one idea cost their square.
        secret: whether ballots are cast whole, and nobody can know whose they are.
        view: how phones show it; nothing stands for the first view of its kind.
    """

    phase: str
    minutes: int
    method: str | None = None
    budget: int = BUDGET
    cap: int = CAP
    question: str = ""
    posters: str = EVERYBODY
    voters: str = EVERYBODY
    view: str = ""
    quadratic: bool = False
    secret: bool = False


def checked(plan: StepPlan) -> StepPlan:
    """The plan as a step keeps it, with whatever was left to its kind filled in.

    Raises:
        Refused: what the first part that does not fit is refused with.
    """
    phase = PHASES[known_phase(plan.phase)]
    if phase.votes:
        _rule(plan)
    return StepPlan(
        phase=phase.key,
        minutes=whole(plan.minutes, 0, LONGEST_STEP),
        method=plan.method if phase.votes else None,
        budget=whole(plan.budget, 0, MOST_VOTES) if phase.votes else BUDGET,
        cap=whole(plan.cap, 1, MOST_VOTES) if phase.votes else CAP,
        question=clean(plan.question or phase.question, LIMITS["instruction"]),
        posters=kept(plan.posters.split()),
        voters=kept(plan.voters.split()),
        view=known_view(phase.key, plan.view or phase.views[0]),
        quadratic=phase.votes and plan.quadratic,
        secret=phase.votes and plan.secret,
    )


def _rule(plan: StepPlan) -> None:
    method = known_method(plan.method)
    if plan.secret and not METHODS[method].by_mark:
        raise Refused("pairs_open")
    somebody(plan.voters.split())


def known_phase(key: object) -> str:
    """The key of a kind of step. Raises `Refused("unknown_step")`."""
    if not isinstance(key, str) or key not in PHASES:
        raise Refused("unknown_step")
    return key


def known_view(phase: str, key: object) -> str:
    """A view that phones have for this kind of step. Raises `Refused("unknown_view")`."""
    if not isinstance(key, str) or key not in PHASES[phase].views:
        raise Refused("unknown_view")
    return key


def known_method(key: object) -> str:
    """A way of voting that has a ballot page. Raises `Refused("unknown_method")`."""
    if not isinstance(key, str) or key not in ROOM_METHODS:
        raise Refused("unknown_method")
    return key


def somebody(voters: Collection[str]) -> str:
    """Who votes, as a step keeps it. Raises `Refused("nobody_votes")` where nobody does."""
    if not (choice := kept(voters)):
        raise Refused("nobody_votes")
    return choice


def whole(number: object, least: int, most: int) -> int:
    """A whole number in a range. Raises `Refused("not_whole")`."""
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        raise Refused("not_whole", least=least, most=most)
    return number
