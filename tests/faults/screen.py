"""What one page of a room shows, kept up to date by the page's own rules, as plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, Final

_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
_THING: Final = re.compile(r"post-\d+|v\d+")
_SPACE: Final = re.compile(r"\s+")


def _plain(words: str) -> str:
    return _SPACE.sub(" ", words).strip()


class _Reader(HTMLParser):
    """Collects the words of posts (`post-7`), ballot rows (`v7`) and slots (`slot:meter`).

    A picture that is hidden from whoever is read to, such as the small one of the projector in the
    control room, holds no words: its clock runs in the browser.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, str] = {}
        self.lists: set[str] = set()
        self.body: dict[str, str] = {}
        self._open: list[str] = []
        self._hidden: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "body":
            self.body = given
        if tag in _VOID:
            return
        if "data-list" in given:
            self.lists.add(given["data-list"])
        name = given.get("id", "") if _THING.fullmatch(given.get("id", "")) else ""
        if "data-slot" in given:
            name = f"slot:{given['data-slot']}"
        self._hidden.append(given.get("aria-hidden") == "true")
        if any(self._hidden):
            name = ""
        self._open.append(name)
        if name:
            self.words[name] = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A drawing's `<use/>` holds no words."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self._open:
            self._open.pop()
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        for name in filter(None, [] if any(self._hidden) else self._open):
            self.words[name] += data


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


class Screen:
    """A page and what the room's messages have made of it since.

    Attributes:
        seq: the room's sequence that it shows.
        words: what stands on it, by the name of the place.
        token: the handshake token it carries.
    """

    def __init__(self) -> None:
        self.seq = 0
        self.token = ""
        self.words: dict[str, str] = {}
        self._lists: set[str] = set()

    def show(self, html: str) -> None:
        """Show a page that was fetched whole."""
        page = _read(html)
        self.seq = int(page.body.get("data-seq", "0"))
        self.token = page.body.get("data-token", "")
        self._lists = page.lists
        self.words = {name: _plain(words) for name, words in page.words.items()}

    def apply(self, message: Mapping[str, Any]) -> None:
        """Paint a room message that begins where this page ends."""
        self.seq = max(self.seq, int(message["to"]))
        for card in message.get("cards") or []:
            self._paint(card)
        for name, html in (message.get("slots") or {}).items():
            if f"slot:{name}" in self.words:
                self.words[f"slot:{name}"] = _plain(_words_of(html))

    def _paint(self, card: Mapping[str, Any]) -> None:
        name = card["id"]
        if card["html"] is None:
            self.words.pop(name, None)
        elif name in self.words or card["list"] in self._lists:
            self.words.update({n: _plain(w) for n, w in _read(card["html"]).words.items()})


def _words_of(html: str) -> str:
    return _read(f'<p id="v0">{html}</p>').words["v0"] if html else ""
