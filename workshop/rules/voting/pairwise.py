"""Pairwise: which of two ideas is better, one pair after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from math import erf, exp, sqrt
from typing import Any, ClassVar, Final

import numpy as np

from workshop.rules.refusals import N_, Refused
from workshop.rules.voting.ballots import Ballot, Exposures, GroupCount, RoundRule
from workshop.rules.voting.bradley_terry import Strengths, outcome_entropy, strengths
from workshop.rules.voting.counting import groups_of
from workshop.rules.voting.method import Method, whole
from workshop.rules.voting.schulze import Counts

DIGITS: Final = 9
"""Strengths that agree to so many digits are level; beyond them is arithmetic noise."""

Z: Final = 1.645
"""Of a 90 % interval."""


class Pairwise(Method):
    """Answers are in `Ballot.pairs` as (better, worse), each pair once per person.

    Bradley-Terry strengths rank. A supporter is somebody who preferred the idea in any pair; one
    who met it and never did is against it.
    """

    key: ClassVar[str] = "pairwise"
    label: ClassVar[str] = N_("Which of two")
    silence_is_blank: ClassVar[bool] = True
    by_mark: ClassVar[bool] = False

    def check(self, rule: RoundRule, value: int) -> None:  # noqa: ARG002 - the same under every rule
        """Raise Refused "bad_value" for anything but 1, the only mark: this one of the two."""
        if not whole(value) or value != 1:
            raise Refused("bad_value")

    def valid(self, rule: RoundRule, ballot: Ballot) -> bool:  # noqa: ARG002 - the same under every rule
        """Whether every pair is of two ideas and was answered once."""
        pairs = {frozenset(pair) for pair in ballot.pairs if pair[0] != pair[1]}
        return not ballot.marks and len(pairs) == len(ballot.pairs)

    def scores(
        self,
        rule: RoundRule,  # noqa: ARG002 - an answer counts the same under every rule
        ideas: Sequence[int],
        ballots: Sequence[Ballot],
    ) -> Mapping[int, float | None]:
        """Fit a strength to every idea that was in a pair."""
        wins = wins_table(ideas, ballots)
        met = (wins + wins.T).sum(axis=1)
        # Adding zero turns the minus zero that rounding leaves into plain zero.
        theta = np.round(strengths(wins).theta, DIGITS) + 0.0
        return {
            idea: float(strength) if times else None
            for idea, strength, times in zip(ideas, theta, met, strict=True)
        }

    def table(self, ideas: Sequence[int], ballots: Sequence[Ballot]) -> Counts:
        """Count how often each idea (row) was preferred to each other one (column)."""
        return wins_table(ideas, ballots)

    def details(self, ideas: Sequence[int], table: Counts | None) -> dict[str, Any]:
        """Say how sure each strength is, see `duels`."""
        return {} if table is None else {"duels": duels(ideas, table)}

    def counts(
        self,
        ideas: Sequence[int],
        ballots: Sequence[Ballot],
        exposures: Exposures | None = None,  # noqa: ARG002 - who met an idea is in the pairs
    ) -> Mapping[int, Mapping[str, GroupCount]]:
        """Count who met each idea in a pair, who preferred it, and in how many pairs."""
        met: Counter[tuple[int, str]] = Counter()
        liked: Counter[tuple[int, str]] = Counter()
        wins: Counter[tuple[int, str]] = Counter()
        for ballot in ballots:
            better = Counter(pair[0] for pair in ballot.pairs)
            met.update((idea, ballot.group) for idea in {i for pair in ballot.pairs for i in pair})
            liked.update((idea, ballot.group) for idea in better)
            wins.update({(idea, ballot.group): times for idea, times in better.items()})
        groups = groups_of(ballots)
        return {
            idea: {
                group: GroupCount(
                    people=liked[idea, group],
                    marks=wins[idea, group],
                    seen=met[idea, group],
                    against=met[idea, group] - liked[idea, group],
                )
                for group in groups
            }
            for idea in ideas
        }


def wins_table(ideas: Sequence[int], ballots: Sequence[Ballot]) -> Counts:
    """(ideas, ideas) how often the row's idea was preferred to the column's."""
    place = {idea: number for number, idea in enumerate(ideas)}
    wins = np.zeros((len(ideas), len(ideas)), dtype=np.int64)
    for ballot in ballots:
        for better, worse in ballot.pairs:
            if better in place and worse in place:
                wins[place[better], place[worse]] += 1
    return wins


def agreed(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """One person's (better, worse) answers with each pair of ideas once, as a ballot has them.

    Where ideas became one card several answers may be about the same two. The side that was
    preferred more often stands; where it was as often the one as the other, neither does.
    """
    ahead: Counter[tuple[int, int]] = Counter()
    for better, worse in pairs:
        if better != worse:
            ahead[min(better, worse), max(better, worse)] += 1 if better < worse else -1
    sides = {pair: balance for pair, balance in sorted(ahead.items()) if balance}
    return tuple(
        (low, high) if balance > 0 else (high, low) for (low, high), balance in sides.items()
    )


def next_pair(
    ideas: Sequence[int],
    fitted: Strengths,
    answered: Collection[frozenset[int]],
    seed: str,
    near: float = 0.0,
) -> tuple[int, int] | None:
    """Pick the pair whose answer teaches most: highest outcome entropy x (sd_i + sd_j).

    Args:
        ideas: in the order of `fitted`.
        fitted: strengths so far.
        answered: pairs this person has had; each comes once.
        seed: one for each person and question; it picks the sides, and among equal pairs.
        near: how far below the best a pair may be, as a share of it, and still count as equal.
            Strengths that are a few answers old would ask a whole room the same pair otherwise.

    Returns:
        (left, right), or None where this person has answered every pair.
    """
    spread = fitted.spread()
    worth = np.round(outcome_entropy(fitted) * (spread[:, None] + spread[None, :]), DIGITS)
    place = {idea: number for number, idea in enumerate(ideas)}
    worth[np.triu_indices(len(ideas))] = -np.inf
    for pair in answered:
        if len(pair) > 1 and pair <= place.keys():
            one, other = (place[idea] for idea in pair)
            worth[max(one, other), min(one, other)] = -np.inf
    best = worth.max(initial=-np.inf)
    if best == -np.inf:
        return None
    found = np.argwhere(worth >= best - near * abs(best))
    pairs = [sorted((ideas[one], ideas[other])) for one, other in found]
    side, one, other = min((_draw(seed, low, high), low, high) for low, high in pairs)
    return (one, other) if side % 2 else (other, one)


def _draw(seed: str, low: int, high: int) -> int:
    return int.from_bytes(sha256(f"{seed}/{low}/{high}".encode()).digest()[:8])


def duels(ideas: Sequence[int], wins: Counts) -> dict[str, Any]:
    """How sure the strengths are, as plain JSON values.

    "ideas": in this order; "low", "high": the ends of their 90 % interval, as strengths;
    "better": for each idea (row) and other one the probability that it is really the stronger.
    """
    fitted = strengths(wins)
    reach, variance = Z * fitted.spread(), np.diag(fitted.covariance)
    apart = np.sqrt(variance[:, None] + variance[None, :] - 2 * fitted.covariance)
    gap = fitted.theta[:, None] - fitted.theta[None, :]
    sure = gap / np.where(apart > 0, apart, 1) / sqrt(2)
    return {
        "ideas": list(ideas),
        "low": (fitted.theta - reach).tolist(),
        "high": (fitted.theta + reach).tolist(),
        "better": [[round((1 + erf(one)) / 2, 3) for one in row] for row in sure.tolist()],
    }


def in_hundred(strength: float) -> float:
    """How often in 100 an idea of this strength is preferred to one of strength 0, the middle."""
    return 100 / (1 + exp(-strength))
