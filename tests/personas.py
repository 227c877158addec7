"""Everybody who may knock at the doors of one room, each with the roles they truly have there."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from flask.testing import FlaskClient

from tests.going_on import changed, tested
from tests.live.line import carry
from tests.revealed import Revealed, revealed
from tests.story import NINE_O_CLOCK, Clock, Person, Story, facilitator
from tests.tables import migrated
from workshop.acts import (
    accounts,
    assessors,
    findings,
    guests,
    hosts,
    paper,
    programmes,
    questions,
    running,
    saved_plans,
    seats,
    workshops,
)
from workshop.factory import Longtable, build
from workshop.settings import Settings

ROLES: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset({"anyone", *roles.split()})
    for name, roles in {
        "visitor": "",
        "seat": "seat voice",
        "watching seat": "seat",
        "seat of another room": "",
        "removed seat": "",
        "screen": "screen",
        "facilitator of this room": "account facilitator host",
        "another facilitator": "account facilitator",
        "co-facilitator of this room": "account cofacilitator host",
        "remote of this room": "account remote host",
        "leader": "account leader",
        "administrator": "account administrator facilitator leader host",
        "assessor": "assessor",
        "guest": "guest",
        "team": "guest team",
        "helper": "helper",
    }.items()
}
"""Told by hand, so that a mistake in finding out who somebody is shows."""

FOREIGN: Final = (
    *("leader.item", "leader.edit_item", "leader.invite_assessor", "leader.move_scoring"),
    *("assessor.assess", "assessor.talk", "assessor.say_why", "yardsticks.of_programme"),
    *("leader.plan_trial", "leader.end_trial", "leader.add_evidence", "leader.say_at_desk"),
    *("leader.needs", "leader.change_needs", "leader.make_guest"),
)
OWN: Final = (
    "plans.rename",
    "plans.remove",
    "programmes.programme",
    "programmes.edit",
    "programmes.put",
)
LED: Final = tuple(
    f"leading.{name}" for name in ("led", "plan_pilot", "begin_pilot", "end_pilot", "tell_news")
)
"""The doors of a partner who leads an item, which a team never does."""

OUT_OF_SIGHT: Final = (
    frozenset((door, "another facilitator") for door in (*FOREIGN, *OWN))
    | {(door, "administrator") for door in OWN}
    | {(door, "team") for door in LED}
)
"""Doors that a role opens, but not for somebody else's workshop: those are not to be found."""

ASSESSOR_TOKEN: Final = "assessor-token-of-this-room"
GUEST_TOKEN: Final = "guest-token-of-this-room"
TEAM_TOKEN: Final = "team-token-of-this-room"
HOST_LINKS: Final = {"cohost": "token-cohost", "remote": "token-remote"}
PASSES: Final = {"setup": "token-setup", "invite": "token-invite", "robot": "token-robot"}


@dataclass
class World:
    """A room whose counts are shown, another room, and a browser for everybody.

    `cookies` is what each persona's browser carries; `people` are the seats behind them.
    """

    product: Longtable
    clock: Clock
    here: Revealed
    there: Story
    item: int
    question: int
    sheet: str
    plan: int
    programme: int
    trial: int
    change: int
    cookies: dict[str, dict[str, Any]]
    file: Path

    def __post_init__(self) -> None:
        self._watch = sqlite3.connect(self.file)
        self._kept = sqlite3.connect(":memory:")
        self._watch.backup(self._kept)

    def browser(self, persona: str) -> FlaskClient:
        """A browser of this persona that has visited nothing yet."""
        return carry(self.product.app, self.cookies[persona])

    def version(self) -> int:
        """A number that every committed write changes."""
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def restore(self) -> None:
        """Put everything back as it was when this world was made."""
        with closing(sqlite3.connect(self.file)) as raw:
            raw.execute("PRAGMA synchronous = OFF")
            self._kept.backup(raw)

    def close(self) -> None:
        """Let go of the database."""
        self._watch.close()
        self._kept.close()
        self.product.store.close()


