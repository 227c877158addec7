"""Counting that all methods share: who supports what, and who shares a place with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from workshop.rules.voting.ballots import Ballot, Exposures, GroupCount

Score = int | float | Fraction
"""What a method ranks by; whole numbers and fractions where a tie must be exact."""

SUPPORT: Final = 1
PASS: Final = 0
AGAINST: Final = -1


def groups_of(ballots: Iterable[Ballot]) -> tuple[str, ...]:
    """Name the groups with at least one ballot, in alphabetical order."""
    return tuple(sorted({ballot.group for ballot in ballots}))


def places(scores: Mapping[int, Score | None]) -> dict[int, tuple[int, bool]]:
    """Rank by score, highest first: idea -> (place, whether the place is shared).

    Competition ranking: after two on place 1 comes place 3. Ideas without a score come last.
    """
    known = Counter(score for score in scores.values() if score is not None)
    taken: dict[Score, int] = {}
    above = 0
    for score in sorted(known, reverse=True):
        taken[score] = above + 1
        above += known[score]
    blank = len(scores) - above
    return {
        idea: (above + 1, blank > 1) if score is None else (taken[score], known[score] > 1)
        for idea, score in scores.items()
    }


def sums(ideas: Sequence[int], ballots: Iterable[Ballot]) -> dict[int, int]:
    """Add up the marks of each idea."""
    totals = dict.fromkeys(ideas, 0)
    for ballot in ballots:
        for idea, mark in ballot.marks.items():
            if idea in totals:
                totals[idea] += mark
    return totals


def count_groups(
    ideas: Sequence[int],
    ballots: Sequence[Ballot],
    stance: Callable[[int], int | None],
    weight: Callable[[int], int],
) -> dict[int, dict[str, GroupCount]]:
    """Count each group's people and marks on each idea: idea -> group -> count.

    `stance` says what a mark means (`SUPPORT`, `PASS`, `AGAINST`, or None for nothing said) and
    `weight` how many votes a supporting mark is. `seen` is the number of people who answered.
    """
    alike = Counter(
        (idea, ballot.group, mark) for ballot in ballots for idea, mark in ballot.marks.items()
    )
    sides: Counter[tuple[int, str, int | None]] = Counter()
    marks: Counter[tuple[int, str]] = Counter()
    for (idea, group, mark), people in alike.items():
        side = stance(mark)
        sides[idea, group, side] += people
        if side == SUPPORT:
            marks[idea, group] += people * weight(mark)
    return {
        idea: {
            group: GroupCount(
                people=sides[idea, group, SUPPORT],
                marks=marks[idea, group],
                seen=sum(sides[idea, group, side] for side in (SUPPORT, PASS, AGAINST)),
                against=sides[idea, group, AGAINST],
                passed=sides[idea, group, PASS],
            )
            for group in groups_of(ballots)
        }
        for idea in ideas
    }


def with_exposures(
    counts: Mapping[int, Mapping[str, GroupCount]],
    ballots: Sequence[Ballot],
    exposures: Exposures | None,
) -> dict[int, dict[str, GroupCount]]:
    """Replace `seen` by how many people were shown each idea, at least its supporters.

    For methods where silence is no answer. Without `exposures` every person with a ballot counts.
    A group that looked and gave no ballot is counted too.
    """
    voters = Counter(ballot.group for ballot in ballots)
    looked = {group for split in (exposures or {}).values() for group in split}
    nothing = dict.fromkeys(sorted(looked | voters.keys()), GroupCount())
    return {
        idea: {
            group: replace(count, seen=max(count.people, shown(exposures, idea, group, voters)))
            for group, count in {**nothing, **split}.items()
        }
        for idea, split in counts.items()
    }


def shown(exposures: Exposures | None, idea: int, group: str, voters: Mapping[str, int]) -> int:
    """How many people of `group` were shown `idea`: counted, or else everybody who voted."""
    if exposures is None:
        return voters[group]
    return exposures.get(idea, {}).get(group, 0)
