"""Two hundred votes race one close: the round is closed, the room moves on, or the meeting ends.

What is stored the moment the close is answered is what is counted: no vote comes after it, and the
published tally is what raw SQL counts from the marks. Then the tally is shown, late votes are sent
all the same, and nothing moves. On PostgreSQL votes and close come through two stores, as from two
processes. A round is one race; half of them are on each kind of database.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.faults.ground import Tap, Told, at_once, empty, kinds, new_id, voting_room
from tests.faults.recount import Stored, lost, read, sealed, wrong
from tests.faults.table import Figures
from tests.story import Story
from workshop.acts import running, voting
from workshop.acts.stage import Change, Stage
from workshop.storage.store import Store

PEOPLE = 40
VOTES = 200
IDEAS = 6
LATE = 10
EACH = 10
"""Races in one room, before its history grows too long to read again and again."""


class Race:
    """One room in which votes race a close, time and again."""

    def __init__(self, url: str, stores: list[Store], chance: random.Random) -> None:
        self.url = url
        self.chance = chance
        self.told: Story = voting_room(stores[0], people=PEOPLE, ideas=IDEAS, budget=12)
        self.stages = [Stage(store, self.told.clock) for store in stores]
        self.votes_round = self._round()
        self.number = 0
        self.in_time = self.too_late = 0

    def _round(self) -> int:
        opened = self.told.room().last_round
        assert opened
        return opened.id

    def _tap(self) -> Tap:
        self.number += 1
        person, idea = self.chance.choice(self.told.people), self.chance.choice(self.told.ideas)
        value = self.chance.randrange(4)
        return Tap(person, idea, value, "phone", self.number, new_id(self.chance))

    def _close(self, how: str) -> Change:
        stage, room = self.stages[-1], self.told.workshop
        if how == "close":
            move: dict[str, Any] = {"round_id": self.votes_round, "to": "closed"}
            return stage.perform(voting.move_round, workshop_id=room, **move)
        if how == "finish":
            return stage.perform(running.finish, workshop_id=room)
        return stage.perform(running.move_step, workshop_id=room, position=0)

    def run(self, how: str) -> list[str]:
        """Race once; what went wrong."""
        heard, seen = Told(), list[tuple[Change, Stored]]()

        def close() -> None:
            closed = self._close(how)
            seen.append((closed, read(self.url)))

        acts: list[Callable[[], object]] = [
            partial(heard.send, self._tap(), self.stages[n % len(self.stages)], self.told)
            for n in range(VOTES)
        ]
        acts.insert(self.chance.randrange(VOTES), close)
        at_once(acts)
        return self._judge(heard, *seen[0]) + self._seal(how)

    def _judge(self, heard: Told, closed: Change, then: Stored) -> list[str]:
        now = read(self.url)
        found = [*heard.errors, *wrong(now), *lost(now, heard.acks)]
        if sorted(now.marks) != sorted(then.marks):
            found.append("I4: marks changed after the close was answered")
        found += [f"I4: told {ack} after the close" for ack in heard.acks if ack.seq > closed.seq]
        self.in_time += len(heard.acks)
        self.too_late += heard.refused["round_closed"] + heard.refused["finished"]
        polite = {"round_closed", "finished", "no_votes_left"}
        return found + [f"refused as {code}" for code in heard.refused.keys() - polite]

    def _seal(self, how: str) -> list[str]:
        """Send late votes and look again; then open the round for the next race.

        After the last race the tally is shown before that: what was shown once never opens again.
        """
        last = how == "finish"
        if last:
            self.told.do(voting.move_round, round_id=self.votes_round, to="revealed")
        before, late = read(self.url), Told()
        for _ in range(LATE):
            late.send(self._tap(), self.stages[0], self.told)
        after = read(self.url)
        found = [*wrong(before), *late.errors]
        if late.acks or sorted(after.marks) != sorted(before.marks):
            found.append(f"I4: marks changed while the round was closed: {late.acks}")
        if last and (sealed(after) != sealed(before) or not sealed(after)):
            found.append("I4: the tally moved after it was shown")
        if not last:
            self._again(how)
        return found

    def _again(self, how: str) -> None:
        """Open the round once more: by hand, or by coming back to its step."""
        if how == "move":
            self.told.moves_to("vote")
        else:
            self.told.do(voting.move_round, round_id=self.votes_round, to="open")


def run(rounds: int, seed: int) -> Figures:
    """Race `rounds` times, in rooms of `EACH`, in turn on every kind of database there is."""
    chance = random.Random(seed)
    figures: Figures = {"wrong": [], "votes in time": 0, "votes too late": 0}
    for block, start in enumerate(range(0, rounds, EACH)):
        kind = kinds()[block % len(kinds())]
        races = min(EACH, rounds - start)
        with empty(kind) as url:
            stores = [Store(url) for _ in range(2 if kind == "postgresql" else 1)]
            race = Race(url, stores, chance)
            for number in range(races):
                last = number + 1 == races
                how = "finish" if last else chance.choice(["close", "move"])
                figures["wrong"] += race.run(how)
            for store in stores:
                store.close()
        figures[kind] = figures.get(kind, 0) + races
        figures["votes in time"] += race.in_time
        figures["votes too late"] += race.too_late
    return figures
