"""A sealed round as it was counted: what everything else is worked out from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workshop.rules.voting import Ballot, GroupCount, RoundRule


@dataclass(frozen=True, slots=True)
class Counted:
    """A sealed round, as it was counted.

    Attributes:
        ideas: by place, the first one first.
        scores: what the method ranks by, None where nobody said anything about an idea.
        counts: idea -> declared group -> what it said.
        ballots: without anything that leads to a person.
        room: how many people could have voted.
        shown: how many people were shown each idea, where that was counted. Where silence is no
            answer it is in `counts` too; elsewhere those are the people who answered.
    """

    rule: RoundRule
    seed: int
    ideas: Sequence[int]
    scores: Mapping[int, float | None]
    counts: Mapping[int, Mapping[str, GroupCount]]
    ballots: Sequence[Ballot]
    room: int
    shown: Mapping[int, int] = field(default_factory=dict)

    @property
    def shares(self) -> dict[int, tuple[int, int]]:
        """Idea -> (people who support it, people who saw or answered it)."""
        return {
            idea: (
                sum(count.people for count in self.counts[idea].values()),
                sum(count.seen for count in self.counts[idea].values()),
            )
            for idea in self.ideas
        }
