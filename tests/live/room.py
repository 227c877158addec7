"""A real server in this process, and real connections to it that keep every word they hear."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp
from werkzeug.serving import make_server

from tests.live.line import carry
from tests.served import free_port
from tests.story import NINE_O_CLOCK, Clock, Story, story
from tests.tables import laid
from workshop.factory import Longtable, build
from workshop.live.ticker import Ticker
from workshop.rehearsal.browser import Browser
from workshop.rehearsal.wire import Wire
from workshop.settings import Settings

SECONDS: Final = 20
"""The longest that a test waits for what should come at once."""


@dataclass
class Line(Wire):
    """A live connection that keeps what it hears: `heard` as it came, `told` as messages."""

    heard: list[str] = field(default_factory=list)
    told: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    turned_out: asyncio.Event = field(default_factory=asyncio.Event)

    async def _take(self, text: str) -> None:
        self.heard.append(text)
        if text.startswith('42["room"'):
            self.told.put_nowait(json.loads(text[2:])[1])
        elif text == "41":
            self.turned_out.set()
        await super()._take(text)

    async def hears(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next room message that `wanted` accepts."""
        async with asyncio.timeout(SECONDS):
            while not wanted(message := await self.told.get()):
                pass
        return message

    async def ends(self) -> None:
        """Wait until the server has told this page, after its last word, to hang up."""
        async with asyncio.timeout(SECONDS):
            await self.turned_out.wait()
        assert self.gone

    async def breaks(self) -> None:
        """Wait until the server has closed the very socket."""
        assert self._reading is not None
        async with asyncio.timeout(SECONDS):
            await asyncio.wait([self._reading])

    async def does(self, kind: str, number: int = 1, /, **body: Any) -> dict[str, Any]:
        """Send a command with an id of its own."""
        known = f"{kind} {number} {id(self)}"
        return await self.ask("command", envelope(kind, body, known, number))


def envelope(kind: str, body: object, known: str = "a command", number: int = 1) -> dict[str, Any]:
    """A command as it goes over the wire."""
    return {"id": known, "n": number, "device": "a phone", "kind": kind, "body": body}


@dataclass
class Room:
    """A story told in a served product; what happens in it reaches open pages."""

    product: Longtable
    told: Story
    site: str
    file: Path

    def rows(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        """What is in the file now, read past the product."""
        with closing(sqlite3.connect(self.file)) as raw:
            return list(raw.execute(query, given))

    def cookie(self, persona: int | str) -> dict[str, Any]:
        """What the browser of a person (by place), the host or the screen carries."""
        room = self.told.room()
        if persona == "host":
            number = self.told.facilitator
            epoch = self.rows("SELECT epoch FROM account WHERE id = ?", number)[0][0]
            return {"account": number, "epoch": epoch}
        if isinstance(persona, int):
            return {"seats": {room.slug: self.told.people[persona].receipt}}
        return {}

    def address(self, persona: int | str) -> str:
        """The page of that persona in this room."""
        room = self.told.room()
        if persona == "host":
            return f"/workshops/{room.slug}"
        return f"/screen/{room.screen_token}" if persona == "screen" else f"/w/{room.slug}"


@contextmanager
def serving(folder: Path, **wishes: Any) -> Iterator[Room]:
    """Serve a fresh product with a story told in it."""
    port, file, clock = free_port(), folder / "room.sqlite3", Clock(NINE_O_CLOCK)
    site = f"http://127.0.0.1:{port}"
    product = build(
        Settings(
            database_url=laid(file),
            secret_key="k" * 40,
            engine="threading",
            public_url=site,
            allowed_origins=(site,),
        ),
        clock=clock,
    )
    product.app.jinja_env.globals["asset"] = lambda name: f"/static/{name}"
    told = story(product.store, **wishes)
    told.stage = product.stage
    server = make_server("127.0.0.1", port, product.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Room(product, told, site, file)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        product.store.close()


@dataclass
class Visit:
    """Everything one test opens, closed at its end."""

    room: Room
    connector: aiohttp.TCPConnector
    opened: list[Line] = field(default_factory=list)
    browsers: list[Browser] = field(default_factory=list)

    def browser(self, cookie: Mapping[str, Any] | None = None) -> Browser:
        """A browser that carries `cookie`."""
        made = Browser(self.room.site, self.connector)
        if cookie is not None:
            kept = carry(self.room.product.app, cookie).get_cookie("longtable")
            made.session.cookie_jar.update_cookies({"longtable": kept.value if kept else ""})
        self.browsers.append(made)
        return made

    async def page(self, persona: int | str) -> tuple[Browser, str, int]:
        """The browser of a persona with its page open, the page's token and its sequence."""
        browser = self.browser(self.room.cookie(persona))
        page = await browser.get(self.room.address(persona))
        return browser, page.body["data-token"], int(page.body["data-seq"])

    async def line(self, persona: int | str) -> Line:
        """The live connection of a persona's page."""
        return await self.open(*await self.page(persona))

    async def settled(self) -> None:
        """Wait until every page has been told of all that was done so far."""
        ticker, told = self.room.product.stage.herald, self.room.told
        assert isinstance(ticker, Ticker)
        async with asyncio.timeout(SECONDS):
            # The ticker is a thread of the server's, and tells nobody when it has nothing to do.
            while ticker._dirty or ticker._told.get(told.workshop) != told.room().seq:  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.01)

    async def open(self, browser: Browser, token: str, seq: int = 0) -> Line:
        """One more connection with this browser and token."""
        made = await Line.open(browser, token, seq)
        assert isinstance(made, Line)
        self.opened.append(made)
        return made


@asynccontextmanager
async def visiting(room: Room) -> AsyncIterator[Visit]:
    """Connections to a room, all closed at the end."""
    connector = aiohttp.TCPConnector(limit=0)
    visit = Visit(room, connector)
    try:
        yield visit
    finally:
        for line in visit.opened:
            await line.close()
        for browser in visit.browsers:
            await browser.close()
        await connector.close()


def visit(room: Room, does: Callable[[Visit], Awaitable[None]]) -> None:
    """Do something in the room with connections that are closed afterwards."""

    async def come() -> None:
        async with visiting(room) as coming:
            await does(coming)

    asyncio.run(come())


def has(words: str) -> Callable[[dict[str, Any]], bool]:
    """Whether a message holds these words."""
    return lambda message: words in repr(message)
