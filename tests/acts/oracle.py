"""A room in plain Python: what may be done in it, and what it is afterwards.

It shares no code with the product. Every rule stands here a second time, said from the words of
the product's promises and not from its statements, so that a mistake has to be made twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

VOICES = ("citizen", "staff", "partner")
WELCOME = {
    "welcome": "goal",
    "problems": "problem",
    "themes": "problem",
    "ideas": "idea",
    "next": "pledge",
}
ROUND_MOVES = {
    ("open", "closed"),
    ("closed", "open"),
    ("closed", "revealed"),
    ("revealed", "covered"),
    ("covered", "revealed"),
}
LETTERS = {"goal": 200, "problem": 500, "idea": 500, "pledge": 200}
Body = Mapping[str, Any]


@dataclass
class Person:
    """A seat, and the group with which its page was opened. The host has none."""

    seat: int
    group: str
    opened: str = ""
    removed: bool = False


@dataclass
class Paper:
    """A post, and who wrote it, which the product keeps to its author."""

    number: int
    kind: str
    text: str
    group: str
    author: int
    answers: int | None = None
    theme: int | None = None
    state: str = "shown"
    version: int = 1

    @property
    def lives(self) -> bool:
        return self.state in {"shown", "hidden"}


@dataclass
class Step:
    """A step of the plan; a vote has a method."""

    phase: str
    method: str = ""
    budget: int = 0
    cap: int = 1
    taken_part: set[int] = field(default_factory=set)


@dataclass
class Vote:
    """The round of a step. `marks` and `costs` by (seat, idea); `heard` also by device."""

    step: Step
    number: int = 0
    state: str = "open"
    marks: dict[tuple[int, int], int | None] = field(default_factory=dict)
    costs: dict[tuple[int, int], int] = field(default_factory=dict)
    heard: dict[tuple[int, int, str], int] = field(default_factory=dict)
    done: dict[int, bool] = field(default_factory=dict)
    sealed: dict[str, Any] | None = None

    @property
    def purse(self) -> int:
        return 0 if self.step.method == "sweep" else self.step.budget

    def forget(self) -> None:
        """The seal: nobody knows any more whose mark was whose."""
        self.marks.clear()
        self.costs.clear()

    def used(self, seat: int) -> int:
        return sum(cost for (whose, _), cost in self.costs.items() if whose == seat)

    def cost(self, value: int | None) -> int:
        free = self.step.method == "sweep" or (self.step.method == "approval" and not self.purse)
        return 0 if free or value is None else value

    def wrong(self, value: int | None) -> set[str]:
        """Why a mark of this value is none."""
        if value is None:
            return set()
        if self.step.method == "sweep":
            return set() if value in (-1, 0, 1) else {"bad_value"}
        if self.step.method == "approval":
            return set() if value in (0, 1) else {"bad_value"}
        if value < 0:
            return {"bad_value"}
        return {"over_cap"} if value > min(self.step.cap, self.purse) else set()

    def late(self, seat: int, idea: int, device: str, number: int) -> bool:
        """Whether this device was ever heard with a number at least as high."""
        return number <= self.heard.get((seat, idea, device), -1)


@dataclass
class Room:
    """Everything that a room is."""

    steps: list[Step]
    position: int = 0
    state: str = "running"
    locked: bool = False
    doors: bool = True
    seq: int = 0
    people: dict[int, Person] = field(default_factory=dict)
    papers: dict[int, Paper] = field(default_factory=dict)
    themes: dict[int, str] = field(default_factory=dict)
    votes: dict[int, Vote] = field(default_factory=dict)

    @property
    def step(self) -> Step:
        return self.steps[self.position]

    @property
    def vote(self) -> Vote | None:
        """The round that the room is at."""
        return self.votes.get(self.position)

    def ballot(self) -> list[int]:
        """The ideas that people can vote for."""
        return sorted(
            paper.number
            for paper in self.papers.values()
            if paper.kind == "idea" and paper.state == "shown"
        )

    def table(self, people: set[int] | None = None) -> dict[str, int]:
        """How many of these people (or all) sit at the table now, by group."""
        here = [one for one in self.people.values() if not one.removed]
        return {
            group: sum(
                1 for one in here if one.group == group and (people is None or one.seat in people)
            )
            for group in (*VOICES, "watching")
        }

    def arrive(self, position: int) -> None:
        """Come to a step: what was locked is open, and a vote opens, or opens again."""
        self.position, self.locked = position, False
        if not self.step.method:
            return
        vote = self.votes.setdefault(position, Vote(self.step))
        if vote.state == "closed":
            vote.state = "open"
        self.give_back()

    def close_here(self) -> None:
        """Leave a step: its vote closes."""
        if self.vote and self.vote.state == "open":
            self.vote.state = "closed"

    def give_back(self) -> None:
        """No open vote keeps anybody's votes on an idea that is not on the ballot."""
        there = self.ballot()
        for vote in self.votes.values():
            for seat, idea in vote.marks:
                if vote.state == "open" and vote.costs[seat, idea] and idea not in there:
                    vote.marks[seat, idea], vote.costs[seat, idea] = 0, 0

    def count(self, vote: Vote) -> dict[str, Any]:
        """The result of a vote: ballots, and for each idea (place, tied, score, people for it)."""
        given = {
            (seat, idea): value for (seat, idea), value in vote.marks.items() if value is not None
        }
        scores: dict[int, float | None] = {}
        people: dict[int, int] = {}
        for idea in self.ballot():
            said = [value for (_, about), value in given.items() if about == idea]
            people[idea] = sum(1 for value in said if value > 0)
            scores[idea] = float(sum(said))
            if vote.step.method == "sweep":
                # So few people are one group together, whichever groups they declared.
                scores[idea] = (people[idea] + 1) / (len(said) + 2) if said else None
        return {
            "ballots": len({seat for seat, _ in given}),
            "rows": {idea: (*_place(scores, idea), scores[idea], people[idea]) for idea in scores},
            "marks": sorted(_by_person(given, set(scores))),
        }


def _place(scores: Mapping[int, float | None], idea: int) -> tuple[int, bool]:
    """Competition ranking; ideas without a score come last."""

    def worth(one: float | None) -> float:
        return float("-inf") if one is None else one

    mine = worth(scores[idea])
    every = [worth(score) for score in scores.values()]
    return 1 + sum(1 for one in every if one > mine), every.count(mine) > 1


def _by_person(given: Mapping[tuple[int, int], int], ideas: set[int]) -> list[tuple[Any, ...]]:
    """Each person's marks on these ideas, in an order that tells nothing of the person."""
    ballots: dict[int, list[tuple[int, int]]] = {}
    for (seat, idea), value in given.items():
        mine = ballots.setdefault(seat, [])
        if idea in ideas:
            mine.append((idea, value))
    return [tuple(sorted(marks)) for marks in ballots.values()]
