"""Ranked: ideas in order, the best first, ties allowed; counted by Schulze."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from workshop.rules.refusals import N_, Refused
from workshop.rules.voting.ballots import Ballot, RoundRule
from workshop.rules.voting.method import Method, whole
from workshop.rules.voting.schulze import Counts, beaten_by, pairwise_table

LOWEST_PLACE: Final = 1000
"""No list on a screen is longer; a place below it is a broken message."""


class Ranked(Method):
    """Marks are places: 1 is best, equal places are ties, 0 takes an idea off the list.

    The score of an idea is how many ideas do not beat it in the Schulze order. A supporter is
    somebody who ranked the idea at all.
    """

    key: ClassVar[str] = "ranked"
    label: ClassVar[str] = N_("Ranking")

    def check(self, rule: RoundRule, value: int) -> None:
        """Raise Refused "bad_value" for anything but 0 and a place there is."""
        if not whole(value) or not 0 <= value <= (rule.places or LOWEST_PLACE):
            raise Refused("bad_value")

    def cost(self, rule: RoundRule, value: int) -> int:
        """One of the places where the round limits them, else nothing."""
        return int(rule.places is not None and value > 0)

    def purse(self, rule: RoundRule) -> int:
        """Allow as many ideas as there are places; nothing costs anything without a limit."""
        return rule.places or 0

    def together(self, rule: RoundRule, own: int | None, others: Sequence[int]) -> int:  # noqa: ARG002 - the same under every rule
        """Put the card where the best placed of the ideas stands."""
        return min((mark for mark in (own, *others) if mark), default=0)

    def scores(
        self,
        rule: RoundRule,  # noqa: ARG002 - a ranking counts the same under every rule
        ideas: Sequence[int],
        ballots: Sequence[Ballot],
    ) -> Mapping[int, int]:
        """Count for each idea the others that do not beat it."""
        beaten = beaten_by(self.table(ideas, ballots))
        return {
            idea: len(ideas) - 1 - int(times) for idea, times in zip(ideas, beaten, strict=True)
        }

    def table(self, ideas: Sequence[int], ballots: Sequence[Ballot]) -> Counts:
        """Count the people who put each idea (row) above each other (column), to be shown."""
        return pairwise_table(ideas, ((ballot.marks, 1) for ballot in ballots))
