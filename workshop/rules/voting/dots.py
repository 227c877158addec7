"""Dots: a purse of votes to spread over ideas, several on one idea if it matters that much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isqrt
from typing import ClassVar

from workshop.rules.refusals import N_, Refused
from workshop.rules.voting.ballots import Ballot, RoundRule
from workshop.rules.voting.counting import sums
from workshop.rules.voting.method import Method, whole


class Dots(Method):
    """Whole marks, each up to the cap, together up to the budget; the sum of marks ranks.

    With `quadratic` n votes on one idea cost n squared, so many small wishes go further than one
    loud one.
    """

    key: ClassVar[str] = "dots"
    label: ClassVar[str] = N_("Dots")

    def check(self, rule: RoundRule, value: int) -> None:
        """Raise Refused "over_cap" above the cap or what the whole purse buys, "bad_value" else."""
        if not whole(value) or value < 0:
            raise Refused("bad_value")
        most = min(rule.cap, isqrt(rule.budget) if rule.quadratic else rule.budget)
        if value > most:
            raise Refused("over_cap", cap=most)

    def cost(self, rule: RoundRule, value: int) -> int:
        """One out of the purse for each vote, or the square of the votes when quadratic."""
        return value * value if rule.quadratic else value

    def purse(self, rule: RoundRule) -> int:
        """Give everybody the round's budget."""
        return rule.budget

    def together(self, rule: RoundRule, own: int | None, others: Sequence[int]) -> int:
        """Add the votes up, no further than the cap, nor than what was paid for them reaches."""
        given = [mark for mark in (own, *others) if mark is not None]
        paid = sum(self.cost(rule, mark) for mark in given)
        most = min(sum(given), rule.cap)
        return max(mark for mark in range(most + 1) if self.cost(rule, mark) <= paid)

    def weight(self, value: int) -> int:
        """Count every dot."""
        return value

    def scores(
        self,
        rule: RoundRule,  # noqa: ARG002 - a dot counts the same under every rule
        ideas: Sequence[int],
        ballots: Sequence[Ballot],
    ) -> Mapping[int, int]:
        """Sum the marks of each idea."""
        return sums(ideas, ballots)
