"""How sure each place is: an interval on every share, and the chance to be in the top k."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from workshop.rules.fairness.certainty import (
    DRAWS,
    Shares,
    band,
    in_top,
    posterior_means,
    wilson,
)
from workshop.rules.fairness.folding import folding
from workshop.rules.fairness.gems import line
from workshop.rules.findings.counted import Counted
from workshop.rules.voting.bootstrap import (
    RANKING_DRAWS,
    Rescore,
    bootstrap_top,
    consensus_score,
    marks_score,
    mean_score,
    schulze_score,
    strengths_top,
)
from workshop.rules.voting.bradley_terry import strengths
from workshop.rules.voting.pairwise import wins_table

FEWEST_DRAWS: Final = 100
WORK: Final = 2_000_000_000
"""Steps that drawing whole rankings may take: a long list is drawn less often, not all day."""


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure a whole round is, by `draws` draws; `chances` is None without a choice."""

    shares: Shares
    means: Mapping[int, float]
    chances: Mapping[int, float] | None
    line: float
    draws: int = DRAWS

    def band(self, idea: int) -> str | None:
        """In, contested or out; None where there is nothing to choose."""
        return None if self.chances is None else band(self.chances[idea])

    def of(self, idea: int) -> dict[str, Any]:
        """The numbers of one idea as plain JSON values."""
        supporters, seen = self.shares[idea]
        low, high = wilson(supporters, seen)
        return {
            "supporters": supporters,
            "seen": seen,
            "low": low,
            "high": high,
            "mean": self.means[idea],
            "chance": None if self.chances is None else self.chances[idea],
            "band": self.band(idea),
        }


def sureness(counted: Counted, size: int) -> Sureness:
    """Say how sure the top `size` of a counted round is."""
    shares = counted.shares
    means = posterior_means(shares) if shares else {}
    draws = _draws(counted)
    chances = _chances(counted, shares, size, draws)
    return Sureness(shares, means, chances, line(shares, size), draws)


def _draws(counted: Counted) -> int:
    """How often the vote is drawn anew; rankings are compared pair by pair, and so less often."""
    if counted.rule.method != "ranked":
        return DRAWS
    affordable = WORK // max(1, len(counted.ideas) ** 3)
    return min(RANKING_DRAWS, max(FEWEST_DRAWS, affordable))


def _chances(counted: Counted, shares: Shares, size: int, draws: int) -> dict[int, float] | None:
    ideas, ballots, seed = list(counted.ideas), counted.ballots, counted.seed
    if not ballots:
        return None
    if counted.rule.method == "approval":
        return in_top(shares, size, seed, draws)
    if counted.rule.method == "pairwise":
        return strengths_top(strengths(wins_table(ideas, ballots)), ideas, size, seed, draws)
    return bootstrap_top(_rescore(counted, ideas), len(ballots), ideas, size, seed, draws)


def _rescore(counted: Counted, ideas: list[int]) -> Rescore:
    """The method's own score for weighted ballots."""
    ballots = counted.ballots
    if counted.rule.method == "score":
        return mean_score(ideas, ballots)
    if counted.rule.method == "ranked":
        return schulze_score(ideas, ballots)
    if counted.rule.method == "sweep":
        sizes: dict[str, int] = {}
        for ballot in ballots:
            sizes[ballot.group] = sizes.get(ballot.group, 0) + 1
        return consensus_score(ideas, ballots, folding(sizes))
    return marks_score(ideas, ballots)
