"""What the commands that fill in a card may carry: plain words, one for each field of its form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostProblem:
    """A problem card."""

    text: str
    affected: str = ""
    often: str = ""
    evidence: str = ""
    source: str = ""
    better: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class JoinProblem:
    """A problem that says what another card says, and stands in it."""

    text: str
    host_id: int
    affected: str = ""
    often: str = ""
    evidence: str = ""
    source: str = ""
    better: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class PostIdea:
    """An idea, the problem or question it answers, and the idea it builds on."""

    text: str
    answers_id: int | None = None
    builds_on_id: int | None = None
    better_for: str = ""
    who_1: str = ""
    does_1: str = ""
    who_2: str = ""
    does_2: str = ""
    who_3: str = ""
    does_3: str = ""
    need_skill: str = ""
    need_time: str = ""
    need_room: str = ""
    need_kit: str = ""
    need_data: str = ""
    need_trust: str = ""
    need_money: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says about an idea."""

    idea_id: int
    stance: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class PlaceMoment:
    """What happened, on which part of the way, and how it felt from 1 to 5."""

    text: str
    leg_id: int
    feeling: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class EditPost:
    """New words for one's own post; a detail that is left out stays as it was."""

    post_id: int
    text: str
    affected: str | None = None
    often: str | None = None
    evidence: str | None = None
    source: str | None = None
    better: str | None = None
    better_for: str | None = None
    who_1: str | None = None
    does_1: str | None = None
    who_2: str | None = None
    does_2: str | None = None
    who_3: str | None = None
    does_3: str | None = None
    need_skill: str | None = None
    need_time: str | None = None
    need_room: str | None = None
    need_kit: str | None = None
    need_data: str | None = None
    need_trust: str | None = None
    need_money: str | None = None
    language: str | None = None
