"""Builds a room that reads as a story: `story(store, people=3, ideas=2, step="vote")`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from workshop.acts import accounts, marking, posts, running, seats, steps, voting, workshops
from workshop.acts.stage import Change, Stage
from workshop.reads import rooms
from workshop.reads.rooms import RoomCard
from workshop.rules.roles import VOICES
from workshop.storage.store import Store

NINE_O_CLOCK = 1_790_000_000_000


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: int = NINE_O_CLOCK

    def __call__(self) -> int:
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        self.now += int(minutes * 60_000)


@dataclass
class Person:
    """A participant: the number of their seat, their group, and the receipt only they hold."""

    seat: int
    group: str
    receipt: str


@dataclass
class Story:
    """A room, the people in it and what they have posted."""

    stage: Stage
    clock: Clock
    workshop: int
    facilitator: int
    people: list[Person] = field(default_factory=list)
    problems: list[int] = field(default_factory=list)
    ideas: list[int] = field(default_factory=list)

    def room(self) -> RoomCard:
        with self.stage.store.read() as db:
            found = rooms.by_id(db, self.workshop)
        assert found is not None
        return found

    def joins(self, group: str) -> Person:
        receipt = f"RECEIPT-{len(self.people)}"
        change = self.do(seats.take_seat, group=group, receipt=receipt)
        person = Person(change.answer["seat"], group, receipt)
        self.people.append(person)
        return person

    def moves_to(self, phase: str) -> None:
        step = next(step for step in self.room().steps if step.phase == phase)
        self.do(running.move_step, position=step.position)

    def posts(self, person: Person, kind: str, text: str, **more: Any) -> int:
        change = self.do(
            posts.post,
            seat_id=person.seat,
            receipt=person.receipt,
            kind=kind,
            text=text,
            **more,
        )
        number: int = change.answer["post"]
        return number

    def votes(self, person: Person, idea: int, value: int | None, **more: Any) -> Change:
        return self.do(marking.set_mark, seat_id=person.seat, idea_id=idea, value=value, **more)

    def plans(self, **rule: Any) -> None:
        """Give the (first) vote of the plan another rule."""
        step = next(step for step in self.room().steps if step.phase == "vote")
        self.do(steps.edit_step, step_id=step.id, question="Which?", minutes=8, **rule)

    def reveals(self) -> None:
        opened = self.room().last_round
        assert opened is not None
        if opened.state == "open":
            self.do(voting.move_round, round_id=opened.id, to="closed")
        self.do(voting.move_round, round_id=opened.id, to="revealed")

    def do(self, act: Callable[..., Change], **given: Any) -> Change:
        return self.stage.perform(act, workshop_id=self.workshop, **given)


def facilitator(stage: Stage, email: str = "nadia@example.org", role: str = "facilitator") -> int:
    """An account that can sign in, without a usable password."""
    token = f"pass for {email}"
    stage.perform(accounts.make_pass, kind="invite", role=role, token=token)
    change = stage.perform(
        accounts.use_pass, kind="invite", token=token, email=email, name="Nadia", password_hash="!"
    )
    number: int = change.answer["account"]
    return number


def _opened(store: Store, template: str) -> Story:
    clock = Clock()
    stage = Stage(store, clock)
    nadia = facilitator(stage)
    made = stage.perform(
        workshops.create_workshop,
        account_id=nadia,
        template=template,
        title="Living well with diabetes",
        service="Diabetes checks",
        goal="Nobody loses sight or a foot because a check was too hard to reach.",
        better_for="People who work shifts or live far from town",
    )
    assert made.workshop_id is not None
    told = Story(stage, clock, made.workshop_id, nadia)
    told.do(running.start)
    return told


def story(
    store: Store,
    *,
    people: int = 3,
    problems: int = 1,
    ideas: int = 2,
    step: str = "problems",
    template: str = "hour",
    rule: dict[str, Any] | None = None,
) -> Story:
    """A started workshop with `people` at the table (citizen, staff, partner in turn).

    Problems and ideas are posted at their own steps; then the room goes to `step`. `rule` is how
    the plan votes, where not as the template has it.
    """
    told = _opened(store, template)
    for number in range(people):
        told.joins(VOICES[number % len(VOICES)])
    phases = {row.phase for row in told.room().steps}
    for phase, kind, number, into in (
        ("problems", "problem", problems, told.problems),
        ("ideas", "idea", ideas, told.ideas),
    ):
        if phase in phases and number and people:
            told.moves_to(phase)
            into += [
                told.posts(told.people[n % people], kind, f"{kind.capitalize()} {n + 1}")
                for n in range(number)
            ]
    if rule:
        told.plans(**rule)
    told.moves_to(step)
    return told
