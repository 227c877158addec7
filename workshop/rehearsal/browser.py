"""A browser as small as it can be: cookies, pages, and forms that are found, filled in and sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import aiohttp

HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
SECONDS: Final = aiohttp.ClientTimeout(total=60)


class Lost(Exception):
    """The room could not be reached, or answered what nobody expected; the message says which."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page, with what its fields hold already."""

    action: str
    command: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was fetched: its address, its text, and its forms in order."""

    url: str
    status: int
    text: str
    forms: Sequence[Form]
    body: Mapping[str, str]

    def form(self, wanted: Callable[[Form], bool], what: str) -> Form:
        """The first form that `wanted` accepts.

        Raises:
            Lost: there is none; `what` says in the sentence what was looked for.
        """
        found = next(filter(wanted, self.forms), None)
        if found is None:
            raise Lost(f"The page at {urlsplit(self.url).path} has no form {what}.")
        return found


class _Reader(HTMLParser):
    """Collects the forms of a page and the data that its body carries."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.body: dict[str, str] = {}
        self._fields: dict[str, str] | None = None
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a form, or note what a field of it holds."""
        given = {name: value or "" for name, value in attrs}
        if tag == "body":
            self.body = given
        elif tag == "form":
            self._fields = {}
            action, command = given.get("action", ""), given.get("data-command", "")
            self.forms.append(Form(action, command, self._fields))
        elif self._fields is not None and given.get("name"):
            self._field(tag, given, {name for name, _ in attrs})

    def _field(self, tag: str, given: Mapping[str, str], flags: set[str]) -> None:
        if self._fields is None:
            return
        if tag == "textarea":
            self._area = given["name"]
            self._fields[self._area] = ""
        elif tag == "input" and given.get("type") not in {"submit", "button", "file"}:
            picked = given.get("type") not in {"radio", "checkbox"} or "checked" in flags
            if picked:
                self._fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """Close a form or a field of several lines."""
        if tag == "form":
            self._fields = None
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """What a field of several lines holds."""
        if self._area and self._fields is not None:
            self._fields[self._area] += data


def read_page(url: str, status: int, text: str) -> Page:
    """Take a page apart."""
    reader = _Reader()
    reader.feed(text)
    return Page(url, status, text, reader.forms, reader.body)


def site_of(url: str) -> str:
    """The scheme, host and port of an address on this machine.

    Raises:
        Lost: it leads to another machine, or is no address.
    """
    parts = urlsplit(url if "//" in url else f"http://{url}")
    if parts.scheme not in {"http", "https"} or parts.hostname not in HERE:
        raise Lost(f"This only talks to a server on this machine, and {url} is somewhere else.")
    return f"{parts.scheme}://{parts.netloc}"


@dataclass
class Browser:
    """One person's browser: its own cookies, over connections that a whole hall shares.

    `origin` is the site whose pages it has open, where it reaches them another way.
    """

    site: str
    connector: aiohttp.TCPConnector
    origin: str = ""
    session: aiohttp.ClientSession = field(init=False)

    def __post_init__(self) -> None:
        self.session = aiohttp.ClientSession(
            connector=self.connector,
            connector_owner=False,
            # The address is a number, not a name; and this machine needs no TLS to reach itself.
            cookie_jar=aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=self.site),
            timeout=SECONDS,
            headers={
                "Accept": "text/html",
                "Origin": self.origin or self.site,
                # Over TLS a form without the page that it stands on is taken for a forgery.
                "Referer": f"{self.origin or self.site}/",
            },
        )

    async def get(self, path: str) -> Page:
        """Fetch a page, following where it leads.

        Raises:
            Lost: nobody answers.
        """
        return await self._fetch("GET", urljoin(self.site, path))

    async def send(self, page: Page, form: Form, **given: str | Sequence[str]) -> Page:
        """Send a form of `page` with its own hidden fields and what is `given` over them.

        Raises:
            Lost: nobody answers.
        """
        fields = [(name, value) for name, value in form.fields.items() if name not in given]
        for name, value in given.items():
            values = [value] if isinstance(value, str) else value
            fields += [(name, one) for one in values]
        return await self._fetch("POST", urljoin(page.url, form.action or page.url), data=fields)

    async def json(self, path: str) -> Any:  # noqa: ANN401 - whatever the server sends
        """Fetch a file of JSON.

        Raises:
            Lost: nobody answers, or with something else.
        """
        page = await self._fetch("GET", urljoin(self.site, path), parse=False)
        if page.status != 200:
            raise Lost(f"{path} could not be downloaded (status {page.status}).")
        return _loads(page.text, path)

    async def _fetch(self, method: str, url: str, *, parse: bool = True, data: Any = None) -> Page:  # noqa: ANN401 - what aiohttp takes
        try:
            async with self.session.request(method, url, data=data) as answer:
                text = await answer.text()
                if not parse:
                    return Page(str(answer.url), answer.status, text, (), {})
                return read_page(str(answer.url), answer.status, text)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Lost(f"Nobody answers at {self.site}. Is the server running?") from error

    async def close(self) -> None:
        """Forget the cookies."""
        await self.session.close()


def _loads(text: str, path: str) -> Any:  # noqa: ANN401 - whatever the server sends
    try:
        return json.loads(text)
    except ValueError as error:
        raise Lost(f"{path} is not the file that was asked for.") from error
