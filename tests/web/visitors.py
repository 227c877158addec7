"""Browsers that visit the running product, without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.story import NINE_O_CLOCK, Clock, Person, Story, story
from tests.tables import laid
from workshop.acts import seats
from workshop.factory import Longtable, build
from workshop.settings import Settings
from workshop.web.carried import new_receipt

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
ERRORS = re.compile(r'<p class="error[^"]*"[^>]*>(.*?)</p>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


class Browser:
    """One browser: it keeps cookies and reads the hidden token off the page before it sends."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def get(self, address: str) -> str:
        """Load a page and remember its token."""
        return self.read(self.client.get(address))

    def read(self, answer: TestResponse) -> str:
        text = answer.get_data(as_text=True)
        if found := TOKEN.search(text):
            self.token = found.group(1)
        return text

    def post(self, address: str, **fields: Any) -> TestResponse:
        """Send a form; a field that is a list is sent as often as it has values."""
        answer = self.client.post(address, data={"csrf_token": self.token, **fields})
        self.read(answer)
        return answer


def words(page: str) -> str:
    """What a page says, without its tags."""
    return unescape(" ".join(TAGS.sub(" ", page).split()))


def errors(answer: TestResponse) -> list[str]:
    """The sentences a page says no with."""
    return [words(found) for found in ERRORS.findall(answer.get_data(as_text=True))]


@dataclass
class Place:
    """The running product and a story told in it."""

    longtable: Longtable
    told: Story
    clock: Clock

    def browser(self) -> Browser:
        """A browser that has never been here."""
        return Browser(self.longtable.app.test_client())

    def seated(self, person: Person) -> Browser:
        """A browser on which `person` has come back to their seat."""
        visitor = self.browser()
        visitor.get("/resume")
        assert visitor.post("/resume", code=person.receipt).status_code == 303
        visitor.get(self.room)
        return visitor

    @property
    def room(self) -> str:
        return f"/w/{self.told.room().slug}"

    def newcomer(self, group: str = "citizen") -> Person:
        """Somebody takes a seat with a receipt like those that the door draws."""
        receipt = new_receipt()
        change = self.told.do(seats.take_seat, group=group, receipt=receipt)
        person = Person(change.answer["seat"], group, receipt)
        self.told.people.append(person)
        return person


def place(folder: Path, **told: Any) -> Place:
    """Open a fresh product in `folder` and tell a story in it."""
    clock = Clock(NINE_O_CLOCK)
    running = build(
        Settings(
            database_url=laid(folder / "visitors.sqlite3"),
            secret_key="k" * 40,
            engine="threading",
            debug=True,
        ),
        clock=clock,
    )
    return Place(running, story(running.store, **told), clock)
