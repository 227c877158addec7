"""Whether a replayed room counted what the published files counted, voter by voter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from workshop.formats.conversations import Conversation

Votes = Mapping[int, Mapping[int, int]]
"""Voter -> statement -> vote (1 agree, 0 pass, -1 disagree)."""


class Count(NamedTuple):
    """How many agree, pass and disagree."""

    agree: int
    passed: int
    disagree: int

    def __str__(self) -> str:
        return f"{self.agree} agree, {self.passed} pass, {self.disagree} disagree"


def count(votes: Iterable[int]) -> Count:
    """Count votes of 1, 0 and -1."""
    found = Counter(votes)
    return Count(found[1], found[0], found[-1])


def of_ballots(file: Mapping[str, Any]) -> dict[int, Count]:
    """What a round's JSON file says of each idea, counted anew from its ballots.

    Raises:
        ValueError: the file's own counts are not those of its ballots.
    """
    marks: dict[int, list[int]] = {int(idea["id"]): [] for idea in file["ideas"]}
    for ballot in file["ballots"]:
        for idea, mark in ballot["marks"].items():
            marks[int(idea)].append(int(mark))
    counted = {idea: count(given) for idea, given in marks.items()}
    for idea in file["ideas"]:
        said = Count(idea["agree"], idea["pass"], idea["disagree"])
        if counted[int(idea["id"])] != said:
            raise ValueError(f"idea {idea['id']}: {said} is not what its ballots say")
    return counted


def differences(
    conversation: Conversation,
    voters: Mapping[int, Mapping[int, int]],
    statements: Mapping[int, Count],
) -> Iterator[str]:
    """A sentence for each voter and each statement that was counted differently; none is right.

    Args:
        conversation: the published files.
        voters: voter -> statement -> vote, as each voter's own page tells it before the reveal.
        statements: statement -> count, as the room's ballots tell it.
    """
    yield from _voters(conversation, voters)
    published = {person.key: person.answers for person in conversation.participants}
    yield from _statements("participants-votes.csv", _by_statement(published), statements)
    yield from _statements("votes.csv", _by_statement(conversation.last_votes()), statements)


def _voters(conversation: Conversation, voters: Votes) -> Iterator[str]:
    for person in conversation.participants:
        found = count(voters.get(person.key, {}).values())
        passed = person.votes - person.agrees - person.disagrees
        said = Count(person.agrees, passed, person.disagrees)
        if found != said:
            yield f"Voter {person.key}: the file says {said}; the room says {found}."
        elif dict(voters.get(person.key, {})) != dict(person.answers):
            yield f"Voter {person.key}: the counts agree, but not what each vote was on."


def _by_statement(votes: Votes) -> dict[int, Count]:
    given: dict[int, list[int]] = {}
    for ballot in votes.values():
        for statement, vote in ballot.items():
            given.setdefault(statement, []).append(vote)
    return {statement: count(marks) for statement, marks in given.items()}


def _statements(file: str, said: Mapping[int, Count], found: Mapping[int, Count]) -> Iterator[str]:
    nothing = Count(0, 0, 0)
    for statement in sorted(said.keys() | found.keys()):
        one, other = said.get(statement, nothing), found.get(statement, nothing)
        if one != other:
            yield f"Statement {statement}: {file} says {one}; the room says {other}."
