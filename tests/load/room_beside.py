"""A hall that votes while the numbers of a whole backlog are worked out in the same process."""

from __future__ import annotations

import time
from pathlib import Path

import eventlet
import numpy as np
from eventlet import tpool

from tests.revealed import risks, scores
from tests.story import Story, story
from workshop.acts import assessments, assessors, backlog, running, scoring, workshops
from workshop.acts.stage import Stage
from workshop.cli import steady
from workshop.factory import server_clock
from workshop.storage.store import Store
from workshop.storage.upgrade import upgrade
from workshop.web.reckoner import Reckoner

VOTES_A_SECOND = 30
PEOPLE = 100
SOME_IDEAS = 12


class Beside:
    """One process: a room in its vote, a scored backlog, and a loop whose lateness is measured."""

    def __init__(self, file: Path, *, ideas: int, assessors: int) -> None:
        self.store = Store(f"sqlite:///{file}")
        upgrade(self.store.engine)
        self._told = story(self.store, people=PEOPLE, ideas=SOME_IDEAS, step="vote")
        self.stage = Stage(self.store, server_clock, offload=tpool.execute)
        self.reckoner = Reckoner(self.stage, eventlet.spawn)
        self._fill(ideas, assessors)
        # As a server does it: a search through everything that lives is a pause of its own.
        steady.look_seldom()
        self.votes = self.runs = 0
        self.late: list[float] = []
        self.took: list[float] = []

    def _fill(self, ideas: int, count: int) -> None:
        other = self._another_room(ideas)
        opened = other.room().last_round
        assert opened is not None
        rng = np.random.default_rng(1)
        panel = [
            other.do(
                assessors.invite_assessor, name="Grace", standing="citizen", token=f"token-{place}"
            ).answer["assessor"]
            for place in range(count)
        ]
        for idea in other.ideas:
            item = other.do(backlog.promote, idea_id=idea, round_id=opened.id).answer["item"]
            for one in panel:
                three = sorted(int(value) for value in rng.integers(0, 101, size=3))
                answer = {"scores": scores(*three), "risks": risks(), "still": risks(3, 4)}
                other.do(assessments.assess, item_id=item, assessor_id=one, **answer)
        other.do(scoring.move_scoring, was="alone", to="talk")

    def _another_room(self, ideas: int) -> Story:
        """A workshop of the same facilitator whose counts are shown, with so many ideas."""
        told = self._told
        made = told.stage.perform(
            workshops.create_workshop,
            account_id=told.facilitator,
            template="sweep",
            title="Leaving hospital",
            service="Discharge",
            goal="Nobody waits for a bag of medicine.",
            better_for="People who live alone",
        )
        other = Story(told.stage, told.clock, made.answer["workshop"], told.facilitator)
        other.do(running.start)
        other.moves_to("ideas")
        writer = other.joins("citizen")
        other.ideas += [other.posts(writer, "idea", f"Idea {number}") for number in range(ideas)]
        other.moves_to("vote")
        other.reveals()
        return other

    def measure(self, seconds: float, every: float, *, runs: bool) -> str:
        """Vote for so long, with or without runs; one line of figures."""
        self.votes = self.runs = 0
        self.late, self.took = [], []
        ends = time.monotonic() + seconds
        tasks = [eventlet.spawn(self._watch, ends, every), eventlet.spawn(self._vote, ends)]
        if runs:
            tasks.append(eventlet.spawn(self._reckon, ends))
        for task in tasks:
            task.wait()
        late, took = np.array(self.late) * 1000, np.array(self.took) * 1000
        gaps = np.percentile(late, (50, 95, 99, 100))
        vote = np.percentile(took, (50, 95, 100))
        return (
            f"{self.runs} runs, {self.votes} votes: loop late p50/p95/p99/most "
            f"{' / '.join(f'{value:.1f}' for value in gaps)} ms; a vote p50/p95/most "
            f"{' / '.join(f'{value:.1f}' for value in vote)} ms"
        )

    def _watch(self, ends: float, every: float) -> None:
        while time.monotonic() < ends:
            asked = time.monotonic()
            eventlet.sleep(every)
            self.late.append(time.monotonic() - asked - every)

    def _vote(self, ends: float) -> None:
        told: Story = self._told
        number = 0
        while time.monotonic() < ends:
            person = told.people[number % PEOPLE]
            idea = told.ideas[number % SOME_IDEAS]
            began = time.monotonic()
            value = number // PEOPLE % 2
            told.votes(person, idea, value)
            self.took.append(time.monotonic() - began)
            number += 1
            self.votes += 1
            eventlet.sleep(1 / VOTES_A_SECOND)

    def _reckon(self, ends: float) -> None:
        """Ask for the numbers again as soon as a run is over."""
        while time.monotonic() < ends:
            self.reckoner.ask()
            while self.reckoner.progress.running:
                eventlet.sleep(0.01)
            self.runs += 1
