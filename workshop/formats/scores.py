"""What the ballots of a file are worth to each project, by each way of counting them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from workshop.formats.elections import Election, Vote
from workshop.formats.files import BadFile
from workshop.rules.fairness.plain import Candidate
from workshop.rules.refusals import N_

NATURAL_METHOD: Final[dict[str, str]] = {
    "approval": "approval",
    "choose-1": "approval",
    "cumulative": "dots",
    "scoring": "dots",
    "ordinal": "ranked",
}
"""The way of counting that fits each vote type."""

Marks = Mapping[str, Fraction]
"""What one ballot gives: project id -> marks."""


def ballot_marks(election: Election, method: str | None = None) -> list[Marks]:
    """Say what each ballot gives each project it names, in the order of the votes.

    approval: 1 for every project named (with more than no points). dots: its points; where a
    ballot has none, as in `approval` or `ranked`. ranked: max_length for the first place, one less
    for each place after it; points that an ordinal file carries go before that.

    Raises:
        BadFile: the ballots hold no order and are to be counted as rankings.
    """
    natural = NATURAL_METHOD[election.vote_type]
    method = method or natural
    if method == "ranked" and natural == "approval":
        raise BadFile(N_("These ballots are in no order, so we can’t count them as rankings."))
    if method == "approval":
        return [_approved(vote) for vote in election.votes]
    if method == "dots" and natural == "approval":
        return [_approved(vote) for vote in election.votes]
    if method == "ranked" and natural != "ranked":
        return [_placed(_by_points(vote), _first_place(election)) for vote in election.votes]
    return [_pointed(vote) or _placed(vote, _first_place(election)) for vote in election.votes]


def candidates(election: Election, method: str | None = None) -> list[Candidate]:
    """Count every project: score, distinct supporters and cost, in the order of the file.

    A scoring file may give every project that a ballot leaves out a `default_score`.
    """
    ballots = ballot_marks(election, method)
    scores: defaultdict[str, Fraction] = defaultdict(Fraction)
    named: Counter[str] = Counter()
    supporters: Counter[str] = Counter()
    for marks in ballots:
        named.update(marks.keys())
        supporters.update(key for key, mark in marks.items() if mark > 0)
        for key, mark in marks.items():
            scores[key] += mark
    default = _default_score(election, method)
    return [
        Candidate(
            key=project.key,
            score=scores[project.key] + default * (len(ballots) - named[project.key]),
            votes=supporters[project.key],
            cost=project.cost,
        )
        for project in election.projects
    ]


def _default_score(election: Election, method: str | None) -> Fraction:
    if election.vote_type != "scoring" or method not in (None, "dots"):
        return Fraction(0)
    return election.number("default_score") or Fraction(0)


def _first_place(election: Election) -> int:
    return int(election.number("max_length") or len(election.projects))


def _approved(vote: Vote) -> Marks:
    if not vote.points:
        return dict.fromkeys(vote.choices, Fraction(1))
    return {key: Fraction(1) for key, mark in _pointed(vote).items() if mark > 0}


def _pointed(vote: Vote) -> Marks:
    return dict(zip(vote.choices, vote.points, strict=True)) if vote.points else {}


def _placed(vote: Vote, first: int) -> Marks:
    return {key: Fraction(max(first - place, 0)) for place, key in enumerate(vote.choices)}


def _by_points(vote: Vote) -> Vote:
    """Order the choices of a ballot by its points; the file's own order decides between equals."""
    marks = _pointed(vote)
    return Vote(vote.voter, tuple(sorted(vote.choices, key=lambda key: -marks[key])))
