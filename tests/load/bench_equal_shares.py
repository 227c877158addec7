"""Print how long one core takes to share out a budget: `python tests/load/bench_equal_shares.py`.

No test holds a time, because a busy machine would make it lie. The goals are five seconds for a
city of 6,586 voters and 64 projects with Add1, and 50 ms for a shortlist of 300 people and 60
ideas, both from the plain ballots.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from fractions import Fraction
from time import perf_counter, process_time

import numpy as np

from workshop.rules.fairness.completion import Outcome, with_add1, with_phragmen
from workshop.rules.fairness.plain import Key
from workshop.rules.fairness.profiles import profile_of


def ballots_of(voters: int, ideas: int) -> list[dict[int, int]]:
    """Made-up approvals of one to eight ideas, some liked far more than others."""
    chance = np.random.default_rng(1)
    liked = chance.random(ideas) ** 2 + 0.02
    liked /= liked.sum()
    return [
        dict.fromkeys(chance.choice(ideas, size=chance.integers(1, 9), p=liked).tolist(), 1)
        for _ in range(voters)
    ]


def city(ballots: list[dict[int, int]], ideas: int) -> Outcome:
    """Spend a million with Add1, from a floored share in steps of one."""
    chance = np.random.default_rng(2)
    costs: dict[Key, Fraction] = {
        idea: Fraction(int(chance.integers(20, 900)) * 100) for idea in range(ideas)
    }
    budget = Fraction(1_000_000)
    profile = profile_of(ballots, costs, seed="bench", by_cost=True)
    return with_add1(profile, budget, Fraction(1), Fraction(budget // len(ballots)))


def room(ballots: list[dict[int, int]], ideas: int) -> Outcome:
    """Choose ten of equal cost with Phragmén."""
    costs: dict[Key, Fraction] = dict.fromkeys(range(ideas), Fraction(1))
    profile = profile_of(ballots, costs, seed="bench", by_cost=False)
    return with_phragmen(profile, Fraction(10))


def main() -> None:
    """Print wall and processor milliseconds."""
    cases: list[tuple[int, int, Callable[[list[dict[int, int]], int], Outcome]]] = [
        (6_586, 64, city),
        (300, 60, room),
    ]
    for voters, ideas, share_out in cases:
        ballots = ballots_of(voters, ideas)
        wall, work = perf_counter(), process_time()
        outcome = share_out(ballots, ideas)
        figures = [
            f"{1000 * (now - then):.0f}"
            for now, then in ((perf_counter(), wall), (process_time(), work))
        ]
        sys.stdout.write(
            f"{voters} people x {ideas} ideas: {figures[0]} ms, processor {figures[1]} ms, "
            f"{outcome.runs} runs, {len(outcome.chosen)} chosen\n"
        )


if __name__ == "__main__":
    main()
