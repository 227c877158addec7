"""A phone's line through the test's hands: what the server says can be held back, or said again."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.journeys.table import Before, Table

CAUGHT_UP = re.compile(r"(43\d+)\[(\{.*\"message\".*\})\]")
"""An answer to `catch_up`: its head, and what it says."""

BACK = 30_000
"""Milliseconds within which a page has found its server again, tries and their spread included."""


@dataclass
class Wires:
    """Every live line of a browser: `Wires(context)` before its first page.

    Attributes:
        deaf: while True, news of the room gets lost on its way, and nothing else does.
        slow: while True, answers to a page that catches up are held back in `late`.
        is_cut: while True, there is no line at all; `cuts` and `mends` change it.
    """

    context: BrowserContext
    deaf: bool = False
    slow: bool = False
    late: list[dict[str, Any]] = field(default_factory=list)
    is_cut: bool = False
    _open: list[WebSocketRoute] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.route_web_socket("**/socket.io/**", self._opened)

    def _opened(self, page: WebSocketRoute) -> None:
        if self.is_cut:
            page.close()
            return
        server = page.connect_to_server()
        self._open.append(page)
        page.on_message(server.send)
        server.on_message(lambda text: self._in(text, page))

    def cuts(self) -> None:
        """Lose the signal: an open line breaks, and nothing gets through until it `mends`."""
        self.is_cut = True
        self.context.set_offline(offline=True)
        # Only the latest line is alive: the others went with the pages that the browser has left.
        self._open.pop().close()
        self._open.clear()

    def mends(self) -> None:
        self.is_cut = False
        self.context.set_offline(offline=False)

    def _in(self, text: str | bytes, page: WebSocketRoute) -> None:
        said = text if isinstance(text, str) else ""
        if self.slow and (found := CAUGHT_UP.fullmatch(said)):
            self.late.append({"head": found[1], "answer": json.loads(found[2])})
        elif not (self.deaf and said.startswith('42["room"')):
            page.send(text)

    def answers(self, **message: Any) -> None:
        """Let the answer that was held back arrive, with these things told in it too."""
        late = self.late.pop()
        late["answer"]["message"] |= message
        self._open[-1].send(late["head"] + json.dumps([late["answer"]]))

    def says(self, to: Page, /, **news: Any) -> None:
        """Tell the page `to` news of the room as the server words it; nothing new unless told."""
        # A message that does not follow on from what the page has would be thrown away unread.
        seq = int(to.evaluate("document.body.dataset.seq"))
        told: dict[str, Any] = {"cards": [], "slots": {}, "counts": {}, "clock": None}
        message = {"from": seq, "to": seq, **told, "page": False, "jitter": 0, **news}
        self._open[-1].send("42" + json.dumps(["room", message]))


def is_online(page: Page) -> None:
    expect(page.locator("[data-net]")).to_have_text("All saved", timeout=BACK)


def prepared(table: Table, *scripts: str, before: Before | None = None) -> Page:
    """A phone of the first person whose browser was changed before its first page."""

    def change(context: BrowserContext) -> None:
        for script in scripts:
            context.add_init_script(script)
        if before:
            before(context)

    return table.phone(table.told.people[0], before=change)


def posts(page: Page, words: str) -> None:
    page.locator("form#say [name=text]").fill(words)
    page.get_by_role("button", name="Post this problem").click()