def world(folder: Path) -> World:
    """Tell the story of both rooms in a fresh database."""
    file, clock = folder / "personas.sqlite3", Clock(NINE_O_CLOCK)
    product = build(
        Settings(database_url=migrated(file), secret_key="k" * 40, engine="threading"),
        clock=clock,
    )
    product.app.jinja_env.globals["asset"] = lambda name: f"/static/{name}"
    here = revealed(product.store, people=5)
    # As both doors do right after a reveal, so that nobody's first look has to.
    findings.work_out(here.told.stage, here.round, workshop_id=here.told.workshop)
    there = _another_room(here.told)
    item = here.promotes()
    asked = {"text": "How might we be quick?", "problem_ids": here.told.problems[:1]}
    question = here.do(questions.ask_question, **asked).answer["post"]
    here.do(assessors.invite_assessor, name="A carer", standing="citizen", token=ASSESSOR_TOKEN)
    _partner_leads(here, item)
    here.do(guests.make_guest, kind="staff", name="Podiatry", token=TEAM_TOKEN)
    by = {"by": here.told.facilitator, "is_admin": False}
    for kind, token in HOST_LINKS.items():
        here.do(hosts.make_link, **by, kind=kind, token=token)
    for kind, token in PASSES.items():
        here.told.stage.perform(accounts.make_pass, kind=kind, role="facilitator", token=token)
    sheet = here.do(paper.print_sheets, kind="problem", many=1).answer["codes"][0]
    kept = here.do(saved_plans.save_plan, account_id=here.told.facilitator, title="CANARY-PLAN")
    plan = kept.answer["plan"]
    own: dict[str, Any] = {"account_id": here.told.facilitator}
    made = here.told.stage.perform(
        programmes.make_programme, **own, title="CANARY-PROGRAMME", service="Checks"
    )
    programme = made.answer["programme"]
    here.do(programmes.put_in_programme, **own, programme_id=programme)
    trial = tested(here, item)
    cookies = _cookies(here, there)
    change = changed(here, programme)
    numbers = (item, question, sheet, plan, programme, trial, change)
    return World(product, clock, here, there, *numbers, cookies, file)


def _partner_leads(here: Revealed, item: int) -> None:
    made = here.do(guests.make_guest, kind="partner", name="A charity", token=GUEST_TOKEN)
    wish = {"guest_id": made.answer["guest"], "why": "We know people."}
    here.do(guests.ask_to_lead, item_id=item, **wish)
    yes = {"account_id": here.leader, "agree": True, "reason": "They do."}
    here.do(guests.answer_lead, item_id=item, adoption_id=1, **yes)


def _another_room(told: Story) -> Story:
    """A second running room, of another facilitator, with one person, one problem and a theme."""
    olu = facilitator(told.stage, "olu@example.org")
    made = told.stage.perform(
        workshops.create_workshop,
        account_id=olu,
        template="hour",
        title="Foot care",
        service="Podiatry",
        goal="Feet that carry people.",
        better_for="Everybody who walks",
    )
    assert made.workshop_id is not None
    there = Story(told.stage, told.clock, made.workshop_id, olu)
    there.do(running.start)
    there.do(workshops.add_theme, title="Getting there")
    there.people.append(_sits(there, "citizen", "RECEIPT-THERE"))
    for phase, kind, into in (
        ("problems", "problem", there.problems),
        ("ideas", "idea", there.ideas),
    ):
        there.moves_to(phase)
        into.append(there.posts(there.people[0], kind, "Said in the other room"))
    there.moves_to("vote")
    return there


def _sits(told: Story, group: str, receipt: str) -> Person:
    change = told.do(seats.take_seat, group=group, receipt=receipt)
    return Person(change.answer["seat"], group, receipt)


def _cookies(here: Revealed, there: Story) -> dict[str, dict[str, Any]]:
    told = here.told
    slug = told.room().slug
    watching = _sits(told, "watching", "RECEIPT-WATCHING")
    gone = _sits(told, "citizen", "RECEIPT-GONE")
    told.do(seats.remove_seat, seat_id=gone.seat)
    told.do(seats.set_helpers, welcome=True)
    chief = facilitator(told.stage, "chief@example.org", "administrator")
    beside = facilitator(told.stage, "beside@example.org", "cofacilitator")
    told.do(hosts.add_host, by=told.facilitator, is_admin=False, email="beside@example.org")
    signed_in = {
        "co-facilitator of this room": beside,
        "facilitator of this room": told.facilitator,
        "another facilitator": there.facilitator,
        "leader": here.leader,
        "administrator": chief,
    }
    return {
        "visitor": {},
        "seat": {"seats": {slug: told.people[0].receipt}},
        "watching seat": {"seats": {slug: watching.receipt}},
        "seat of another room": {"seats": {there.room().slug: there.people[0].receipt}},
        "removed seat": {"seats": {slug: gone.receipt}},
        "screen": {"screens": {slug: told.room().screen_token}},
        "assessor": {"assessor": ASSESSOR_TOKEN},
        "guest": {"guest": GUEST_TOKEN},
        "team": {"guest": TEAM_TOKEN},
        "helper": {"helpers": {slug: told.room().helper_token}},
        "remote of this room": {"account": told.facilitator, "epoch": 0, "remote": slug},
        **{name: {"account": number, "epoch": 0} for name, number in signed_in.items()},
    }
