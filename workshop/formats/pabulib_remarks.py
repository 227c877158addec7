"""What looks odd in a Pabulib file but does not stop us: it is said, and the ballots are counted.

The format asks that a file's own counts agree with its ballots and that ballots keep the limits in
META, but says nothing of ballots that do not. The format's own checker reports them and counts
them, as the cities did; so do we.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from workshop.formats.elections import Election, Vote
from workshop.formats.files import Remark
from workshop.formats.numbers import exact, plain
from workshop.formats.scores import candidates
from workshop.rules.refusals import N_

LIMITS: Final[dict[str, tuple[str, ...]]] = {
    "approval": ("length", "sum_cost"),
    "choose-1": ("length", "sum_cost"),
    "ordinal": ("length",),
    "cumulative": ("length", "points", "sum_points"),
    "scoring": ("length", "points"),
}
"""What META may limit for each vote type, each with a min_ and a max_ in front."""


def remarks_on(election: Election) -> Iterator[Remark]:
    """Yield everything about `election` that a careful reader should know."""
    yield from _totals(election)
    yield from _published_counts(election)
    yield from _limits(election)
    repeated = sum(times > 1 for times in Counter(vote.voter for vote in election.votes).values())
    if repeated:
        yield Remark(
            N_("%(count)s voter ids appear more than once; each row counts as a ballot."),
            {"count": repeated},
        )


def _totals(election: Election) -> Iterator[Remark]:
    for key, found in (
        ("num_projects", len(election.projects)),
        ("num_votes", len(election.votes)),
    ):
        said = election.number(key)
        if said is not None and said != found:
            yield Remark(
                N_("META says %(key)s is %(said)s, but we counted %(found)s."),
                {"key": key, "said": plain(said), "found": found},
            )


def _published_counts(election: Election) -> Iterator[Remark]:
    named = Counter(key for vote in election.votes for key in vote.choices)
    scores = {one.key: Fraction(one.score) for one in candidates(election)}
    for project in election.projects:
        counted = {"votes": Fraction(named[project.key]), "score": scores[project.key]}
        for column, found in counted.items():
            said = project.facts.get(column, "")
            if said and exact(said, what=column) != found:
                yield Remark(
                    N_("%(project)s: the file says %(said)s %(column)s, we counted %(found)s."),
                    {
                        "project": project.key,
                        "said": said,
                        "column": column,
                        "found": plain(found),
                    },
                )


def _limits(election: Election) -> Iterator[Remark]:
    """Count the ballots outside each limit that META sets for the file's vote type."""
    costs = {project.key: project.cost for project in election.projects}
    for name in LIMITS[election.vote_type]:
        measured = [_measure(name, vote, costs) for vote in election.votes]
        for key, outside in ((f"min_{name}", Fraction.__lt__), (f"max_{name}", Fraction.__gt__)):
            limit = election.number(key)
            if limit is None:
                continue
            broken = sum(any(outside(one, limit) for one in ballot) for ballot in measured)
            if broken:
                yield Remark(
                    N_("%(count)s ballots break %(key)s (%(limit)s); they are counted as cast."),
                    {"count": broken, "key": key, "limit": plain(limit)},
                )


def _measure(name: str, vote: Vote, costs: Mapping[str, Fraction]) -> Sequence[Fraction]:
    """Take the numbers of a ballot that the limit `name` holds for."""
    match name:
        case "length":
            return [Fraction(len(vote.choices))]
        case "sum_cost":
            return [sum((costs[key] for key in vote.choices), Fraction(0))]
        case "sum_points":
            return [sum(vote.points, Fraction(0))]
        case _:
            return vote.points
