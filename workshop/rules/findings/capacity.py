"""What fits into so many person-months: by most support, and by equal shares; and why they differ.

Nothing is decided here and nothing kept. Costs are person-months; ballots may come from several
rounds, each with a method of its own, and an idea belongs to the round that it was voted on in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Any, Final

from workshop.rules.fairness.completion import Outcome, with_add1
from workshop.rules.fairness.plain import Candidate, Key, within_budget
from workshop.rules.fairness.profiles import Profile, profile_of
from workshop.rules.findings.lists import Wish, left_out, why
from workshop.rules.refusals import Refused
from workshop.rules.voting import RoundRule

Cast = tuple[str, Mapping[Key, Fraction]]
"""One ballot: the group of its voter, and what each idea is worth to them, above 0."""

RAISES: Final = 1000
"""Everybody's share is raised by this part of the first share, as METHODS has it."""

MOST_RUNS: Final = 1500
"""So often shares are raised; by then everybody has two and a half times what there is."""

MOST_MONTHS: Final = 10_000
"""Person-months that anybody may ask about."""

SEED: Final = "longtable"
"""Breaks what cost and support leave level."""

BY_COST: Final = frozenset({"approval", "sweep"})
"""Methods whose yes is worth what the idea costs, as towns count it; marks count as given."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to choose: ideas in order, their cost in person-months, and who gets nothing.

    `left_out` holds "all": (people with nothing, people), and "groups" where several are shown.
    """

    chosen: tuple[Key, ...]
    months: Fraction
    left_out: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fit:
    """Two ways to fill a capacity.

    Attributes:
        plain: by the number of supporters, skipping what no longer fits.
        fair: Equal Shares with Add1.
        reasons: idea -> (people who want it, those whom the other way gives something), for each
            idea that one way alone chooses.
        supporters: people who want it, by idea.
        people: ballots, empty ones too.
        share: the person-months that everybody could spend at the end.
    """

    plain: Way
    fair: Way
    reasons: Mapping[Key, tuple[int, int]]
    supporters: Mapping[Key, int]
    people: int
    share: Fraction

    @property
    def same(self) -> bool:
        """Whether both ways choose the same ideas."""
        return set(self.plain.chosen) == set(self.fair.chosen)


def capacity_of(typed: str) -> Fraction:
    """The person-months that somebody typed, with a point or a comma.

    Raises:
        Refused: `bad_capacity` where it is no number above 0, or more than `MOST_MONTHS`.
    """
    try:
        months = float(typed.strip().replace(",", "."))
    except ValueError:
        raise Refused("bad_capacity", most=MOST_MONTHS) from None
    if not isfinite(months) or not 0 < months <= MOST_MONTHS:
        raise Refused("bad_capacity", most=MOST_MONTHS)
    return exact(months)


def exact(months: float) -> Fraction:
    """Person-months as they are written, so that 0.1 ten times is 1."""
    return Fraction(str(months))


def worth(rule: RoundRule, wish: Wish, costs: Mapping[Key, Fraction]) -> dict[Key, Fraction]:
    """What the ideas of `costs` are worth to one person, by the method of their round."""
    if rule.method in BY_COST:
        # An idea that costs nothing is still worth something to those who want it.
        return {key: costs[key] or Fraction(1) for key in wish if key in costs}
    return {key: Fraction(mark) for key, mark in wish.items() if key in costs}


def fit(ballots: Sequence[Cast], costs: Mapping[Key, Fraction], capacity: Fraction) -> Fit:
    """Fill `capacity` in both ways. Slow: up to `MOST_RUNS` runs of Equal Shares.

    Args:
        ballots: of every round that an idea of `costs` was voted on in, empty ones too.
        costs: person-months of every idea that may be chosen.
        capacity: person-months; neither way ever costs more.
    """
    wishes = [wish for _, wish in ballots]
    profile = profile_of(wishes, costs, seed=SEED, by_cost=False)
    plainly = tuple(one.key for one in within_budget(_candidates(profile), capacity, SEED))
    outcome = _fairly(profile, capacity)
    ways = {"plain": plainly, "fair": outcome.chosen}
    return Fit(
        plain=_way(plainly, costs, ballots),
        fair=_way(outcome.chosen, costs, ballots),
        reasons={
            idea: why(idea, wishes, ways[other])
            for one, other in (("plain", "fair"), ("fair", "plain"))
            for idea in ways[one]
            if idea not in ways[other]
        },
        supporters=dict(zip(profile.ideas, profile.votes, strict=True)),
        people=len(ballots),
        share=outcome.share,
    )


def _candidates(profile: Profile) -> list[Candidate]:
    """Ideas with a supporter; people are counted and not marks, as rounds have several methods."""
    return [
        Candidate(profile.ideas[at], profile.votes[at], profile.votes[at], profile.costs[at])
        for at in profile.supported()
    ]


def _fairly(profile: Profile, capacity: Fraction) -> Outcome:
    share = capacity / max(profile.voters, 1)
    return with_add1(profile, capacity, share / RAISES, share, most=MOST_RUNS)


def _way(chosen: Iterable[Key], costs: Mapping[Key, Fraction], ballots: Sequence[Cast]) -> Way:
    listed = tuple(chosen)
    months = sum((costs[key] for key in listed), Fraction(0))
    return Way(listed, months, left_out(ballots, listed))
