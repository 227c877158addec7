"""Tells a story: the acts of its people, one after the other, in the story's own time.

A story is told in one transaction: it is there whole, or not at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from workshop.acts import posts, running, seats, voting, workshops
from workshop.acts.stage import Change, Stage
from workshop.reads import rooms
from workshop.reads.rooms import RoomCard
from workshop.rules.phases import PHASES
from workshop.rules.templates import TEMPLATES, StepPlan
from workshop.seeding import aftermath
from workshop.seeding.reading import Story

T = TypeVar("T")

MINUTE: Final = 60_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
PLANNED_AHEAD: Final = 21 * DAY
"""How long before the day a workshop was planned; a coming one was planned this long ago."""

DETAILS: Final = ("better_for", "affected", "often", "better")


@dataclass(frozen=True, slots=True)
class Cast:
    """The accounts that a story needs."""

    facilitator: int
    leader: int


@dataclass
class Teller:
    """Performs a story's acts on one open transaction, with a clock of its own.

    Attributes:
        at: the story's time in milliseconds since 1970.
        numbers: what the story calls something -> its row, as in ("ideas", "evening").
        receipts: each person's own secret.
    """

    db: Any
    story: Story
    cast: Cast
    at: int
    workshop: int = 0
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)

    def do(self, act: Callable[..., Change], **given: Any) -> dict[str, Any]:
        """Perform an act of this workshop now, and return its answer."""
        return act(self.db, now=self.at, workshop_id=self.workshop, **given).answer

    def spread(self, items: Iterable[T], minutes: float) -> Iterator[T]:
        """Hand out `items` evenly over so many minutes of the story's time."""
        listed, start = list(items), self.at
        for place, item in enumerate(listed, 1):
            self.at = start + int(minutes * MINUTE * place / (len(listed) + 1))
            yield item
        self.at = start + int(minutes * MINUTE)

    def room(self) -> RoomCard:
        """The workshop as it is now."""
        found = rooms.by_id(self.db, self.workshop)
        if found is None:
            raise LookupError(self.workshop)
        return found

    # ------------------------------------------------------------------ what each phase holds

    def welcome(self, minutes: float) -> None:
        """People come in, and answer the provider's goal with their own."""
        for name in self.spread(self.story.people, minutes / 2):
            self.receipts[name] = secrets.token_hex(16)
            seat = self.do(
                seats.take_seat,
                group=self.story.people[name],
                receipt=self.receipts[name],
                language=self.story.languages.get(name, "en"),
            )
            self.numbers["people", name] = seat["seat"]
        self._posts("goals", "goal", minutes / 2)

    def problems(self, minutes: float) -> None:
        """People say what gets in the way."""
        self._posts("problems", "problem", minutes)

    def themes(self, minutes: float) -> None:
        """The facilitator gathers the problems."""
        for theme in self.spread(self.story.part("themes"), minutes / 2):
            made = self.do(workshops.add_theme, title=theme["title"])
            self.numbers["themes", theme["key"]] = made["theme"]
        themed = [
            (number, post["theme"])
            for number, post in enumerate(self.story.part("problems"))
            if "theme" in post
        ]
        for number, theme_key in self.spread(themed, minutes / 2):
            self.do(
                posts.set_theme,
                post_id=self.numbers["problems", str(number)],
                theme_id=self.numbers["themes", theme_key],
            )

    def ideas(self, minutes: float) -> None:
        """People answer the problems."""
        self._posts("ideas", "idea", minutes)

    def vote(self, minutes: float) -> None:
        """People spend their votes; the facilitator closes and reveals where the story goes on."""
        for name, ballot in self.spread(self.story.votes.items(), minutes):
            seat = self.numbers["people", name]
            for idea, value in ballot.items():
                number = self.numbers["ideas", idea]
                self.do(voting.set_mark, seat_id=seat, idea_id=number, value=value)
            self.do(voting.set_done, seat_id=seat, done=True)
        opened = self.room().step.round
        if opened and self.story.until != "vote":
            self.do(voting.move_round, round_id=opened.id, to="closed")
            self.do(voting.move_round, round_id=opened.id, to="revealed")

    def results(self, minutes: float) -> None:
        """Ideas that leaders will answer go to the backlog."""
        aftermath.promote_all(self, minutes)

    def next(self, minutes: float) -> None:
        """Each of us says what we take home and do."""
        self._posts("pledges", "pledge", minutes)

    def _posts(self, part: str, kind: str, minutes: float) -> None:
        for number, post in enumerate(self.spread(self.story.part(part), minutes)):
            given: dict[str, Any] = {name: post[name] for name in DETAILS if name in post}
            if "answers" in post:
                given["answers_id"] = self.numbers["problems", post["answers"]]
            made = self.do(
                posts.post,
                seat_id=self.numbers["people", post["by"]],
                receipt=self.receipts[post["by"]],
                kind=kind,
                text=post["text"],
                **given,
            )
            self.numbers[part, str(number)] = made["post"]
            self.numbers[part, post.get("key", str(number))] = made["post"]


def tell(stage: Stage, story: Story, cast: Cast) -> int:
    """Tell a story on the stage's store and return the number of its workshop.

    Raises:
        Refused: an act turned down what the story asks for; nothing of it is kept.
    """
    begins = _begins(story, stage.clock())

    def whole(db: Any) -> Teller:  # noqa: ANN401 - a session, whose type lives on a lower floor
        teller = Teller(db, story, cast, begins)
        _tell(teller, begins, stage.clock())
        return teller

    teller: Teller = stage.store.write(whole)
    aftermath.work_out_all(stage, teller)
    return teller.workshop


def _begins(story: Story, now: int) -> int:
    """When the meeting begins, in milliseconds since 1970."""
    if story.state == "running":
        before = _before(story)
        return now - (sum(plan.minutes for plan in before) + story.when["minutes"]) * MINUTE
    midnight = now - now % DAY
    return midnight + story.when["days"] * DAY + story.when["hour"] * HOUR


def _before(story: Story) -> list[StepPlan]:
    """The steps of a running story that are over."""
    steps = TEMPLATES[story.template].steps
    stops = next(place for place, plan in enumerate(steps) if plan.phase == story.until)
    return list(steps[:stops])


def _tell(teller: Teller, begins: int, now: int) -> None:
    story = teller.story
    teller.at = min(begins, now) - PLANNED_AHEAD
    made = workshops.create_workshop(
        teller.db,
        now=teller.at,
        account_id=teller.cast.facilitator,
        template=story.template,
        starts_at=begins,
        **story.about,
    )
    teller.workshop = made.answer["workshop"]
    if story.state == "upcoming":
        return
    teller.at = begins
    teller.do(running.start)
    for position, plan in enumerate(TEMPLATES[story.template].steps):
        if position:
            teller.do(running.move_step, position=position)
        last = plan.phase == story.until
        minutes = story.when["minutes"] if last else plan.minutes
        getattr(teller, PHASES[plan.phase].key)(minutes)
        if last:
            return
    teller.do(running.finish)
    aftermath.tell_all(teller, begins)
