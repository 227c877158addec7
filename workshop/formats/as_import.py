"""What a Pabulib vote or a Polis conversation becomes here: ideas, a rule, ballots, remarks.

A vote is counted where one of our ways counts its ballots as they were meant: approvals as
approvals, whole points as votes, places as ranking, agree, pass and disagree as a sweep. Anything
else keeps its ballots to itself, with a sentence that says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any, Final

from workshop.formats.conversations import Conversation
from workshop.formats.elections import Election
from workshop.formats.files import BadFile, Remark
from workshop.formats.numbers import written
from workshop.formats.own_marks import own_rule
from workshop.rules.imports import MOST_BALLOTS, MOST_IDEAS, Import
from workshop.rules.plans import MOST_VOTES
from workshop.rules.refusals import N_, Refused
from workshop.rules.wording import LIMITS, clean

REJECTED: Final = -1
"""How Polis marks a statement that its moderators took off."""

Rule = Mapping[str, Any]
"""The parts of an `Import` that say how ballots are counted, and the ballots."""


def from_election(election: Election) -> Import:
    """A workshop out of a Pabulib vote: its projects are ideas.

    Raises:
        BadFile: it has no project, or more projects or ballots than we take.
    """
    _fits(len(election.projects), len(election.votes))
    rule = own_rule(election) or _natural_rule(election)
    remarks = list(election.remarks)
    if election.votes and not rule:
        remarks.append(
            Remark(N_("Its points are below zero or in parts, so its votes aren’t counted here."))
        )
    if rule.get("method") == "ranked" and election.vote_type == "ordinal":
        remarks.append(
            Remark(N_("Places are compared idea by idea here, so the order may be another."))
        )
    meta = election.meta
    title = meta.get("longtable_question") or meta.get("description") or meta.get("instance", "")
    return Import(
        source="pabulib",
        title=_words(title, "title") or "Pabulib",
        service=_words(meta.get("unit", ""), "service") or "Pabulib",
        ideas=_texts([one.facts.get("name", "") or one.key for one in election.projects], remarks),
        **rule,
        remarks=_plain(remarks),
        facts={
            "meta": dict(meta),
            "budget": written(election.budget),
            "projects": [
                [one.key, written(one.cost), dict(one.facts)] for one in election.projects
            ],
        },
    )


def from_conversation(conversation: Conversation) -> Import:
    """A workshop out of a Polis conversation: its statements are ideas, its votes a sweep.

    The last vote of each person on each statement counts. Statements that its moderators took off
    stay off.

    Raises:
        BadFile: it has no statement, or more statements or voters than we take.
    """
    kept = [one for one in conversation.statements if one.moderated != REJECTED]
    places = {one.key: place for place, one in enumerate(kept)}
    answers = conversation.last_votes()
    ballots = [
        {places[key]: vote for key, vote in given.items() if key in places}
        for _, given in sorted(answers.items())
    ]
    ballots = [one for one in ballots if one]
    _fits(len(kept), len(ballots))
    remarks = list(conversation.remarks)
    if len(kept) < len(conversation.statements):
        remarks.append(
            Remark(
                N_("%(count)s statements were taken off there, so they aren’t here."),
                {"count": len(conversation.statements) - len(kept)},
            )
        )
    return Import(
        source="polis",
        title=_words(conversation.summary.get("topic", ""), "title") or "Polis",
        service="Polis",
        ideas=_texts([one.body for one in kept], remarks),
        method="sweep" if ballots else None,
        ballots=ballots,
        remarks=_plain(remarks),
    )


def _fits(ideas: int, ballots: int) -> None:
    for found, most, sentence in (
        (ideas, MOST_IDEAS, N_("It has %(found)s ideas. We take up to %(most)s.")),
        (ballots, MOST_BALLOTS, N_("It has %(found)s ballots. We take up to %(most)s.")),
    ):
        if found > most:
            raise BadFile(sentence, found=found, most=most)
    if not ideas:
        raise BadFile(N_("There is nothing in it to vote on."))


def _natural_rule(election: Election) -> Rule:
    """How we count the ballots, or nothing where no way of ours counts them as they were meant."""
    places = {one.key: place for place, one in enumerate(election.projects)}
    if not election.votes:
        return {}
    if election.vote_type in {"approval", "choose-1"}:
        ballots = [{places[key]: 1 for key in vote.choices} for vote in election.votes]
        return {"method": "approval", "budget": _longest(election, ballots), "ballots": ballots}
    if election.vote_type == "ordinal" and not any(vote.points for vote in election.votes):
        ballots = [
            {places[key]: at for at, key in enumerate(vote.choices, 1)} for vote in election.votes
        ]
        return {"method": "ranked", "budget": _longest(election, ballots), "ballots": ballots}
    return _points_rule(election, places)


def _points_rule(election: Election, places: Mapping[str, int]) -> Rule:
    """Points are votes where they are whole and what a ballot leaves out gets none."""
    given = [point for vote in election.votes for point in vote.points]
    whole = all(point.denominator == 1 and point >= 0 for point in given)
    if (
        not given
        or not whole
        or election.number("default_score")
        or election.vote_type == "ordinal"
    ):
        return {}
    ballots = [
        {places[key]: int(point) for key, point in zip(vote.choices, vote.points, strict=True)}
        for vote in election.votes
    ]
    spent = max(sum(one.values()) for one in ballots)
    return {
        "method": "dots",
        "budget": max(spent, int(election.number("max_sum_points") or 0)),
        "cap": max(1, int(max(given))),
        "ballots": ballots,
    }


def _longest(election: Election, ballots: Sequence[Mapping[int, int]]) -> int:
    """The most ideas that one ballot may name, 0 where the file sets no limit or broke it."""
    most = election.number("max_length") or Fraction(0)
    kept = most <= MOST_VOTES and all(len(one) <= most for one in ballots)
    return int(most) if kept else 0


def _texts(given: Sequence[str], remarks: list[Remark]) -> list[str]:
    """The words of ideas as a card takes them; a remark where some had to be shortened."""
    limit = LIMITS["idea"]
    texts = [_words(one, "idea") or f"{place}" for place, one in enumerate(given, 1)]
    shortened = sum(len(one) > limit for one in given)
    if shortened:
        remarks.append(
            Remark(
                N_("%(count)s texts were longer than %(limit)s letters. We shortened them."),
                {"count": shortened, "limit": limit},
            )
        )
    return texts


def _words(text: str, limit: str) -> str:
    """A text of a file as we keep it, shortened where it is too long; "" where nothing shows."""
    most = LIMITS[limit]
    try:
        return clean(text, most, required=False)
    except Refused:
        return clean(text[: most // 2], most, required=False) + "…" if text else ""


def _plain(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """Remarks as plain JSON values, in their order."""
    return [{**asdict(one), "values": dict(one.values)} for one in remarks]
