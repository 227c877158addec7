"""A vote or a conversation from elsewhere, ready to be laid on a table of our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workshop.rules.plans import MOST_VOTES, StepPlan
from workshop.rules.templates import OWN
from workshop.rules.wording import LIMITS

MOST_MEGABYTES: Final = 8
MOST_SENT: Final = MOST_MEGABYTES * 1024 * 1024
"""The most bytes of a file, or of several, that somebody may send."""

MOST_UNPACKED: Final = 40 * 1024 * 1024
"""The most bytes that a packed file may unfold to."""

MOST_FILES: Final = 12
MOST_IDEAS: Final = 500
MOST_BALLOTS: Final = 10_000
"""A wall of more ideas nobody reads; more ballots would keep the room's other acts waiting."""

TEMPLATE: Final = OWN


@dataclass(frozen=True, slots=True)
class Import:
    """What a file brings.

    Attributes:
        source: a key of `formats.FORMATS`.
        title: what the vote or conversation was called.
        service: whose it was.
        ideas: the words of each idea.
        method: how its ballots are counted here, a key of `METHODS`; None where no way of ours
            counts them as they were meant, so that they stay where they are.
        budget, cap, quadratic: the rest of the rule, see `rounds.rule_of`.
        ballots: one for each person: the place of an idea in `ideas` -> mark.
        remarks: what its reader should know, as `formats.files.Remark` has it.
        facts: what writing the file again takes: "meta", and "projects" by the place of the idea.
    """

    source: str
    title: str
    service: str
    ideas: Sequence[str]
    method: str | None = None
    budget: int = 0
    cap: int = 1
    quadratic: bool = False
    ballots: Sequence[Mapping[int, int]] = ()
    remarks: Sequence[Mapping[str, Any]] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def plan(found: Import) -> tuple[StepPlan, ...]:
    """The steps of a workshop that goes on from what was brought.

    First the room sees what others said elsewhere, then it adds and votes for itself.
    """
    seen = () if found.method is None else (_brought(found), StepPlan("results", 10))
    return (
        StepPlan("welcome", 5),
        *seen,
        StepPlan("ideas", 20),
        StepPlan("vote", 10, "dots"),
        StepPlan("results", 10),
        StepPlan("next", 10),
    )


def _brought(found: Import) -> StepPlan:
    """The vote of the file. Its round keeps the rule as it was, however large its numbers."""
    return StepPlan(
        "vote",
        0,
        found.method,
        budget=min(found.budget, MOST_VOTES),
        cap=min(max(found.cap, 1), MOST_VOTES),
        question=found.title[: LIMITS["instruction"]],
        quadratic=found.quadratic,
    )
