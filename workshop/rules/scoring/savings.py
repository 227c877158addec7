"""Money: asked last, written down with how it comes about, and never part of a rank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workshop.rules.refusals import N_, Refused
from workshop.rules.scoring.assessment import ItemFacts, Score

FIRST: Final = "outcome"
"""The criterion that must be answered before any money field opens."""

LITTLE_OUTCOME: Final = 25.0
A_CUT: Final = N_("A cut, not an improvement: it saves money and makes nothing better.")


@dataclass(frozen=True, slots=True)
class Saving:
    """Money saved in a year, in whole units of the programme's own currency.

    Raises Refused: `money_range` below zero, `low_over_likely`, `likely_over_high`, `savings_how`
    where the mechanism ("fewer repeat contacts because ...") is missing.
    """

    low: int
    likely: int
    high: int
    mechanism: str

    def __post_init__(self) -> None:
        """An amount without its mechanism is a wish, so it is turned down."""
        if self.low < 0:
            raise Refused("money_range")
        if self.low > self.likely:
            raise Refused("low_over_likely")
        if self.likely > self.high:
            raise Refused("likely_over_high")
        if not self.mechanism.strip():
            raise Refused("savings_how")


def money_may_be_asked(scores: Mapping[str, Score]) -> bool:
    """Whether the outcome has been answered, so that the money fields may open."""
    return FIRST in scores


def require_outcome_first(scores: Mapping[str, Score]) -> None:
    """Raise Refused `outcome_first` where money comes before the outcome."""
    if not money_may_be_asked(scores):
        raise Refused("outcome_first")


def is_a_cut(saving: Saving, outcome: float, facts: ItemFacts) -> bool:
    """Whether to flag `A_CUT`: money is saved, but little gets better or a group gets worse."""
    return saving.likely > 0 and (outcome <= LITTLE_OUTCOME or bool(facts.worse_off))
