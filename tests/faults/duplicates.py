"""Every command arrives several times, out of order, long after its time, or with other words.

Waves of deliveries from one device for each person: new votes, each sent up to four times and
shuffled, old ones sent again, and old ids with another body. Each id has one effect and one answer,
however often it comes; another body under it is refused; and where two votes on one idea change
places, the one that its device numbered higher stands. A round is one delivery.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial

from tests.faults.ground import Tap, Told, at_once, empty, kinds, new_id, voting_room
from tests.faults.recount import lost, read, wrong
from tests.faults.table import Figures
from tests.story import Person, Story
from workshop.storage.store import Store

PEOPLE = 12
IDEAS = 5
BUDGET = 9
WAVE = 100
MARKS = {"mark.first", "mark.set"}
FRESH = 30
"""New votes in a wave; the rest of it is repetition."""


Key = tuple[str, str]
"""Whose command, and its id."""


@dataclass
class Post:
    """A careless postman: what was delivered, and what has been answered.

    Attributes:
        heard: of honest deliveries.
        tampered: of deliveries of another body, under an id that had been answered.
    """

    told: Story
    chance: random.Random
    heard: Told = field(default_factory=Told)
    tampered: Told = field(default_factory=Told)
    sent: dict[Key, Tap] = field(default_factory=dict)
    answered: dict[Key, Tap] = field(default_factory=dict)
    numbers: Counter[int] = field(default_factory=Counter)
    marks: dict[tuple[int, int], int] = field(default_factory=dict)
    delivered: int = 0
    changed: int = 0

    def _fresh(self, others: list[Key]) -> Tap:
        """A new vote; now and then under an id that somebody else has used."""
        person: Person = self.chance.choice(self.told.people)
        command_id = new_id(self.chance)
        if others and self.chance.random() < 0.1:
            borrowed = self.chance.choice(others)[1]
            if (person.receipt, borrowed) not in self.sent:
                command_id = borrowed
        self.numbers[person.seat] += 1
        idea, value = self.chance.choice(self.told.ideas), self.chance.randrange(4)
        tap = Tap(person, idea, value, "phone", self.numbers[person.seat], command_id)
        self.sent[person.receipt, command_id] = tap
        return tap

    def wave(self, deliveries: int) -> None:
        """Deliver so many commands in the same moment, in any order."""
        answered = list(self.answered)
        fresh = [self._fresh(answered) for _ in range(FRESH)]
        again = [*fresh, *self.answered.values()]
        load = [(tap, self.heard) for tap in fresh]
        while len(load) < deliveries:
            if answered and self.chance.random() < 0.2:
                load.append((self._other_body(self.chance.choice(answered)), self.tampered))
            else:
                load.append((self.chance.choice(again), self.heard))
        self._deliver(load)

    def _other_body(self, key: Key) -> Tap:
        self.changed += 1
        tap = self.answered[key]
        return replace(tap, value=(tap.value + 1) % 4)

    def _deliver(self, load: list[tuple[Tap, Told]]) -> None:
        self.chance.shuffle(load)
        before = len(self.heard.acks)
        at_once(partial(book.send, tap, self.told.stage, self.told) for tap, book in load)
        self.delivered += len(load)
        for ack in self.heard.acks[before:]:
            self.answered[ack.secret, ack.command_id] = self.sent[ack.secret, ack.command_id]

    def late(self) -> int:
        """After the vote, deliver old answered commands once more; how many."""
        url = self.told.stage.store.engine.url.render_as_string(hide_password=False)
        # The seal destroys whose marks are whose, so they are looked at before it.
        self.marks = {(seat, idea): value for _, seat, idea, value, _ in read(url).marks}
        self.told.reveals()
        load = [(tap, self.heard) for tap in list(self.answered.values())[:WAVE]]
        self._deliver(load)
        return len(load)

    def amiss(self, url: str) -> list[str]:
        """Whatever had two effects, two answers, or another effect than it should."""
        stored = read(url)
        found = [*self.heard.errors, *wrong(stored), *lost(stored, self.heard.acks)]
        found += [f"refused as {code}" for code in self.heard.refused if code != "no_votes_left"]
        if self.tampered.refused != Counter({"same_id_other_body": self.changed}):
            found.append(f"{self.changed} other bodies were sent: {self.tampered}")
        if len(self.answered) != len(stored.commands):
            found.append(f"{len(self.answered)} commands answered, {len(stored.commands)} stored")
        effects = {seq for _, seq, kind, _, _ in stored.moments if kind in MARKS}
        if extra := effects - {ack.seq for ack in self.heard.acks}:
            found.append(f"I5: nobody was told of the effects at {sorted(extra)}")
        if self.marks != (expected := self._expected()):
            found.append(f"I5: marks are {self.marks}, should be {expected}")
        return found

    def _expected(self) -> dict[tuple[int, int], int]:
        """Of each person's answered votes on an idea, the one with the highest number."""
        last: dict[tuple[int, int], Tap] = {}
        for tap in self.answered.values():
            key = (tap.person.seat, tap.idea)
            if key not in last or tap.number > last[key].number:
                last[key] = tap
        return {key: tap.value for key, tap in last.items()}


def run(rounds: int, seed: int) -> Figures:
    """Deliver `rounds` commands, shared out among the kinds of database there are."""
    chance = random.Random(seed)
    figures: Figures = {"wrong": []}
    for kind in kinds():
        with empty(kind) as url:
            store = Store(url)
            post = Post(voting_room(store, people=PEOPLE, ideas=IDEAS, budget=BUDGET), chance)
            while post.delivered < rounds // len(kinds()):
                post.wave(WAVE)
            late = post.late()
            store.close()
            figures["wrong"] += post.amiss(url)
        figures[kind] = {
            "delivered": post.delivered,
            "commands": len(post.sent),
            "answers": len(post.heard.acks),
            "after the close": late,
            "other bodies refused": post.tampered.refused["same_id_other_body"],
        }
    return figures
