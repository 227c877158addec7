"""What every page is held to: no axe violation, no sideways scroll, no word to another host."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.journeys.conftest import TAGS
from tests.served import AXE

NARROWEST = 320
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules whose answer depends on light or dark."""


def violations(page: Page, only: Sequence[str] = ()) -> list[str]:
    """What axe finds wrong on a page: a line for each place with its rule, its words and why.

    By the rules `only`, or by all.
    """
    # Evaluated, not added as a script: the content policy lets no script in.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    wanted = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": TAGS}
    found = page.evaluate(
        "runOnly => axe.run(document, {runOnly, resultTypes: ['violations']})", wanted
    )["violations"]
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))} {node['html'][:200]}"
        f" ({' '.join(node['failureSummary'].split())})"
        for one in found
        for node in one["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether a page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


class Listener:
    """Hears every fault a page reports and every request it makes."""

    def __init__(self, page: Page, url: str) -> None:
        self.faults: list[str] = []
        self.strangers: list[str] = []
        self._home = urlsplit(url).netloc
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._said)
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(message.text)

    def _asked(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in {"data", "blob"} and asked.netloc != self._home:
            self.strangers.append(request.url)
