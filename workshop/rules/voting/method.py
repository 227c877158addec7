"""What every way of voting can do. A new one is a subclass in its own file and a row of METHODS."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from workshop.rules.refusals import Refused
from workshop.rules.voting.ballots import (
    Ballot,
    Exposures,
    GroupCount,
    RoundRule,
    Standing,
    Tally,
)
from workshop.rules.voting.counting import Score, count_groups, places, with_exposures
from workshop.rules.voting.schulze import Counts


class Method(ABC):
    """One way of voting: what a mark may be, what it costs, and how ballots become an order.

    A tally does not depend on the order of ballots or ideas, and renaming ideas renames the
    result and changes nothing else.

    Attributes:
        key: its name in `METHODS`, in storage and in files.
        label: its name on pages, marked for translation.
        version: raised whenever the same ballots could come out differently.
        silence_is_blank: True where an idea without a mark was not answered (sweep), False where
            it was seen and not supported (dots).
        by_mark: whether people answer with a mark on one idea after the other.
    """

    key: ClassVar[str]
    label: ClassVar[str]
    version: ClassVar[int] = 1
    silence_is_blank: ClassVar[bool] = False
    by_mark: ClassVar[bool] = True

    @abstractmethod
    def check(self, rule: RoundRule, value: int) -> None:
        """Raise Refused where `value` is not a mark that `rule` allows on one idea."""

    def cost(self, rule: RoundRule, value: int) -> int:  # noqa: ARG002 - free unless a method says otherwise
        """Count what a mark of `value` takes out of the person's purse."""
        return 0

    def purse(self, rule: RoundRule) -> int:  # noqa: ARG002 - no purse unless a method says otherwise
        """Count what one person may spend in the round, in the same unit as `cost`."""
        return 0

    def stance(self, value: int) -> int | None:
        """Say what a mark means: 1 supports, 0 passes, -1 is against, None says nothing."""
        return 1 if value > 0 else None

    def weight(self, value: int) -> int:  # noqa: ARG002 - one voice unless a method says otherwise
        """Count the votes in a supporting mark."""
        return 1

    def together(self, rule: RoundRule, own: int | None, others: Sequence[int]) -> int:  # noqa: ARG002 - free unless a method says otherwise
        """Say what one person's marks on merged ideas come to: one voice, as on any other idea.

        Args:
            own: their mark on the idea whose words the card shows, if they gave one.
            others: their marks on the ideas inside it; at least one where `own` is None.

        Returns:
            A mark that `check` allows and that costs no more than all of them did.
        """
        return max(others) if own is None else own

    def valid(self, rule: RoundRule, ballot: Ballot) -> bool:
        """Whether every mark is allowed and the purse was enough for all of them."""
        try:
            for value in ballot.marks.values():
                self.check(rule, value)
        except Refused:
            return False
        return sum(self.cost(rule, value) for value in ballot.marks.values()) <= self.purse(rule)

    @abstractmethod
    def scores(
        self, rule: RoundRule, ideas: Sequence[int], ballots: Sequence[Ballot]
    ) -> Mapping[int, Score | None]:
        """Score every idea, more is better; None where nobody said anything about it."""

    def table(self, ideas: Sequence[int], ballots: Sequence[Ballot]) -> Counts | None:  # noqa: ARG002 - most methods compare no pairs
        """Count for each idea (row) how often it was put above each other one (column)."""
        return None

    def details(self, ideas: Sequence[int], table: Counts | None) -> dict[str, Any]:  # noqa: ARG002 - most scores say all there is
        """What else is stored with a result that has this table, as plain JSON values."""
        return {}

    def counts(
        self,
        ideas: Sequence[int],
        ballots: Sequence[Ballot],
        exposures: Exposures | None = None,
    ) -> Mapping[int, Mapping[str, GroupCount]]:
        """Split what was said about each idea by declared group: idea -> group -> count."""
        counts = count_groups(ideas, ballots, self.stance, self.weight)
        if self.silence_is_blank:
            return counts
        return with_exposures(counts, ballots, exposures)

    def tally(
        self,
        rule: RoundRule,
        ideas: Sequence[int],
        ballots: Sequence[Ballot],
        exposures: Exposures | None = None,
    ) -> Tally:
        """Count valid ballots, one for each voter; marks on ideas not in `ideas` are left out.

        `exposures` (people shown each idea, by group) fills `seen` where silence is no answer.
        """
        scores = self.scores(rule, ideas, ballots)
        counts = self.counts(ideas, ballots, exposures)
        counted = self.silence_is_blank or exposures is not None
        standings = [
            Standing(
                idea=idea,
                place=place,
                tied=tied,
                score=_plain(scores[idea]),
                breadth=sum(count.people for count in counts[idea].values()),
                seen=sum(count.seen for count in counts[idea].values()) if counted else None,
                by_group=counts[idea],
            )
            for idea, (place, tied) in places(scores).items()
        ]
        standings.sort(key=lambda standing: (standing.place, standing.idea))
        return Tally(rule, tuple(standings), len(ballots), self.key, self.version)


def whole(value: object) -> bool:
    """Whether `value` is a whole number and not merely something that equals one."""
    return isinstance(value, int) and not isinstance(value, bool)


def _plain(score: Score | None) -> float | None:
    return None if score is None else float(score)
