"""The pages a simulated person opens, over a connection of their own, as a phone has one."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit
from weakref import WeakKeyDictionary

import aiohttp

from workshop.rehearsal.browser import SECONDS, Lost

PHONES_PER_SOURCE: Final = 8_000
"""Phones on one source address: each needs ports for its page and its live connection, and a
closed connection keeps its port for a minute."""

PAGES_AT_ONCE: Final = 4_000
"""Pages that are fetched at the same moment; a machine gives one program only so many files."""

_LEADS_ON: Final = frozenset({301, 302, 303, 307, 308})
_MOST_LEADS: Final = 5
_HIDDEN: Final = re.compile(r'<input(?=[^>]*\bname="(csrf_token|command_id)")[^>]*value="([^"]*)"')
_BODY: Final = re.compile(r"<body[^>]*>")
_DATA: Final = re.compile(r'\bdata-(token|seq|room)="([^"]*)"')
_doors: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Street:
    """The way to the server: where it is, and the address on this machine we come from.

    `origin` is the site whose pages people have open, where another way leads there.
    """

    site: str
    source: str | None = None
    origin: str = ""

    @property
    def page_of(self) -> str:
        """The site that a page names as its own."""
        return self.origin or self.site

    @property
    def netloc(self) -> str:
        """Host and port, as a request names them."""
        return urlsplit(self.site).netloc

    @property
    def host(self) -> str:
        """The host alone."""
        return urlsplit(self.site).hostname or ""

    @property
    def port(self) -> int:
        """The port, also where the address leaves it out."""
        parts = urlsplit(self.site)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def ssl(self) -> bool | None:
        """What asyncio wants to know about encryption."""
        return True if self.site.startswith("https") else None


def street_of(site: str, number: int) -> Street:
    """The way that phone `number` (from 0) takes: all of 127.0.0.0/8 is this machine.

    One source address has some 28,000 ports, too few for the largest halls.
    """
    street = Street(site)
    block = number // PHONES_PER_SOURCE
    return Street(site, f"127.0.0.{block + 2}") if block and street.host == "127.0.0.1" else street


class Sheet(NamedTuple):
    """A page as a phone needs it: hidden fields of its forms, and what its body carries."""

    status: int
    path: str
    text: str

    @property
    def hidden(self) -> dict[str, str]:
        """The token against forgery and the command id of the first form that has them."""
        found: dict[str, str] = {}
        for name, value in _HIDDEN.findall(self.text):
            found.setdefault(name, value)
        return found

    @property
    def body(self) -> dict[str, str]:
        """The live token, the sequence and the room of the page."""
        body = _BODY.search(self.text)
        return dict(_DATA.findall(body[0])) if body else {}


@dataclass
class Visit:
    """One person's cookies, and the connection their pages come over while it is open."""

    street: Street
    cookies: dict[str, str] = field(default_factory=dict)
    _session: aiohttp.ClientSession | None = None

    @property
    def cookie(self) -> str:
        """All cookies as one header."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def get(self, path: str) -> Sheet:
        """Fetch a page, following where it leads.

        Raises:
            Lost: nobody answers.
        """
        return await self._fetch("GET", path)

    async def post(self, path: str, fields: Mapping[str, str]) -> Sheet:
        """Send a form and fetch the page that it leads to.

        Raises:
            Lost: nobody answers.
        """
        return await self._fetch("POST", path, fields)

    async def _fetch(
        self, method: str, path: str, fields: Mapping[str, str] | None = None
    ) -> Sheet:
        for _ in range(_MOST_LEADS):
            async with _door():
                status, text, lead = await self._once(method, path, fields)
            if not lead:
                return Sheet(status, path, text)
            parts = urlsplit(urljoin(path, lead))
            method, path, fields = "GET", parts.path, None
        raise Lost(f"The pages lead in a circle at {path}.")

    async def _once(
        self, method: str, path: str, fields: Mapping[str, str] | None
    ) -> tuple[int, str, str]:
        url = self.street.site + path
        headers = {"Cookie": self.cookie} if self.cookies else {}
        try:
            async with self._opened().request(
                method, url, data=fields, headers=headers, allow_redirects=False
            ) as answer:
                text = await answer.text()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Lost(f"Nobody answers at {self.street.site}. Is the server running?") from error
        self.cookies |= {name: morsel.value for name, morsel in answer.cookies.items()}
        lead = answer.headers.get("Location", "") if answer.status in _LEADS_ON else ""
        return answer.status, text, lead

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            source = self.street.source
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(local_addr=(source, 0) if source else None),
                # Cookies are kept above: a jar for each of thousands would be most of the work.
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=SECONDS,
                headers={
                    "Accept": "text/html",
                    "Origin": self.street.page_of,
                    # Over TLS a form without the page that it stands on is taken for a forgery.
                    "Referer": f"{self.street.page_of}/",
                },
            )
        return self._session

    async def close(self) -> None:
        """Hang up the pages' connection; the cookies stay, and the next page opens it again."""
        # Somebody may open it again, or close it too, while this is on its way.
        session, self._session = self._session, None
        if session is not None:
            await session.close()


def _door() -> asyncio.Semaphore:
    """What everybody of this event loop goes through to fetch a page."""
    return _doors.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(PAGES_AT_ONCE))
