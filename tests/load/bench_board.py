"""How long a browser's main thread takes to show one more card: in the control room and on a phone.

    python -m tests.load.bench_board [PLACE KIND CARDS ...]

A room with so many posts is served for real and opened in Chromium. Then people post, one after the
other, and each time the page measures itself: from the moment the message comes out of the socket
until all it changes is in the page and laid out (script, style and layout, as the next frame would
need them). The middle and the slowest of 40 are printed, what one card costs the main thread in all
(painting and what waits for an idle moment included), and the longest task that the browser itself
reports; it reports those from 50 ms on, which is where people begin to feel a page as frozen.

A machine that does other things at the same time would be measured instead of the page, so the
threads of the page have priority over it where this is run by root. They rest between two cards,
and they end with the browser. What a page took to open is told as the longest task until then.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from tests.journeys.people import DESK
from tests.journeys.table import Table, remembers
from tests.served import CHROMIUM, FLAGS
from workshop.acts import posts, workshops
from workshop.reads.posts import themes as themes_of

TRIES: Final = 40
PEOPLE: Final = 300
THEMES: Final = 6
SLOWER: Final = 4
"""How many times slower than this machine a cheap phone is."""
SETTLED_MS: Final = 1_500
WORDS: Final = "The letter came after the appointment, and nobody could say whom to ring about it."

WATCH: Final = """
window.took = [];
window.tasks = [];
new PerformanceObserver((list) => {
  window.tasks.push(...list.getEntries().map(({ duration }) => duration));
}).observe({ type: "longtask" });
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    // The first listener of all, so that it runs before whoever reads the message.
    this.addEventListener("message", () => { window.came = performance.now(); });
  }
};
addEventListener("DOMContentLoaded", () => {
  new MutationObserver((changes) => {
    const isNew = (node) => node.matches?.("li[id^=post-]");
    if (!changes.some((change) => [...change.addedNodes].some(isNew))) return;
    document.querySelector("[data-list]").getBoundingClientRect();
    document.querySelector("li[id^=post-]").getBoundingClientRect();
    window.took.push(performance.now() - window.came);
  }).observe(document.body, { childList: true, subtree: true });
});
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What is measured: a page, the kind of its posts and how many it shows; the goal is in ms."""

    place: str
    kind: str
    cards: int
    goal: float = 16.0


ROWS: Final = (
    Row("control", "problem", 300),
    Row("control", "idea", 300),
    Row("control", "idea", 1_000),
    Row("phone", "idea", 200, 50.0),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds: each card until laid out, all that one costs, by part, and the long tasks.

    Attributes:
        opening: the long tasks until the page had settled.
        tasks: those while cards came in.
    """

    took: list[float]
    parts: dict[str, float]
    opening: list[float]
    tasks: list[float]


def _fill(table: Table, row: Row) -> None:
    """Post as many of them, each under one of the themes."""
    told = table.told
    for number in range(THEMES):
        told.do(workshops.add_theme, title=f"Theme {number + 1}")
    with table.store.read() as db:
        themes = [theme.id for theme in themes_of(db, told.workshop)]
    for number in range(row.cards):
        post = told.posts(told.people[number % PEOPLE], row.kind, f"{number}: {WORDS}")
        told.do(posts.set_theme, post_id=post, theme_id=themes[number % THEMES])


def _poster(table: Table, browser: Browser, kind: str) -> Callable[[str], None]:
    """Posts as a phone without JavaScript does: the server itself has to hear of it."""
    context = browser.new_context()
    seat = table.told.people[0]
    remembers(context, table.here.url, seats={table.told.room().slug: seat.receipt})
    page = context.request.get(table.phone_url).text()
    hidden = dict(re.findall(r'name="(csrf_token)"[^>]*value="([^"]+)"', page))

    def post(text: str) -> None:
        url = f"{table.phone_url}/{kind}s"
        answer = context.request.post(url, form={**hidden, "text": text}, max_redirects=0)
        assert answer.status == 303, answer.text()

    return post


def _hurry(browser: Browser) -> None:
    """Let the threads of all pages go before whatever else this machine does."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    pages = [one["id"] for one in told["processInfo"] if one["type"] == "renderer"]
    for task in (task for page in pages for task in Path(f"/proc/{page}/task").iterdir()):
        try:
            os.sched_setscheduler(int(task.name), os.SCHED_RR, os.sched_param(1))
        except PermissionError:
            return


def _opened(table: Table, row: Row) -> Page:
    def watch(context: BrowserContext) -> None:
        context.add_init_script(WATCH)

    if row.place == "control":
        page = table.control(DESK, before=watch)
        page.locator("[data-light][data-state=connected]").wait_for(timeout=60_000)
        return page
    page = table.phone(table.told.people[1], before=watch)
    page.locator("[data-net][data-state=saved]").first.wait_for(state="attached")
    return page


def _metrics(session: CDPSession) -> dict[str, float]:
    told = session.send("Performance.getMetrics")["metrics"]
    parts = {"Task": "all", "Script": "script", "RecalcStyle": "style", "Layout": "layout"}
    found = {one["name"]: one["value"] * 1000 for one in told}
    return {word: found[f"{name}Duration"] for name, word in parts.items()}


def measure(browser: Browser, row: Row) -> Measured:
    """Open the page and let as many posts come in as are tried."""
    wishes = {"people": PEOPLE, "problems": 0, "ideas": 0, "step": f"{row.kind}s"}
    with Table(browser, Path(tempfile.mkdtemp()), wishes) as table:
        _fill(table, row)
        post, page = _poster(table, browser, row.kind), _opened(table, row)
        page.wait_for_timeout(SETTLED_MS)
        opening: list[float] = page.evaluate("window.tasks.splice(0)")
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        if row.place == "phone":
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        _hurry(browser)
        before = _metrics(session)
        for number in range(TRIES):
            post(f"New {number}: {WORDS}")
            page.wait_for_function("(n) => window.took.length > n", arg=number, polling=200)
        page.wait_for_timeout(SETTLED_MS)
        after = _metrics(session)
        took: list[float] = page.evaluate("window.took")
        tasks: list[float] = page.evaluate("window.tasks")
        parts = {name: (after[name] - before[name]) / TRIES for name in before}
        return Measured(took, parts, opening, tasks)


def _longest(tasks: list[float]) -> str:
    return f"longest task {max(tasks):.0f} ms" if tasks else "no task of 50 ms"


def _told(row: Row, found: Measured) -> str:
    parts = ", ".join(f"{name} {ms:.1f}" for name, ms in found.parts.items())
    return (
        f"{row.place}, {row.cards} {row.kind}s, {PEOPLE} people: "
        f"middle {median(found.took):.1f} ms, slowest {max(found.took):.1f} of {len(found.took)}; "
        f"{_longest(found.tasks)}; a card in ms: {parts}; opening: {_longest(found.opening)}"
    )


def _rows(words: list[str]) -> list[Row]:
    groups = [words[at : at + 3] for at in range(0, len(words), 3)]
    return [Row(place, kind, int(cards)) for place, kind, cards in groups]


def main(rows: list[Row]) -> int:
    """Measure every row; the status says whether all goals were met."""
    missed = False
    with sync_playwright() as playwright:
        for row in rows:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            found = measure(browser, row)
            missed |= median(found.took) > row.goal
            print(_told(row, found), flush=True)  # noqa: T201 - a benchmark speaks to whoever ran it
            browser.close()
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(_rows(sys.argv[1:]) or list(ROWS)))
