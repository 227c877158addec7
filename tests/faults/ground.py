"""Where faults happen: empty databases, a room that votes, and what its people are told."""

from __future__ import annotations

import os
import random
import tempfile
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tests.faults.recount import Ack
from tests.story import Person, Story, story
from tests.tables import emptied, laid
from workshop.acts import marking, steps
from workshop.acts.stage import Change, Once, Stage
from workshop.rules.refusals import Refused
from workshop.storage.store import Store

DISK = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108 - faults of logic need no disk
"""Where SQLite's files lie where the fault is not about the disk: waiting for it proves nothing."""


def kinds() -> list[str]:
    """The kinds of database there are here. PostgreSQL is one where its address is set."""
    there = bool(os.environ.get("LONGTABLE_TEST_DATABASE_URL"))
    if not there and os.environ.get("LONGTABLE_REQUIRE_SERVICES"):
        raise AssertionError("LONGTABLE_REQUIRE_SERVICES is set, but PostgreSQL has no address")
    return ["sqlite", "postgresql"] if there else ["sqlite"]


@contextmanager
def empty(kind: str) -> Iterator[str]:
    """The address of an empty database with all tables; what was in it is gone."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="longtable-fault-", dir=DISK) as folder:
            yield laid(Path(folder) / "room.sqlite3")
    else:
        url = os.environ["LONGTABLE_TEST_DATABASE_URL"]
        emptied(Store(url)).close()
        yield url


def voting_room(store: Store, *, people: int, ideas: int, budget: int, cap: int = 3) -> Story:
    """A room at its vote: dots, `budget` for each person, at most `cap` on one idea."""
    told = story(store, people=people, ideas=ideas, step="ideas")
    vote = next(step for step in told.room().steps if step.phase == "vote")
    rule = {"method": "dots", "budget": budget, "cap": cap}
    told.do(steps.edit_step, step_id=vote.id, question="Which?", minutes=vote.minutes, **rule)
    told.moves_to("vote")
    return told


@dataclass(frozen=True, slots=True)
class Tap:
    """One command of one person: this mark on this idea, from this device, with this number."""

    person: Person
    idea: int
    value: int
    device: str
    number: int
    command_id: str

    def send(self, stage: Stage, told: Story) -> Change:
        """Send it as the live floor does."""
        body: dict[str, Any] = {"idea_id": self.idea, "value": self.value}
        once = Once(self.person.receipt, self.command_id, "mark.set", body)
        given = {**body, "seat_id": self.person.seat, "workshop_id": told.workshop}
        given |= {"device": self.device, "number": self.number, "receipt": self.person.receipt}
        return stage.perform(marking.set_mark, once=once, plain=True, **given)


def new_id(chance: random.Random) -> str:
    """A command id as a browser makes it, but by seeded chance."""
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


class Sendable(Protocol):
    """A command of one person."""

    @property
    def person(self) -> Person: ...

    @property
    def command_id(self) -> str: ...

    def send(self, stage: Stage, told: Story) -> Change: ...


@dataclass
class Told:
    """What people were told: answers, refusals by code, and errors, which nobody should see."""

    acks: list[Ack] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def send(self, tap: Sendable, stage: Stage, told: Story) -> Change | None:
        """Send `tap` and note what came back; None where that was no answer."""
        try:
            change = tap.send(stage, told)
        except Refused as no:
            self.refused[no.code] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            self.errors.append(f"{type(error).__name__}: {error}")
        else:
            self.acks.append(
                Ack(tap.person.receipt, tap.command_id, change.seq, dict(change.answer))
            )
            return change
        return None


def at_once(acts: Iterable[Callable[[], object]]) -> None:
    """Do all `acts` in the same moment, each in a thread of its own, and wait for them."""
    acts = list(acts)
    together = threading.Barrier(len(acts))

    def hand(act: Callable[[], object]) -> None:
        together.wait()
        act()

    hands = [threading.Thread(target=hand, args=(act,)) for act in acts]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
