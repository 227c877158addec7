"""A workshop that has voted and been shown its counts, with a leader to answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.story import Story, facilitator, story
from workshop.acts import backlog
from workshop.acts.stage import Change
from workshop.rules.scoring.criteria import RANKED
from workshop.rules.scoring.risk import FACTORS
from workshop.storage.store import Store


@dataclass
class Revealed:
    """A room at its results. `round` is the vote; every idea got votes, the first one most."""

    told: Story
    leader: int
    round: int

    def do(self, act: Callable[..., Change], **given: Any) -> Change:
        return self.told.do(act, **given)

    def promotes(self, place: int = 0) -> int:
        """Take an idea into the backlog; the number of its item."""
        change = self.do(backlog.promote, idea_id=self.told.ideas[place], round_id=self.round)
        number: int = change.answer["item"]
        return number


def revealed(store: Store, *, people: int = 13, ideas: int = 3) -> Revealed:
    """Everybody gives the first idea two votes and one other idea one; the counts are shown."""
    told = story(store, people=people, ideas=ideas, step="vote")
    for number, person in enumerate(told.people):
        told.votes(person, told.ideas[0], 2)
        if number % ideas:
            told.votes(person, told.ideas[number % ideas], 1)
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    leader = facilitator(told.stage, "ruth@example.org", role="leader")
    return Revealed(told, leader, opened.id)


def scores(low: int = 60, likely: int = 70, high: int = 80) -> dict[str, dict[str, Any]]:
    """The same answer to every question about reward."""
    return {
        key: {"low": low, "likely": likely, "high": high, "why": "It helped next door."}
        for key in RANKED
    }


def risks(band: int = 1, impact: int = 2) -> dict[str, dict[str, Any]]:
    """The same answer to every question about risk."""
    return {
        key: {"band": band, "impact": impact, "bearers": ["staff"], "mitigation": "Start small."}
        for key in FACTORS
    }
