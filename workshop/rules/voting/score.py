"""Score: 0 to 5 for each idea a person rates; blank means not rated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import ClassVar, Final

from workshop.rules.refusals import N_, Refused
from workshop.rules.voting.ballots import Ballot, RoundRule
from workshop.rules.voting.counting import AGAINST, SUPPORT, sums
from workshop.rules.voting.method import Method, whole

HIGHEST: Final = 5


class Score(Method):
    """Marks of 0 to 5; the mean of those who rated an idea ranks, `seen` says how many did."""

    key: ClassVar[str] = "score"
    label: ClassVar[str] = N_("Score")
    silence_is_blank: ClassVar[bool] = True

    def check(self, rule: RoundRule, value: int) -> None:  # noqa: ARG002 - the same under every rule
        """Raise Refused "bad_value" for anything but a whole number from 0 to 5."""
        if not whole(value) or not 0 <= value <= HIGHEST:
            raise Refused("bad_value")

    def stance(self, value: int) -> int:
        """Count the upper half of the scale as support and the lower half as being against."""
        return SUPPORT if 2 * value > HIGHEST else AGAINST

    def weight(self, value: int) -> int:
        """Count every point."""
        return value

    def scores(
        self,
        rule: RoundRule,  # noqa: ARG002 - a point counts the same under every rule
        ideas: Sequence[int],
        ballots: Sequence[Ballot],
    ) -> Mapping[int, Fraction | None]:
        """Average the ratings of each idea; None where nobody rated it."""
        rated = Counter(idea for ballot in ballots for idea in ballot.marks)
        totals = sums(ideas, ballots)
        return {
            idea: Fraction(totals[idea], rated[idea]) if rated[idea] else None for idea in ideas
        }
