"""How long the control room takes to show one more card, in a real browser.

    python -m tests.load.bench_board [CARDS ...]

A room with so many problems is served for real and opened in Chromium. Then people post, one after
the other, and each time the page measures itself: from the moment the message comes out of the
socket until all it changes is in the page and laid out (script, style and layout, as the next frame
would need them). The middle and the slowest of 40 are printed. The goal at 300 cards is one frame.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.journeys.people import DESK
from tests.journeys.table import Table
from tests.served import CHROMIUM, FLAGS
from workshop.acts import posts, workshops
from workshop.reads.posts import themes as themes_of

SIZES: Final = (300, 1_000)
TRIES: Final = 40
PEOPLE: Final = 300
THEMES: Final = 6
GOAL_MS: Final = 16.0
WORDS: Final = "The letter came after the appointment, and nobody could say whom to ring about it."

WATCH: Final = """
window.took = [];
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
    const isNew = (node) => node.matches?.("li.idea");
    if (!changes.some((change) => [...change.addedNodes].some(isNew))) return;
    document.querySelector(".cols").getBoundingClientRect();
    document.querySelector("li.idea:last-child").getBoundingClientRect();
    window.took.push(performance.now() - window.came);
  }).observe(document.body, { childList: true, subtree: true });
});
"""


def _fill(table: Table, cards: int) -> None:
    """Post as many problems, each under one of the themes."""
    told = table.told
    for number in range(THEMES):
        told.do(workshops.add_theme, title=f"Theme {number + 1}")
    with table.store.read() as db:
        themes = [theme.id for theme in themes_of(db, told.workshop)]
    for number in range(cards):
        post = told.posts(told.people[number % PEOPLE], "problem", f"{number}: {WORDS}")
        told.do(posts.set_theme, post_id=post, theme_id=themes[number % THEMES])


def _measured(browser: Browser, cards: int) -> list[float]:
    """Milliseconds from message to layout, for each of the cards that came in live."""
    wishes = {"people": PEOPLE, "problems": 0, "ideas": 0, "step": "problems"}
    with Table(browser, Path(tempfile.mkdtemp()), wishes) as table:
        _fill(table, cards)

        def watch(context: BrowserContext) -> None:
            context.add_init_script(WATCH)

        page = table.control(DESK, before=watch)
        page.locator("[data-light][data-state=connected]").wait_for()
        # The server is another process: it hears of these posts by looking into the database, so
        # they are posted as phones do, through it.
        phones = [table.phone(person) for person in table.told.people[:2]]
        for number in range(TRIES):
            phone = phones[number % 2]
            phone.locator("form#say [name=text]").fill(f"New {number}: {WORDS}")
            phone.get_by_role("button", name="Post this problem").click()
            page.wait_for_function("(n) => window.took.length > n", arg=number)
        found: list[float] = page.evaluate("window.took")
        return found


def main(sizes: tuple[int, ...]) -> int:
    """Measure every size; the status says whether the goal was met at the first of them."""
    middles = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size in sizes:
            took = _measured(browser, size)
            middles.append(median(took))
            print(  # noqa: T201 - a benchmark speaks to whoever ran it
                f"{size:>5} cards, {PEOPLE} people: middle {middles[-1]:.1f} ms, "
                f"slowest {max(took):.1f} ms of {len(took)}",
                flush=True,
            )
        browser.close()
    return 0 if middles[0] <= GOAL_MS else 1


if __name__ == "__main__":
    sys.exit(main(tuple(int(one) for one in sys.argv[1:]) or SIZES))
