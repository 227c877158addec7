"""Rooms that never were: what is promised of few votes, tried out thousands of times.

Tests run a short form of each; `python -m tests.load.fairness` runs them whole and prints figures.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workshop.rules.exposure import order
from workshop.rules.fairness.certainty import band, posterior_means, wilson
from workshop.rules.fairness.gems import Prospect, line, reasons
from workshop.rules.findings.counted import Counted
from workshop.rules.findings.sureness import sureness
from workshop.rules.voting import METHODS, Ballot, RoundRule

Floats = npt.NDArray[np.float64]

TASTES: Final[dict[str, tuple[float, float]]] = {
    "mixed": (2, 3),
    "anything": (1, 1),
    "mostly unliked": (1, 6),
}
"""How many people like an idea, as the two parameters of a beta distribution, by name."""

IDEAS: Final = 15
LISTED: Final = 5


def covered(people: int, taste: tuple[float, float], ideas: int) -> float:
    """In which share of `ideas` the 90 % interval holds the true share of supporters."""
    chance = np.random.default_rng([people, ideas])
    truth = chance.beta(*taste, size=ideas)
    bounds = np.array([wilson(supporters, people) for supporters in range(people + 1)])
    low, high = bounds[chance.binomial(people, truth)].T
    return float(np.mean((low <= truth) & (truth <= high)))


def _dots(chance: np.random.Generator, taste: Floats) -> dict[int, int]:
    """Five dots, by how much somebody likes each idea, at most three on one."""
    marks: dict[int, int] = {}
    for _ in range(5):
        wish = np.array([taste[n] if marks.get(n, 0) < 3 else 0 for n in range(len(taste))])
        pick = int(chance.choice(len(taste), p=wish / wish.sum()))
        marks[pick] = marks.get(pick, 0) + 1
    return marks


def _ballot(method: str, chance: np.random.Generator, liked: Floats) -> dict[int, int]:
    """One person's honest ballot: how much ideas are liked by all, times a taste of their own."""
    taste = liked * chance.gamma(2, size=len(liked))
    if method == "dots":
        return _dots(chance, taste)
    if method == "ranked":
        best = np.argsort(-taste)[:LISTED].tolist()
        return {idea: place for place, idea in enumerate(best, 1)}
    strength = taste / (taste + np.median(taste))
    if method == "score":
        return dict(enumerate(np.rint(5 * strength).astype(int).tolist()))
    says = chance.random(len(liked)) < strength
    if method == "approval":
        return dict.fromkeys(np.flatnonzero(says).tolist(), 1)
    return {idea: 1 if yes else -1 for idea, yes in enumerate(says.tolist())}


def come_true(method: str, people: int, spread: float, nights: int) -> tuple[int, int]:
    """How often places were said to be at least 80 % sure, and how often that was right.

    `spread` is how much the popularity of ideas differs: the deviation of its logarithm.
    """
    chance = np.random.default_rng([people, int(10 * spread), *method.encode()])
    said = right = 0
    for night in range(nights):
        liked = np.exp(chance.normal(0, spread, size=IDEAS))
        ballots = [Ballot(str(n), "citizen", _ballot(method, chance, liked)) for n in range(people)]
        best = set(np.argsort(-liked)[:LISTED].tolist())
        sure = sureness(_counted(method, ballots, night), LISTED)
        chances = sure.chances or {}
        named = {idea for idea, probability in chances.items() if band(probability) == "in"}
        said, right = said + len(named), right + len(named & best)
    return said, right


def _counted(method: str, ballots: list[Ballot], seed: int) -> Counted:
    rule, ideas = RoundRule(method), list(range(IDEAS))
    tally = METHODS[method].tally(rule, ideas, ballots)
    return Counted(
        rule=rule,
        seed=seed,
        ideas=[row.idea for row in tally.standings],
        scores={row.idea: row.score for row in tally.standings},
        counts={row.idea: row.by_group for row in tally.standings},
        ballots=ballots,
        room=len(ballots),
    )


PEOPLE, BESIDE, GOOD, WINNERS = 30, 20, 20, 6


@dataclass
class Evening:
    """A room in which a good idea, number 20, is posted first or in the last two minutes."""

    seed: int
    late: bool

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.liked = {n: self.chance.uniform(0.1, 0.5) for n in range(BESIDE)} | {GOOD: 0.5}
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


@dataclass(frozen=True)
class Evenings:
    """How many of `nights` evenings a good idea was listed, survived, and was seen by too few."""

    nights: int
    listed: int
    survived: int
    too_few: int


def evenings(nights: int, *, late: bool) -> Evenings:
    found = [Evening(seed, late).survives() for seed in range(nights)]
    return Evenings(
        nights,
        listed=sum(top for top, _ in found),
        survived=sum(top or bool(why) for top, why in found),
        too_few=sum("too_few_saw_it" in why for _, why in found),
    )
