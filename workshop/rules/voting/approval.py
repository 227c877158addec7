"""Approval: yes to as many ideas as the round allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from workshop.rules.refusals import N_, Refused
from workshop.rules.voting.ballots import Ballot, RoundRule
from workshop.rules.voting.counting import sums
from workshop.rules.voting.method import Method, whole


class Approval(Method):
    """Marks of 0 or 1; the number of approvals ranks."""

    key: ClassVar[str] = "approval"
    label: ClassVar[str] = N_("Approval")

    def check(self, rule: RoundRule, value: int) -> None:  # noqa: ARG002 - the same under every rule
        """Raise Refused "bad_value" for anything but 0 and 1."""
        if not whole(value) or value not in (0, 1):
            raise Refused("bad_value")

    def cost(self, rule: RoundRule, value: int) -> int:
        """One out of the purse where the round limits approvals, else nothing."""
        return 0 if rule.maximum is None else value

    def purse(self, rule: RoundRule) -> int:
        """Allow the round's maximum; nothing costs anything where there is none."""
        return rule.maximum or 0

    def together(
        self,
        rule: RoundRule,  # noqa: ARG002 - an approval counts the same under every rule
        own: int | None,
        others: Sequence[int],
    ) -> int:
        """Approve the card where any of the ideas was approved."""
        return max(own or 0, *others, 0)

    def scores(
        self,
        rule: RoundRule,  # noqa: ARG002 - an approval counts the same under every rule
        ideas: Sequence[int],
        ballots: Sequence[Ballot],
    ) -> Mapping[int, int]:
        """Count the approvals of each idea."""
        return sums(ideas, ballots)
