"""The power goes at any moment, and only what reached the disk is left.

People post and vote from many threads while a recording file system writes down every byte and
every sync. Then the disk is put together again as it was at `rounds` chosen moments, once with
nothing but synced bytes and once with a torn part of the rest; plain sqlite3 opens it, and every
command acknowledged before that moment has to be there, in a database that is whole.

The same is done with `synchronous=NORMAL`, which must lose acknowledged commands: if it did not,
this script could not find a loss at all.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults.apsw_driver import drive
from tests.faults.ground import DISK, Tap, Told, at_once, new_id, voting_room
from tests.faults.recorder import Disk, Recorder
from tests.faults.recount import Ack, lost, read, wrong
from tests.faults.table import Figures
from tests.story import Person, Story
from workshop.acts import posts
from workshop.acts.stage import Change, Once, Stage
from workshop.storage.models import Base
from workshop.storage.store import Store

FILE = "room.sqlite3"
PEOPLE = 8
IDEAS = 6
POSTS = 5
TAPS = 30
CHECKPOINT = 100
"""Pages after which the log is folded into the file: ten times as often as SQLite's own 1,000."""
CONTROL = 25
"""Moments looked at with a database that is not durable."""


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea that one person posts."""

    person: Person
    command_id: str

    def send(self, stage: Stage, told: Story) -> Change:
        body: dict[str, Any] = {"text": f"Idea {self.command_id}"}
        once = Once(self.person.receipt, self.command_id, "idea.post", body)
        given = {**body, "kind": "idea", "receipt": self.person.receipt}
        given |= {"seat_id": self.person.seat, "workshop_id": told.workshop}
        return stage.perform(posts.post, once=once, **given)


@dataclass
class Recording:
    """A busy room on a recording file system.

    Attributes:
        acks: each acknowledgement, with the number of events that had reached the disk before it.
        begun: the number of events before the room was busy.
    """

    recorder: Recorder
    told: Story
    begun: int
    acks: list[tuple[int, Ack]] = field(default_factory=list)
    heard: Told = field(default_factory=Told)

    def busy(self, person: Person, seed: int, sent: int) -> None:
        """One person posts, where it is the time for it, or votes and votes again."""
        chance, writes = random.Random(seed), self.told.room().step.phase == "ideas"
        for number in range(sent):
            one: Idea | Tap = Idea(person, new_id(chance))
            if not writes:
                idea, value = chance.choice(self.told.ideas), chance.randrange(4)
                one = Tap(person, idea, value, "phone", number + 1, new_id(chance))
            change = self.heard.send(one, self.told.stage, self.told)
            if change:
                ack = Ack(person.receipt, one.command_id, change.seq, dict(change.answer))
                self.acks.append((len(self.recorder.events), ack))


def _record(chance: random.Random, *weaker: str) -> Recording:
    """Let a room write, vote and see its result while every byte is written down.

    The database is opened as the application opens it, but for the pragmas in `weaker`.
    """
    recorder = Recorder(f"recorder-{chance.getrandbits(64)}")
    with tempfile.TemporaryDirectory(prefix="longtable-fault-", dir=DISK) as folder:
        store = Store(f"sqlite:///{folder}/{FILE}")
        pragmas = (f"wal_autocheckpoint={CHECKPOINT}", *weaker)
        drive(store.engine, f"{folder}/{FILE}", recorder.name, *pragmas)
        Base.metadata.create_all(store.engine)
        told = voting_room(store, people=PEOPLE, ideas=IDEAS, budget=12)
        made = Recording(recorder, told, len(recorder.events))
        for phase, sent in (("ideas", POSTS), ("vote", TAPS)):
            told.moves_to(phase)
            seeds = [chance.getrandbits(32) for _ in told.people]
            at_once(
                partial(made.busy, person, seed, sent)
                for person, seed in zip(told.people, seeds, strict=True)
            )
        told.reveals()
        store.close()
    return made


def _cut(made: Recording, points: int, chance: random.Random) -> tuple[list[str], int]:
    """Cut the power at so many moments; every broken promise, and how many files were opened."""
    events = made.recorder.events
    moments = sorted(chance.sample(range(made.begun, len(events) + 1), points))
    disk, taken, found = Disk(), 0, []
    with tempfile.TemporaryDirectory(prefix="longtable-fault-", dir=DISK) as folder:
        for moment in moments:
            for event in events[taken:moment]:
                disk.take(event)
            taken = moment
            acks = [ack for before, ack in made.acks if before <= moment]
            for torn in (None, random.Random(chance.random())):
                how = "torn" if torn else "synced bytes alone"
                lines = _opened(disk.after_a_cut(torn), Path(folder), acks)
                found += [f"event {moment}, {how}: {line}" for line in lines]
    return found, 2 * len(moments)


def _opened(files: dict[str, bytes], folder: Path, acks: list[Ack]) -> list[str]:
    """What is wrong with the database that these files make, opened as after a restart."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        stored = read(f"sqlite:///{folder}/{FILE}")
    except sqlite3.Error as error:
        return [f"the database does not open: {error}"]
    return [*wrong(stored), *lost(stored, acks)]


def run(rounds: int, seed: int) -> Figures:
    """Cut the power at `rounds` moments, and at a few where nothing waits for the disk."""
    chance = random.Random(seed)
    made, weak = _record(chance), _record(chance, "synchronous=NORMAL")
    found, opened = _cut(made, rounds, chance)
    control = [line for line in _cut(weak, CONTROL, chance)[0] if "I1" in line]
    if not control:
        found.append("nothing was lost with synchronous=NORMAL: this script cannot find a loss")
    return {
        "wrong": [*made.heard.errors, *weak.heard.errors, *found],
        "acknowledged": len(made.acks),
        "events": len(made.recorder.events),
        "syncs": sum(event.kind == "sync" for event in made.recorder.events),
        "databases opened": opened,
        "lost with synchronous=NORMAL": len(control),
    }
