"""Two lists from the same ballots: most votes, and fewest left out; and why they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from workshop.rules.fairness.completion import Outcome, with_phragmen
from workshop.rules.fairness.exclusion import exclusion_by_group
from workshop.rules.fairness.folding import OTHERS, folding
from workshop.rules.fairness.plain import Candidate, Key, best
from workshop.rules.fairness.profiles import Marks, profile_of
from workshop.rules.findings.counted import Counted
from workshop.rules.voting import METHODS, Ballot, RoundRule

Wish = Mapping[int, int]
"""What one ballot is for: idea -> how much it is worth to that person, always above 0."""


def wish(rule: RoundRule, ballot: Ballot, ideas: int) -> Wish:
    """Read a ballot as what its voter wants, and how much.

    Dots and scores count as given, as far as they are support; approval and agreement are 1. In a
    ranking the first place is worth as many as there are places, the last one 1; of pairs each
    one won counts.
    """
    if rule.method == "pairwise":
        won: dict[int, int] = {}
        for better, _ in ballot.pairs:
            won[better] = won.get(better, 0) + 1
        return won
    if rule.method == "ranked":
        first = rule.places or ideas
        return {idea: max(1, first + 1 - at) for idea, at in ballot.marks.items() if at > 0}
    method = METHODS[rule.method]
    return {
        idea: max(1, method.weight(mark))
        for idea, mark in ballot.marks.items()
        if method.stance(mark) == 1
    }


def two_lists(counted: Counted, size: int) -> dict[str, Any]:
    """Choose `size` ideas twice, as plain JSON values, with a reason for each difference.

    "plain", "fair": ideas in order; "bought": how many of the fair list their supporters paid for;
    "reasons": idea as text -> (people who want it, those of them whom the other list gives
    something); "left_out": list -> "all" or group -> (people left with nothing, people);
    "receipts": idea -> what its supporters had and paid, in shares of one idea.
    """
    wishes = [wish(counted.rule, ballot, len(counted.ideas)) for ballot in counted.ballots]
    outcome = _fair(counted, wishes, size)
    chosen = {"plain": _plain(counted, size), "fair": [int(key) for key in outcome.chosen]}
    grouped = _grouped(counted.ballots, wishes)
    return {
        **chosen,
        "bought": outcome.bought,
        "reasons": {
            str(idea): list(why(idea, wishes, chosen[other]))
            for one, other in (("plain", "fair"), ("fair", "plain"))
            for idea in chosen[one]
            if idea not in chosen[other]
        },
        "left_out": {name: left_out(grouped, listed) for name, listed in chosen.items()},
        "receipts": _receipts(outcome),
    }


def _plain(counted: Counted, size: int) -> list[int]:
    shares = counted.shares
    candidates = [
        Candidate(idea, score, shares[idea][0])
        for idea in counted.ideas
        if (score := counted.scores[idea]) is not None
    ]
    return [int(one.key) for one in best(candidates, size, str(counted.seed))]


def _fair(counted: Counted, wishes: Sequence[Wish], size: int) -> Outcome:
    costs: dict[int | str, Fraction] = {idea: Fraction(1) for idea in sorted(counted.ideas)}
    profile = profile_of(wishes, costs, seed=str(counted.seed), by_cost=False)
    return with_phragmen(profile, Fraction(size))


def _receipts(outcome: Outcome) -> dict[int, dict[str, Any]]:
    return {
        int(one.idea): {"had": one.had, "least": one.least, "most": one.most}
        for one in outcome.receipts
    }


def why(idea: Key, wishes: Iterable[Marks], other: Collection[Key]) -> tuple[int, int]:
    """How many want `idea`, and how many of them get something from the other list."""
    wanting = [one for one in wishes if idea in one]
    return len(wanting), sum(any(key in other for key in one) for one in wanting)


def _grouped(ballots: Sequence[Ballot], wishes: Sequence[Wish]) -> list[tuple[str, Wish]]:
    sizes: dict[str, int] = {}
    for ballot in ballots:
        sizes[ballot.group] = sizes.get(ballot.group, 0) + 1
    names = folding(sizes)
    return [(names[ballot.group], one) for ballot, one in zip(ballots, wishes, strict=True)]


def left_out(grouped: Sequence[tuple[str, Marks]], listed: Collection[Key]) -> dict[str, Any]:
    """How many people get nothing, of how many; by group where there is more than one."""
    sizes: dict[str, int] = {}
    for group, _ in grouped:
        sizes[group] = sizes.get(group, 0) + 1
    shares = exclusion_by_group(grouped, frozenset(listed))
    people = {group: [int(share * sizes[group]), sizes[group]] for group, share in shares.items()}
    told = {"all": [sum(n for n, _ in people.values()), len(grouped)]}
    several = len(people) > 1 and len(people.keys() - {OTHERS}) > 0
    return {**told, "groups": dict(sorted(people.items())) if several else {}}
