"""Rooms at every step, told on the database by the acts themselves before a server opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from tests.journeys.cared import tell_care
from tests.journeys.deviceless import helped, printed
from tests.journeys.lived import lived
from tests.journeys.piloted import piloted
from tests.journeys.planned import plan
from tests.journeys.talked import talk
from tests.story import facilitator
from tests.tables import migrated
from workshop.acts import (
    assessors,
    hosts,
    posts,
    running,
    seats,
    voting,
)
from workshop.acts.accounts import make_pass
from workshop.acts.stage import Change, Stage
from workshop.factory import server_clock
from workshop.reads import rooms
from workshop.reads.backlog import backlog
from workshop.reads.posts import board
from workshop.reads.rooms import RoomCard
from workshop.seeding import Cast, Story, read, tell
from workshop.storage.store import Store

PHASES = ("welcome", "problems", "themes", "ideas", "vote", "results", "next")
RECEIPT = "AAAA-BBBB-CCCC-{:04d}"
ASSESSOR = "a personal link for Grace"
HOST_LINKS = {"cohost": "a link to help", "remote": "a link for a phone"}
LINKS = {"setup": "a link to set up", "invite": "an invitation", "robot": "a link for a replay"}


@dataclass
class Rooms:
    """What was told: rooms by the name of what goes on in them, and a seat in most of them.

    `seats` maps the name of a room to the receipt of one person in it, and `helped` to those of
    everybody on a helper's device. `sheets` are the codes of sheets of paper in a room. `posted` is
    what that person posted in the room "ideas", where `answerable` is a problem and `discussed` an
    idea; in the room "problems" somebody else has `said_before` what `repeated` says.
    `items` are the numbers of the backlog's items, from the room "finished". In the room "cared"
    somebody has `asked` the facilitator to look at a post of others, `reported`, and could ask
    about `reportable`; `witness` is the receipt of somebody else there.
    `plan` and `programme` are the facilitator's own. `piloted` is an item with a pilot, `trial`,
    and `led` one that a partner leads.
    """

    database: str
    stage: Stage
    facilitator: int = 0
    leader: int = 0
    administrator: int = 0
    rooms: dict[str, RoomCard] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    helped: dict[str, list[str]] = field(default_factory=dict)
    sheets: dict[str, list[str]] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    posted: int = 0
    answerable: int = 0
    reported: int = 0
    reportable: int = 0
    asked: int = 0
    witness: str = ""
    discussed: int = 0
    repeated: int = 0
    said_before: str = ""
    plan: int = 0
    programme: int = 0
    piloted: int = 0
    led: int = 0
    trial: int = 0

    def do(self, name: str, act: Callable[..., Change], /, **given: Any) -> dict[str, Any]:
        """Perform an act in one of the rooms."""
        return self.stage.perform(act, workshop_id=self.rooms[name].id, **given).answer

    def read(self, name: str, number: int) -> None:
        """Keep what the workshop `number` looks like now as the room `name`."""
        with self.stage.store.read() as db:
            found = rooms.by_id(db, number)
        assert found is not None
        self.rooms[name] = found

    def sit(self, name: str, group: str = "citizen", language: str = "en") -> int:
        """Somebody takes a seat with a receipt that the test knows; the number of the seat."""
        receipt = RECEIPT.format(len(self.seats))
        answer = self.do(name, seats.take_seat, group=group, receipt=receipt, language=language)
        self.seats[name] = receipt
        return int(answer["seat"])


def rooms_in(folder: Path) -> Rooms:
    """Open a database in `folder` and tell every room in it."""
    database = migrated(folder / "longtable.sqlite3")
    store = Store(database, gather=0)
    told = Rooms(database, Stage(store, server_clock))
    for role in ("facilitator", "leader", "administrator"):
        setattr(told, role, facilitator(told.stage, f"{role}@example.org", role))
    for kind, token in LINKS.items():
        told.stage.perform(make_pass, kind=kind, role="facilitator", token=token)
    _meetings(told)
    by = {"by": told.facilitator, "is_admin": False}
    for kind, token in HOST_LINKS.items():
        told.do("ideas", hosts.make_link, kind=kind, token=token, **by)
    facilitator(told.stage, "beside@example.org", "cofacilitator")
    told.do("ideas", hosts.add_host, email="beside@example.org", **by)
    lived(told, _tell)
    _ballots(told)
    _tell(told, "cared", replace(read("leaving-hospital"), until="ideas"))
    tell_care(told)
    _ends(told)
    _answered(told)
    plan(told, _tell)
    helped(told)
    printed(told)
    store.close()
    return told


def _tell(told: Rooms, name: str, story: Story) -> None:
    cast = Cast(facilitator=told.facilitator, leader=told.leader)
    told.read(name, tell(told.stage, story, cast))


def _meetings(told: Rooms) -> None:
    """One meeting stopped at each step, with somebody in it who has posted."""
    whole = read("leaving-hospital")
    for phase in PHASES:
        _tell(told, phase, replace(whole, until=phase))
        seat = told.sit(phase)
        takes = {"welcome": "goal", "problems": "problem", "ideas": "idea", "next": "pledge"}
        if phase in takes:
            words = "I would like one number to ring that somebody answers."
            post = _post(told, phase, seat, takes[phase], words)
            told.posted = post if phase == "ideas" else told.posted
    told.do("problems", running.lock_room, locked=True)
    told.read("problems", told.rooms["problems"].id)
    with told.stage.store.read() as db:
        told.answerable = board(db, told.rooms["ideas"].id, ("problem",))[0].id
        told.discussed = board(db, told.rooms["ideas"].id, ("idea",))[-1].id
        oldest = board(db, told.rooms["problems"].id, ("problem",))[-1]
        told.repeated, told.said_before = oldest.id, oldest.text
    talk(partial(told.do, "ideas"), told.answerable, told.discussed)


def _post(told: Rooms, name: str, seat: int, kind: str, text: str, **more: Any) -> int:
    receipt = told.seats[name]
    answer = told.do(name, posts.post, seat_id=seat, receipt=receipt, kind=kind, text=text, **more)
    return int(answer["post"])


def _ballots(told: Rooms) -> None:
    """The other ways to vote, a vote that is covered, other people's turn, and only watching."""
    whole = read("leaving-hospital")
    ideas = [{k: v for k, v in idea.items() if k != "answers"} for idea in whole.part("ideas")]
    unvoted = replace(whole, votes={})
    _tell(told, "approval", replace(unvoted, template="half-day"))
    _tell(told, "sweep", replace(unvoted, template="sweep", parts={"ideas": ideas}))
    for name in ("sealed", "revealing"):
        _tell(told, name, whole)
    for name in ("approval", "sweep", "sealed", "revealing"):
        told.sit(name)
    for name in ("sealed", "revealing"):
        _close(told, name)
    for _ in range(2):
        opened = told.rooms["revealing"].last_round
        assert opened is not None
        told.do("revealing", voting.uncover, round_id=opened.id)
    _tell(told, "watched", replace(whole, until="ideas"))
    told.sit("watched", "watching")


