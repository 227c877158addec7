"""The sweep: agree, pass or disagree with one idea after another; ranked by shared agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import ClassVar

from workshop.rules.fairness.consensus import consensus
from workshop.rules.fairness.folding import folding
from workshop.rules.refusals import N_, Refused
from workshop.rules.voting.ballots import Ballot, RoundRule
from workshop.rules.voting.method import Method, whole


class Sweep(Method):
    """Marks of 1, 0 and -1; group-informed consensus ranks, so every group has to agree.

    Small groups are folded into "others" before the product is taken, by the number of ballots
    each group cast.
    """

    key: ClassVar[str] = "sweep"
    label: ClassVar[str] = N_("Agree, pass or disagree")
    silence_is_blank: ClassVar[bool] = True

    def check(self, rule: RoundRule, value: int) -> None:  # noqa: ARG002 - the same under every rule
        """Raise Refused "bad_value" for anything but 1, 0 and -1."""
        if not whole(value) or value not in (1, 0, -1):
            raise Refused("bad_value")

    def stance(self, value: int) -> int:
        """Read a mark as what it is: agree, pass or disagree."""
        return value

    def together(self, rule: RoundRule, own: int | None, others: Sequence[int]) -> int:  # noqa: ARG002 - the same under every rule
        """Keep the answer to the words that stay; else what all others agree on, or pass."""
        if own is not None:
            return own
        return others[0] if len(set(others)) == 1 else 0

    def scores(
        self,
        rule: RoundRule,  # noqa: ARG002 - agreement is counted the same under every rule
        ideas: Sequence[int],
        ballots: Sequence[Ballot],
    ) -> Mapping[int, Fraction | None]:
        """Group-informed consensus of each idea that anybody answered."""
        shown_as = folding(Counter(ballot.group for ballot in ballots))
        folded = [replace(ballot, group=shown_as[ballot.group]) for ballot in ballots]
        return {
            idea: consensus((count.people, count.seen) for count in split.values())
            if any(count.seen for count in split.values())
            else None
            for idea, split in self.counts(ideas, folded).items()
        }
