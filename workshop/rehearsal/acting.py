"""What one stand-in does at each kind of step: a post, a vote, a promise, as people do it."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workshop.rehearsal.figures import Taps
from workshop.rehearsal.person import Person, wishes
from workshop.rehearsal.phone import TurnedDown
from workshop.rules.phases import PHASES
from workshop.rules.rounds import rule_of
from workshop.rules.voting import RoundRule

MARKS: Final = (2, 4)
"""How many taps each stand-in makes at a vote, from and to."""


@dataclass
class Table:
    """What the stand-ins have brought to the table.

    Attributes:
        legs: the parts of the journey.
        ideas: the numbers of the ideas that were posted.
        posts, votes: what was acknowledged.
    """

    legs: Sequence[int]
    ideas: list[int] = field(default_factory=list)
    posts: Taps = field(default_factory=Taps)
    votes: Taps = field(default_factory=Taps)

    @property
    def taps(self) -> Taps:
        """Everything that was acknowledged, posts and votes alike."""
        both = Taps()
        for one in (self.posts, self.votes):
            both.sent.extend(one.sent)
            both.answered.extend(one.answered)
            both.seqs.extend(one.seqs)
        return both


_OF_PAIR: Final = re.compile(r'name="(left_id|right_id)" value="(\d+)"')

Deed = Callable[[Person, Table, int], Awaitable[None]]
"""What a stand-in does, and its number."""


def deed_of(step: Mapping[str, Any]) -> Deed | None:
    """What people do at a step of the plan; None where they only look."""
    phase = PHASES[step["phase"]]
    if phase.votes:
        rule = rule_of(step["method"], step["budget"], step["cap"], quadratic=step["quadratic"])
        if step["method"] == "pairwise":
            return _pairs
        return _ballot(rule) if step["secret"] else _marks(rule)
    for kind, words in WORDS.items():
        if kind in phase.accepts:
            return _post(kind, words)
    return None


def takes_part(step: Mapping[str, Any], group: str) -> bool:
    """Whether people of this group are asked at this step."""
    return group in step["voters" if PHASES[step["phase"]].votes else "posters"]


WORDS: Final = {
    "goal": "Stand-in %s: a door that is open when I come from work.",
    "experience": "Stand-in %s: I waited, and nobody told me for how long.",
    "problem": "Stand-in %s: the letter came after the day it was for.",
    "idea": "Stand-in %s: ring people the day before, and ask what they need.",
    "pledge": "Stand-in %s: I will ask one neighbour along next time.",
}
"""What stand-ins write. They are rubbed out with their room."""


def _post(kind: str, words: str) -> Deed:
    async def post(person: Person, table: Table, number: int) -> None:
        body: dict[str, Any] = {"text": words % (number + 1)}
        if kind == "experience":
            if not table.legs:
                return
            body |= {"leg_id": random.choice(table.legs), "feeling": random.randint(1, 5)}
        told = await person.timed(f"{kind}.post", body, table.posts)
        if kind == "idea":
            table.ideas.append(int(told["post"]))

    return post


def _marks(rule: RoundRule) -> Deed:
    async def vote(person: Person, table: Table, _number: int) -> None:
        for _ in range(random.randint(*MARKS)):
            if not table.ideas:
                return
            try:
                await person.vote(rule, table.ideas, table.votes)
            except TurnedDown:
                return

    return vote


async def _pairs(person: Person, table: Table, _number: int) -> None:
    """Say which of two, for each pair that the page and then the answers ask about."""
    asked = (await person.visit.get(person.path)).text
    await person.visit.close()
    for _ in range(random.randint(*MARKS)):
        pair = {name: int(number) for name, number in _OF_PAIR.findall(asked)[:2]}
        if len(pair) < 2:
            return
        body = {**pair, "better_id": random.choice([*pair.values()])}
        asked = str((await person.timed("pair.answer", body, table.votes))["pair"])


def _ballot(rule: RoundRule) -> Deed:
    async def cast(person: Person, table: Table, _number: int) -> None:
        marks: dict[int, int] = {}
        for idea in random.sample(table.ideas, min(len(table.ideas), max(MARKS))):
            if values := [value for value in wishes(rule, marks, idea) if value > 0]:
                marks[idea] = values[0]
        if marks:
            body = {"idea_ids": list(marks), "values": list(marks.values())}
            await person.timed("ballot.cast", body, table.votes)

    return cast