def _close(told: Rooms, name: str) -> None:
    opened = told.rooms[name].last_round
    assert opened is not None
    told.do(name, voting.move_round, round_id=opened.id, to="closed")
    told.read(name, told.rooms[name].id)


def _ends(told: Rooms) -> None:
    """Before a meeting and after it; and one whose screen shows how to join, or one post."""
    _tell(told, "upcoming", read("coming-home-from-prison"))
    told.do("upcoming", running.set_doors, is_open=True)
    told.sit("upcoming")
    _tell(told, "empty", replace(read("coming-home-from-prison"), template="hour"))
    told.do("empty", running.start)
    told.do("empty", running.move_step, position=1)
    told.sit("empty")
    _tell(told, "finished", read("living-well-with-diabetes"))
    with told.stage.store.read() as db:
        told.items = [card.id for card in backlog(db, now=server_clock())]
    told.do(
        "finished",
        assessors.invite_assessor,
        name="Grace",
        standing="citizen",
        token=ASSESSOR,
    )
    _tell(told, "ended", replace(read("leaving-hospital"), until="next"))
    told.sit("ended")
    told.do("ended", running.finish)
    told.read("ended", told.rooms["ended"].id)
    for screen in ("join", "blank"):
        _tell(told, screen, replace(read("leaving-hospital"), until="welcome"))
        told.do(screen, running.show_screen, screen=screen)
        told.read(screen, told.rooms[screen].id)
    _tell(told, "spotlight", replace(read("leaving-hospital"), until="ideas"))
    seat = told.sit("spotlight", "staff")
    post = _post(told, "spotlight", seat, "idea", "Ring people the day after they went home.")
    told.do("spotlight", running.show_screen, screen="spotlight", post_id=post)


def _answered(told: Rooms) -> None:
    """A room that is over, whose first idea is being piloted: its author can follow it."""
    over = piloted(told.stage)
    told.piloted, told.trial, told.led = over.item, over.pilot, over.led
    told.read("over", over.workshop)
    told.seats["over"] = over.receipt
