"""A Polis conversation as its export tells it: statements, every vote event, and the voters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.formats.files import Remark


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; `agrees` and `disagrees` are published counts over all vote events.

    Attributes:
        author: the participant who wrote it; some authors never voted.
        moderated: 1 accepted, 0 not looked at, -1 hidden.
        written: milliseconds since 1970.
    """

    key: int
    author: int
    agrees: int
    disagrees: int
    moderated: int
    body: str
    written: int


@dataclass(frozen=True, slots=True)
class VoteEvent:
    """One tap: 1 agree, 0 pass, -1 disagree; `at` is milliseconds since 1970."""

    at: int
    statement: int
    voter: int
    vote: int


@dataclass(frozen=True, slots=True)
class Participant:
    """One voter as published; counts and answers go by the last vote on each statement.

    Attributes:
        group: the published opinion group, None for people without one.
        answers: statement -> last vote.
    """

    key: int
    group: str | None
    statements: int
    votes: int
    agrees: int
    disagrees: int
    answers: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole export.

    Attributes:
        summary: topic, url and published totals, as written.
        statements: in the order of their numbers.
        events: every vote in the order in which it was cast.
        remarks: published counts that disagree with the events.
    """

    summary: Mapping[str, str]
    statements: tuple[Statement, ...]
    events: tuple[VoteEvent, ...]
    participants: tuple[Participant, ...]
    remarks: tuple[Remark, ...] = field(default=())

    def last_votes(self) -> dict[int, dict[int, int]]:
        """Keep each voter's last vote on each statement: voter -> statement -> vote."""
        kept: dict[int, dict[int, int]] = {}
        for event in self.events:
            kept.setdefault(event.voter, {})[event.statement] = event.vote
        return kept
