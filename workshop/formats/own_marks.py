"""A round of ours as a Pabulib vote, and back again without losing a mark.

What the format has no word for stands in META under names that begin with `longtable_`, and the
places of a ranking in which ideas are level stand in a column of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from workshop.formats.elections import POINT_TYPES, Election, Project, Vote
from workshop.formats.numbers import exact, written
from workshop.formats.scores import candidates
from workshop.rules.roles import IMPORTED
from workshop.rules.rounds import rule_of
from workshop.rules.voting import METHODS, Ballot, RoundRule

TYPE_OF: Final[dict[str, str]] = {
    "approval": "approval",
    "dots": "cumulative",
    "ranked": "ordinal",
    "score": "scoring",
    "sweep": "scoring",
}
"""The vote type that each way of voting is written as. Answers to pairs have none."""

PLACES: Final = "longtable_places"
RULE: Final = ("method", "budget", "cap", "quadratic")
SAID_NOTHING: Final = {"approval": 0, "dots": 0, "ranked": 0}
"""A mark that says the same as none at all; in a score or a sweep every mark says something."""


def as_election(
    rule: RoundRule,
    ideas: Mapping[int, str],
    ballots: Sequence[Ballot],
    about: Mapping[str, str],
    size: int,
    facts: Mapping[str, Any] | None = None,
) -> Election:
    """Write a sealed round as a vote.

    Args:
        ideas: the words of each idea by its number, in the order of the list.
        ballots: as the ledger has them, without anybody's name.
        about: META of its own, such as a description.
        size: how many ideas the list takes; where ideas have no cost, each costs 1 of this.
        facts: what an imported file said of the same ideas, see `Import.facts`.

    Raises:
        KeyError: the way of voting has no vote type.
    """
    said = facts or {}
    known = said.get("projects", {})
    projects = tuple(_project(idea, text, known.get(str(idea))) for idea, text in ideas.items())
    keys = dict(zip(ideas, (one.key for one in projects), strict=True))
    kind = TYPE_OF[rule.method]
    votes = tuple(_vote(n, one, rule.method, keys) for n, one in enumerate(ballots, 1))
    meta = {
        **said.get("meta", {}),
        **about,
        "num_projects": str(len(projects)),
        "num_votes": str(len(votes)),
        "budget": said.get("budget", str(size)),
        "vote_type": kind,
        **_rule_meta(rule),
    }
    budget = exact(meta["budget"], what="budget")
    return _with_counts(Election(meta, kind, budget, projects, votes))


def _project(idea: int, text: str, known: Sequence[Any] | None) -> Project:
    """An idea as a project; one that came from a file has its own name and cost again."""
    key, cost, facts = known or (str(idea), "1", {})
    return Project(key, exact(cost, what="cost"), {**facts, "name": text})


def _rule_meta(rule: RoundRule) -> dict[str, str]:
    given = {"method": rule.method, "budget": str(rule.budget), "cap": str(rule.cap)}
    told = {f"longtable_{name}": value for name, value in given.items()}
    told["longtable_quadratic"] = "yes" if rule.quadratic else "no"
    if rule.maximum or rule.places:
        told["max_length"] = str(rule.maximum or rule.places)
    if rule.method == "dots" and not rule.quadratic:
        told |= {"max_points": str(rule.cap), "max_sum_points": str(rule.budget)}
    return told


def _vote(number: int, ballot: Ballot, method: str, keys: Mapping[int, str]) -> Vote:
    silent = SAID_NOTHING.get(method)
    marks = {idea: n for idea, n in ballot.marks.items() if n != silent and idea in keys}
    ranked = method == "ranked"
    order = sorted(marks, key=lambda idea: (marks[idea] if ranked else -marks[idea], idea))
    facts = {} if ballot.group == IMPORTED else {"group": ballot.group}
    places = [marks[idea] for idea in order]
    if ranked and places != list(range(1, len(order) + 1)):
        facts[PLACES] = ",".join(map(str, places))
    pointed = TYPE_OF[method] in POINT_TYPES
    points = tuple(Fraction(marks[idea]) for idea in order) if pointed else ()
    return Vote(str(number), tuple(keys[idea] for idea in order), points, facts)


def _with_counts(election: Election) -> Election:
    """The same vote, each project with the counts that the format knows."""
    named = dict.fromkeys((one.key for one in election.projects), 0)
    for vote in election.votes:
        for key in vote.choices:
            named[key] += 1
    scores = {one.key: Fraction(one.score) for one in candidates(election)}
    projects = tuple(
        replace(
            one,
            facts={**one.facts, "votes": str(named[one.key]), "score": written(scores[one.key])},
        )
        for one in election.projects
    )
    return replace(election, projects=projects)


def own_rule(election: Election) -> dict[str, Any]:
    """The rule and the ballots of a round that we wrote, or nothing for anybody else's file."""
    method = election.meta.get("longtable_method", "")
    if TYPE_OF.get(method) != election.vote_type or not election.votes:
        return {}
    numbers = {name: election.meta.get(f"longtable_{name}", "") for name in ("budget", "cap")}
    if not all(text.isascii() and text.isdecimal() and len(text) < 7 for text in numbers.values()):
        return {}
    budget, cap = int(numbers["budget"]), int(numbers["cap"])
    quadratic = election.meta.get("longtable_quadratic") == "yes"
    places = {one.key: place for place, one in enumerate(election.projects)}
    ballots = [_marks(vote, method, places) for vote in election.votes]
    rule = rule_of(method, budget, max(cap, 1), quadratic=quadratic)
    kept = [one for one in ballots if one is not None]
    if len(kept) < len(ballots) or not all(
        METHODS[method].valid(rule, Ballot("", "", one)) for one in kept
    ):
        return {}
    return {
        "method": method,
        "budget": budget,
        "cap": max(cap, 1),
        "quadratic": quadratic,
        "ballots": kept,
    }


def _marks(vote: Vote, method: str, places: Mapping[str, int]) -> dict[int, int] | None:
    """The marks of a ballot, None where they are not what we would have written."""
    if method == "approval":
        return {places[key]: 1 for key in vote.choices}
    if method == "ranked":
        told = vote.facts.get(PLACES) or ",".join(str(at) for at in range(1, len(vote.choices) + 1))
        given = told.split(",") if vote.choices else []
    else:
        given = [written(point) for point in vote.points]
    if len(given) != len(vote.choices) or not all(_small(text) for text in given):
        return None
    return {places[key]: int(mark) for key, mark in zip(vote.choices, given, strict=True)}


def _small(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) < 5
