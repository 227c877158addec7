"""Every command as a plain form: found on its page, sent without a script, the same effect."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.live.line import exchange, token
from tests.paired import begins
from tests.story import Person, Story
from tests.web.page_forms import Form, forms
from tests.web.plain_cases import ABSOLUTE, CASES, CHANCE, DOOR, HISTORY, LOOKS, NOTES_PAGE, ORDER
from tests.web.visitors import Place, place
from workshop.acts import care, hands, journey, merging, pledges, posts, workshops
from workshop.reads.journey import legs
from workshop.rules.policies import COMMANDS


@dataclass
class Telling:
    """A room at one step, with everything in it that any command may be about.

    `person` sits there and has written a problem; every test finds the room as it was told.
    """

    here: Place
    person: Person
    file: Path
    merged: int

    def __post_init__(self) -> None:
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(self.file)) as raw:
            raw.backup(self._kept)

    def again(self) -> None:
        """Put everything back."""
        with closing(sqlite3.connect(self.file)) as raw:
            self._kept.backup(raw)
        self.here.clock.now += 1

    def close(self) -> None:
        self._kept.close()
        self.here.longtable.store.close()

    def visitor(self, kind: str) -> FlaskClient:
        """The browser of somebody who may send this command."""
        client = self.here.longtable.app.test_client()
        slug = self.here.told.room().slug
        with client.session_transaction() as cookie:
            cookie["sid"] = "a browser"
            if audience(kind) == "control":
                cookie.update(account=self.here.told.facilitator, epoch=0)
            else:
                cookie["seats"] = {slug: self.person.receipt}
        return client

    def form(self, client: FlaskClient, kind: str) -> Form:
        """The form of this command on its page, read as the browser got it."""
        address = f"/workshops/{self.here.told.room().slug}"
        if kind.startswith("post.part"):
            address += f"?inside={self.merged}"
        if kind == "seat.remove":
            address += f"/seats/{self.person.seat}"
        if audience(kind) == "phone":
            told = self.here.told
            own_page = {
                "problem.join": f"?builds={told.problems[0]}",
                "idea.post": f"?problem={told.problems[0]}",
                "comment.post": f"/ideas/{told.ideas[0]}?at={told.room().position}",
                "pledge.answer": "/mine",
                "post.report": f"/posts/{told.problems[0]}/report",
            }
            address = self.here.room + own_page.get(kind, "")
        wanted = CASES[kind].wanted.items()
        found = [
            form
            for form in forms(client.get(address).get_data(as_text=True))
            if form.command == kind and all(value in form.offers(name) for name, value in wanted)
        ]
        assert found, f"no page carries a form for {kind}"
        return found[0]

    def tables(self, besides: frozenset[str] = frozenset()) -> dict[str, list[tuple[Any, ...]]]:
        """What is stored, without the tables and columns that are named."""
        with closing(sqlite3.connect(self.file)) as raw:
            names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {
                name: _rows(raw, name, CHANCE | besides)
                for (name,) in names
                if name not in {"command", ORDER, *besides}
            }


def audience(kind: str) -> str:
    """The page from which a command is sent."""
    return "control" if "host" in COMMANDS[kind].roles else "phone"


def _rows(raw: sqlite3.Connection, table: str, left: frozenset[str]) -> list[tuple[Any, ...]]:
    asked = raw.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the names are the schema's own
    kept = [n for n, column in enumerate(asked.description) if column[0] not in left]
    return sorted((tuple(row[n] for n in kept) for row in asked), key=repr)


def _told(folder: Path, step: str) -> Telling:
    template = "lived" if step == "journey" else "hour"
    here = place(folder, step="problems", ideas=3, problems=2, template=template)
    told = here.told
    person = here.newcomer()
    told.posts(person, "problem", "A problem of my own")
    told.do(workshops.add_theme, title="Letters")
    # Three problems that say nearly the same, and a fourth that is merged into one of them.
    buses = [told.posts(told.people[0], "problem", f"The last bus goes at {n}") for n in range(4)]
    told.do(merging.merge, post_id=buses[1], host_id=buses[0])
    told.do(posts.set_state, post_id=told.problems[1], state="hidden")
    other = told.people[1]
    told.do(
        care.report_post,
        seat_id=other.seat,
        receipt=other.receipt,
        post_id=told.problems[0],
        concern="unkind",
    )
    told.do(hands.raise_hand, seat_id=person.seat, is_raised=True)
    if step == "results":
        told.moves_to("vote")
    if step == "secret":
        told.plans(method="dots", secret=True)
    told.moves_to({"secret": "vote", "pairs": "vote"}.get(step, step))
    if step == "pairs":
        begins(told, person)
    if step == "next":
        told.posts(person, "pledge", "Ring my mother")
        told.do(pledges.set_ask_day, day="2026-01-16")
    if step == "journey":
        _lived(told, person)
    return Telling(here, person, folder / "visitors.sqlite3", buses[0])


def _lived(told: Story, person: Person) -> None:
    """A moment that a problem may be made of."""
    with told.stage.store.read() as db:
        first = legs(db, told.workshop)[0].id
    given = {"seat_id": person.seat, "receipt": person.receipt, "leg_id": first, "feeling": 1}
    told.do(journey.place, text="We waited.", **given)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Telling]]:
    told = {
        step: _told(tmp_path_factory.mktemp(step), step)
        for step in sorted({case.step for case in CASES.values()})
    }
    yield told
    for telling in told.values():
        telling.close()


@pytest.fixture
def told(rooms: dict[str, Telling], kind: str) -> Iterator[Telling]:
    """The room in which this command has its place."""
    yield rooms[CASES[kind].step]
    rooms[CASES[kind].step].again()


def send(client: FlaskClient, form: Form, fields: dict[str, Any]) -> int:
    """Post a form as a browser does, and return the status."""
    return client.post(form.action, data=fields).status_code


def test_no_command_is_left_out() -> None:
    assert CASES.keys() == COMMANDS.keys()


@pytest.mark.parametrize("kind", COMMANDS)
def test_a_plain_form_does_what_the_live_command_does(told: Telling, kind: str) -> None:
    client, typed, before = told.visitor(kind), CASES[kind].typed, told.tables()
    form = told.form(client, kind)
    assert send(client, form, form.plain(**typed)) == 303
    besides = DOOR | ({LOOKS} if kind in NOTES_PAGE else frozenset())
    plainly = told.tables(besides)
    told.again()
    told.here.clock.now -= 1
    assert told.tables() == before
    assert _live(told, client, kind, form.live(**typed))["ok"] is True
    assert told.tables(besides) == plainly
    assert told.tables() != before


def _live(told: Telling, client: FlaskClient, kind: str, body: dict[str, Any]) -> dict[str, Any]:
    product, slug = told.here.longtable, told.here.told.room().slug
    floor = exchange(product, told.here.clock)
    assert floor.open("page", client, token(product, client, slug, audience(kind)))
    sent = {"id": "a command", "n": 1, "device": "a phone", "kind": kind, "body": body}
    return floor.ask("page", "command", sent)


@pytest.mark.parametrize("kind", COMMANDS)
def test_the_same_form_sent_twice_counts_once(told: Telling, kind: str) -> None:
    client = told.visitor(kind)
    form = told.form(client, kind)
    fields = form.plain(**CASES[kind].typed)
    assert "command_id" in fields or kind in ABSOLUTE
    fields.setdefault("command_id", "the very same form")
    send(client, form, fields)
    once = told.tables()
    told.here.clock.pass_minutes(1)
    assert send(client, form, fields) == 303
    assert told.tables() == once


@pytest.mark.parametrize("kind", sorted(ABSOLUTE))
def test_a_form_that_says_what_shall_be_may_be_sent_twice_without_an_id(
    told: Telling, kind: str
) -> None:
    """Nothing that anybody sees differs; only the room's history has a line more."""
    client = told.visitor(kind)
    form = told.form(client, kind)
    fields = form.plain(**CASES[kind].typed)
    send(client, form, fields)
    once = told.tables(HISTORY | DOOR)
    told.here.clock.pass_minutes(1)
    send(client, form, fields)
    assert told.tables(HISTORY | DOOR) == once


@pytest.mark.parametrize("kind", COMMANDS)
def test_a_form_with_the_token_of_another_browser_changes_nothing(told: Telling, kind: str) -> None:
    client, before = told.visitor(kind), told.tables()
    form = told.form(client, kind)
    other = forms(told.here.longtable.app.test_client().get("/sign-in").get_data(as_text=True))
    strange = {name for one in other for name in one.offers("csrf_token")}
    assert strange
    for forged in (*strange, ""):
        send(client, form, {**form.plain(**CASES[kind].typed), "csrf_token": forged})
    assert told.tables() == before
