"""A told room behind a real server that can be killed, and browsers that sit in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.journeys.people import PHONE, opens
from tests.served import SECRET_KEY, Served, free_port, served
from tests.story import Person, Story, story
from tests.tables import migrated
from workshop.reads import posts, voting
from workshop.storage.store import Store

Before = Callable[[BrowserContext], object]
"""What a test does to a browser before its first page."""


def remembers(context: BrowserContext, url: str, **kept: object) -> None:
    """Give a browser the signed cookie of one that has been here before, with `kept` in it."""
    app = Flask("signer")
    app.secret_key = SECRET_KEY
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    value = serializer.dumps({"sid": "a browser of a test", **kept})
    context.add_cookies([{"name": "longtable", "value": value, "url": url}])


@dataclass
class Table:
    """One room, its server and everybody's browsers: `with Table(browser, folder, ...)`."""

    browser: Browser
    folder: Path
    wishes: dict[str, Any] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.port = free_port()
        self.database = migrated(self.folder / "longtable.sqlite3")
        self._server = ExitStack()
        self._contexts: list[BrowserContext] = []
        self.store = Store(self.database, gather=0)
        self.told: Story = story(self.store, **self.wishes)
        self.starts()
        return self

    def __exit__(self, *_wrong: object) -> None:
        for context in self._contexts:
            context.close()
        self._server.close()
        self.store.close()

    def starts(self) -> None:
        """Start the server, always at the same address and on the same database."""
        opened = served(self.folder, port=self.port, database=self.database)
        self.here: Served = self._server.enter_context(opened)

    def dies(self) -> None:
        """Kill the server as a power cut does: it says goodbye to nobody."""
        self.here.process.kill()
        self.here.process.wait()

    @property
    def phone_url(self) -> str:
        return f"{self.here.url}/w/{self.told.room().slug}"

    @property
    def control_url(self) -> str:
        return f"{self.here.url}/workshops/{self.told.room().slug}"

    @property
    def screen_url(self) -> str:
        return f"{self.here.url}/screen/{self.told.room().screen_token}"

    def phone(self, person: Person, *, before: Before | None = None, **options: Any) -> Page:
        """The phone of somebody who sits in the room; `before` changes its browser first."""
        page = self.page(PHONE, **options)
        if before:
            before(page.context)
        seats = {self.told.room().slug: person.receipt}
        remembers(page.context, self.here.url, seats=seats)
        page.goto(self.phone_url)
        return page

    def control(self, size: ViewportSize, *, before: Before | None = None, **options: Any) -> Page:
        """The laptop of the facilitator; `before` changes its browser first."""
        page = self.page(size, **options)
        if before:
            before(page.context)
        remembers(page.context, self.here.url, account=self.told.facilitator, epoch=0)
        page.goto(self.control_url)
        return page

    def page(self, size: ViewportSize, **options: Any) -> Page:
        """A browser that has never been here."""
        page = opens(self.browser, size, **options)
        self._contexts.append(page.context)
        return page

    def posted(self, *kinds: str) -> list[str]:
        """Everything that is kept of these kinds, sorted."""
        with self.store.read() as db:
            cards = posts.board(db, self.told.workshop, kinds)
        return sorted(card.text for card in cards)

    def marks(self, person: Person) -> dict[int, int]:
        """The marks that are kept of one person."""
        opened = self.told.room().last_round
        assert opened is not None
        with self.store.read() as db:
            return dict(voting.mine(db, opened.id, person.seat).marks)
