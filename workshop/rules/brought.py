"""A backlog from elsewhere, looked at item by item and ready to be laid beside our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from workshop.rules.backlog import STAGE_AFTER
from workshop.rules.fairness.folding import OTHERS
from workshop.rules.roles import IMPORTED, VOICES

MOST_ITEMS: Final = 500
MOST_WORKSHOPS: Final = 50
MOST_MEGABYTES: Final = 2
MOST_SENT: Final = MOST_MEGABYTES * 1024 * 1024
"""The most bytes of a backlog that somebody may send. All of it is stored in one go."""

COUNTED: Final = (*VOICES, IMPORTED, OTHERS)
"""The parts that the votes of an item may be split into."""

NUMBERS: Final = ("reward", "risk", "still", "p_reward", "evpi")
"""Figures that the assessors of another server came to."""

OWN_GATES: Final = frozenset({"unlawful", "no_owner"})
"""Gates that follow from facts which come along; the others stay shut until people score here."""


def has_figures(figures: Mapping[str, Any]) -> bool:
    """Whether anybody has scored the item that these figures are of, see `BroughtItem`."""
    return bool(figures["advice"]) or any(figures[name] is not None for name in NUMBERS)


@dataclass(frozen=True, slots=True)
class BroughtItem:
    """One item of a file. Every word is clean and every key is one of ours.

    Attributes:
        workshop, service: where it was voted on, "" where the file does not say.
        wording: the idea as it was voted on, "" where its author took it back.
        votes: votes by a part of `COUNTED`; supporters: how many people that is.
        facts: columns of the item that it comes with.
        answer: a key of `ANSWERS`, or "" with all that belongs to an answer.
        figures: `NUMBERS`, `advice` and `gates` as plain JSON. They were worked out elsewhere, are
            shown as imported, and never count as an assessment.
    """

    title: str
    workshop: str
    service: str
    wording: str
    problem: str
    votes: Mapping[str, int]
    supporters: int | None
    facts: Mapping[str, Any]
    needs: tuple[str, ...]
    answer: str
    reason: str
    conditions: str
    change_mind: str
    review_on: str | None
    figures: Mapping[str, Any]

    @property
    def scored(self) -> bool:
        """Whether anybody elsewhere has scored it."""
        return has_figures(self.figures)

    @property
    def moved(self) -> bool:
        """Whether its stage is none that its answer, or having none, leads to by itself."""
        stage = self.facts["stage"]
        if not self.answer:
            return stage not in {"candidate", "assessed"}
        return stage not in {STAGE_AFTER[self.answer], "adopted" if self.answer == "yes" else ""}
