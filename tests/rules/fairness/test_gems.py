"""Hidden gems: why an idea is protected, and that coming late is no disadvantage."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from workshop.rules.exposure import order
from workshop.rules.fairness.certainty import posterior_means
from workshop.rules.fairness.gems import REASONS, Prospect, line, reasons

PEOPLE, IDEAS, GOOD, WINNERS = 30, 20, 20, 6


def why(
    supporters: int = 1, seen: int = 20, sure: float = 0.5, reward: float | None = None
) -> tuple[str, ...]:
    idea = Prospect(supporters, seen, {"citizen": 0.1, "staff": sure}, reward)
    return reasons(idea, cut=0.6, room=30, least_reward=50)


def test_an_idea_that_was_seen_and_not_wanted_goes_out() -> None:
    assert why() == ()


@pytest.mark.parametrize(
    ("idea", "reason"),
    [
        (why(seen=5, supporters=0), "too_few_saw_it"),
        (why(supporters=9), "still_in_reach"),
        (why(sure=0.8), "one_group"),
        (why(reward=51), "high_reward"),
    ],
)
def test_each_reason_alone_protects_an_idea(idea: tuple[str, ...], reason: str) -> None:
    assert idea == (reason,)
    assert REASONS[reason]


def test_reasons_end_where_they_say() -> None:
    assert why(seen=6, supporters=0) == ()
    assert why(reward=50) == ()
    assert why(sure=0.79) == ()


def test_the_line_is_the_share_of_the_last_idea_above_the_cut() -> None:
    shares = {1: (8, 10), 2: (3, 4), 3: (1, 10), 4: (0, 0)}
    assert line(shares, 2) == 0.75
    assert line(shares, 4) == 0.0


@dataclass
class Evening:
    """A room in which a good idea, number 20, is posted first or in the last two minutes."""

    seed: int
    late: bool

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.liked = {idea: self.chance.uniform(0.1, 0.5) for idea in range(IDEAS)} | {GOOD: 0.5}
        self.seen = dict.fromkeys(self.liked, 0)
        self.yes = dict.fromkeys(self.liked, 0)
        self.met: list[set[int]] = [set() for _ in range(PEOPLE)]

    def show(self, person: int, posted: list[int]) -> None:
        new = [idea for idea in posted if idea not in self.met[person]]
        if new:
            seed = f"{self.seed}/{person}/{len(self.met[person])}"
            idea = order(new, seed, self.seen)[0]
            self.met[person].add(idea)
            self.seen[idea] += 1
            self.yes[idea] += self.chance.random() < self.liked[idea]

    def survives(self) -> tuple[bool, tuple[str, ...]]:
        """Half an hour of looking, 12 ideas each, then 3 each of the least seen; cut after 6."""
        for look in range(12):
            for place, person in enumerate(self.chance.sample(range(PEOPLE), PEOPLE)):
                minutes = 30 * (look + place / PEOPLE) / 12
                there = not self.late or minutes >= 28
                self.show(person, [idea for idea in self.liked if idea != GOOD or there])
        for _ in range(3):
            for person in range(PEOPLE):
                self.show(person, list(self.liked))
        shares = {idea: (self.yes[idea], self.seen[idea]) for idea in self.liked}
        means = posterior_means(shares)
        if GOOD in sorted(means, key=lambda idea: -means[idea])[:WINNERS]:
            return True, ()
        idea = Prospect(*shares[GOOD], {})
        return False, reasons(idea, cut=line(shares, WINNERS), room=PEOPLE, least_reward=50)


def test_a_good_idea_posted_in_the_last_minutes_survives_as_often_as_one_posted_first() -> None:
    nights = 60
    first = [Evening(seed, late=False).survives() for seed in range(nights)]
    late = [Evening(seed, late=True).survives() for seed in range(nights)]
    survived = [sum(top or bool(why) for top, why in evenings) for evenings in (first, late)]
    listed = [sum(top for top, _ in evenings) for evenings in (first, late)]
    # Two standard errors of a difference of two shares near 0.97, and near 0.8 for the list.
    assert abs(survived[0] - survived[1]) / nights <= 2 * (2 * 0.97 * 0.03 / nights) ** 0.5
    assert abs(listed[0] - listed[1]) / nights <= 2 * (2 * 0.8 * 0.2 / nights) ** 0.5
    assert not any("too_few_saw_it" in why for _, why in late)
