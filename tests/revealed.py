"""A workshop that has voted and been shown its counts, told by the acts that people do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workshop.acts import accounts, backlog, posts, running, seats, voting, workshops
from workshop.acts.stage import Change, Stage
from workshop.reads import rooms
from workshop.reads.rooms import RoomCard
from workshop.storage.models import Base
from workshop.storage.store import Store

MONDAY = 1_762_776_000_000
"""10 November 2025, noon in UTC, in milliseconds."""

DAY = 24 * 60 * 60 * 1000


class Clock:
    """A clock that moves only when it is told to."""

    def __init__(self, now: int = MONDAY) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


@dataclass
class Revealed:
    """A store with accounts and one workshop at its results; ids by short names."""

    stage: Stage
    clock: Clock
    accounts: dict[str, int]
    room_id: int = 0
    slug: str = ""
    round_id: int = 0
    ideas: list[int] = field(default_factory=list)
    problems: list[int] = field(default_factory=list)

    def do(self, act: Callable[..., Change], **given: Any) -> Change:
        """Perform an act in this workshop."""
        return self.stage.perform(act, workshop_id=self.room_id, **given)

    def room(self) -> RoomCard:
        """The workshop as pages see it now."""
        with self.stage.store.read() as db:
            card = rooms.by_id(db, self.room_id)
        assert card is not None
        return card

    def promote(self, place: int = 0) -> int:
        """Take an idea into the backlog and return the item's number."""
        change = self.do(backlog.promote, idea_id=self.ideas[place], round_id=self.round_id)
        return int(change.answer["item"])


def account(stage: Stage, role: str, name: str, password_hash: str = "x") -> int:
    """Make somebody who signs in, by the pass that an invitation carries."""
    token = f"{role}-{name}"
    stage.perform(accounts.make_pass, kind="invite", role=role, token=token)
    made = stage.perform(
        accounts.use_pass,
        kind="invite",
        token=token,
        email=f"{name.lower().replace(' ', '.')}@example.org",
        name=name,
        password_hash=password_hash,
    )
    return int(made.answer["account"])


def open_store(folder: Path) -> Store:
    """A fresh SQLite file with every table."""
    store = Store(f"sqlite:///{folder}/backlog.sqlite3", gather=0)
    Base.metadata.create_all(store.engine)
    return store


def revealed(
    stage: Stage,
    clock: Clock,
    facilitator: int,
    people: Mapping[str, int] = {"citizen": 6, "staff": 5, "partner": 2},
    ideas: int = 3,
    title: str = "Living well with diabetes",
) -> Revealed:
    """Run a whole one-hour workshop up to the reveal: everybody gives the first idea two dots."""
    made = stage.perform(
        workshops.create_workshop,
        account_id=facilitator,
        template="hour",
        title=title,
        service="Diabetes care",
        goal="Nobody loses sight or a foot because a check was too hard to reach.",
        better_for="People with two or more yearly checks",
        place="Harbour Street Community Centre",
    )
    told = Revealed(stage, clock, {}, int(made.answer["workshop"]), str(made.answer["slug"]))
    told.do(running.start)
    given = [
        {"seat_id": seat, "receipt": f"{group}-{n}"}
        for group, count in people.items()
        for n in range(count)
        for seat in [told.do(seats.take_seat, group=group, receipt=f"{group}-{n}").answer["seat"]]
    ]
    _write(told, given[0], ideas)
    told.do(running.move_step, position=4)
    for n, person in enumerate(given):
        for place in {0, n % ideas} if ideas else ():
            mark = {"idea_id": told.ideas[place], "value": 2 if place == 0 else 1}
            told.do(voting.set_mark, seat_id=person["seat_id"], **mark)
    rounds = told.room().steps[4].round
    assert rounds is not None
    told.round_id = rounds.id
    for to in ("closed", "revealed"):
        told.do(voting.move_round, round_id=told.round_id, to=to)
    return told


def _write(told: Revealed, person: Mapping[str, Any], ideas: int) -> None:
    told.do(running.move_step, position=1)
    problem = told.do(
        posts.post,
        kind="problem",
        text="I take three mornings off work for checks that could be one.",
        affected="People who work shifts",
        **person,
    )
    told.problems.append(int(problem.answer["post"]))
    told.do(running.move_step, position=3)
    for n in range(ideas):
        idea = told.do(
            posts.post,
            kind="idea",
            text=f"Put eyes, feet and bloods on one day, way {n + 1}",
            answers_id=told.problems[0],
            better_for="People who travel far",
            **person,
        )
        told.ideas.append(int(idea.answer["post"]))
