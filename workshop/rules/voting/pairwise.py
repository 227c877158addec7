"""Pairwise: which of two ideas is better, one pair after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import ClassVar, Final

import numpy as np

from workshop.rules.refusals import N_, Refused
from workshop.rules.voting.ballots import Ballot, Exposures, GroupCount, RoundRule
from workshop.rules.voting.bradley_terry import Strengths, outcome_entropy, strengths
from workshop.rules.voting.counting import groups_of
from workshop.rules.voting.method import Method, whole
from workshop.rules.voting.schulze import Counts

DIGITS: Final = 9
"""Strengths that agree to so many digits are level; beyond them is arithmetic noise."""


class Pairwise(Method):
    """Answers are in `Ballot.pairs` as (better, worse), each pair once per person.

    Bradley-Terry strengths rank. A supporter is somebody who preferred the idea in any pair; one
    who met it and never did is against it.
    """

    key: ClassVar[str] = "pairwise"
    label: ClassVar[str] = N_("Which of two")
    silence_is_blank: ClassVar[bool] = True

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


def next_pair(
    ideas: Sequence[int],
    fitted: Strengths,
    answered: Collection[frozenset[int]],
    seed: str,
) -> tuple[int, int] | None:
    """Pick the pair whose answer teaches most: highest outcome entropy x (sd_i + sd_j).

    Args:
        ideas: in the order of `fitted`.
        fitted: strengths so far.
        answered: pairs this person has had; each comes once.
        seed: one for each person and question; it picks the sides, and among equal pairs.

    Returns:
        (left, right), or None where this person has answered every pair.
    """
    spread = fitted.spread()
    worth = outcome_entropy(fitted) * (spread[:, None] + spread[None, :])
    open_pairs = [
        (-round(float(worth[one, other]), DIGITS), _draw(seed, pair), pair)
        for one, first in enumerate(ideas)
        for other, second in enumerate(ideas[:one])
        if frozenset(pair := (min(first, second), max(first, second))) not in answered
    ]
    if not open_pairs:
        return None
    _, side, (one, other) = min(open_pairs)
    return (one, other) if side % 2 else (other, one)


def _draw(seed: str, pair: tuple[int, int]) -> int:
    return int.from_bytes(sha256(f"{seed}/{pair[0]}/{pair[1]}".encode()).digest()[:8])
