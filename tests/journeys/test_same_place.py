"""What somebody is doing stays as it is while the room changes around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.journeys.people import DESK
from tests.journeys.table import Table
from tests.journeys.wires import BACK, Wires, is_online, posts, prepared

pytestmark = pytest.mark.browser

SOON = 4_000
"""Milliseconds within which the page shows what it was told, unless something overtook it."""

WATCHED = """
window.seen = new Set();
window.replaced = 0;
new MutationObserver(() => {
  for (const card of document.querySelectorAll("[id^=post-9]")) window.seen.add(card.textContent);
}).observe(document, { subtree: true, childList: true, characterData: true });
const real = DOMParser.prototype.parseFromString;
DOMParser.prototype.parseFromString = function (...given) {
  window.replaced += 1;
  return real.apply(this, given);
};
"""
"""Notes every card that was ever on the page, and how often the whole page was put in anew."""


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room at its problems, with three people and one problem."""
    with Table(browser, tmp_path, {"people": 3, "problems": 1, "ideas": 0}) as found:
        yield found


def busy(page: Page, wires: Wires, turn: int) -> None:
    """One update of the room: somebody's card is new and another changed; every third is a page.

    News of the server's own may overtake it on its way; then the page is right to throw it away.
    """
    html = f'<li id="post-9{turn % 7}" class="own">Card {turn}</li>'
    card = {"id": f"post-9{turn % 7}", "list": "own", "html": html, "at": "start"}
    for patience in (SOON, SOON, BACK):
        wires.says(page, cards=[card], page=turn % 3 == 0)
        page.wait_for_timeout(25)
        try:
            page.wait_for_function(
                "(words) => window.seen.has(words)", arg=f"Card {turn}", timeout=patience
            )
        except PlaywrightTimeout:
            if patience == BACK:
                raise
        else:
            return


def types(page: Page, wires: Wires, words: str) -> Iterator[int]:
    """Type letter by letter while the room updates; gives how many letters are there.

    Goes on until the whole page was put in place anew three times meanwhile.
    """
    before = page.evaluate("window.replaced")
    for turn, letter in enumerate(words):
        page.keyboard.type(letter)
        busy(page, wires, turn)
        yield turn + 1
    assert page.evaluate("window.replaced") >= before + 3


def test_no_letter_is_lost_while_the_page_updates_under_the_hands(table: Table) -> None:
    wires: list[Wires] = []
    page = prepared(table, WATCHED, before=lambda context: wires.append(Wires(context)))
    is_online(page)
    field = page.locator("form#say [name=text]")
    field.focus()
    rest = "I ring and nobody ever answers me, not at noon and not at night. "
    for _ in types(page, wires[0], rest):
        pass
    expect(field).to_have_value(rest)
    field.evaluate("(field) => field.setSelectionRange(0, 0)")
    first = "Today I tried again, and I tried yesterday and the day before. "
    for letters in types(page, wires[0], first):
        assert page.evaluate("document.activeElement.selectionStart") == letters
    expect(field).to_have_value(first + rest)
    expect(field).to_be_focused()


def test_a_word_that_is_being_composed_is_not_broken_by_an_update(table: Table) -> None:
    wires: list[Wires] = []
    page = prepared(table, WATCHED, before=lambda context: wires.append(Wires(context)))
    is_online(page)
    field = page.locator("form#say [name=text]")
    field.focus()
    page.evaluate("""addEventListener("compositionend", () => { window.ended = true; })""")
    keys = page.context.new_cdp_session(page)
    for turn, text in enumerate(("に", "にほ", "にほん")):
        at = {"selectionStart": len(text), "selectionEnd": len(text)}
        keys.send("Input.imeSetComposition", {"text": text, **at})
        busy(page, wires[0], turn)
        assert not page.evaluate("window.ended")
        expect(field).to_have_value(text)
    keys.send("Input.insertText", {"text": "日本"})
    expect(field).to_have_value("日本")
    busy(page, wires[0], 3)
    expect(field).to_have_value("日本")


def test_somebody_who_comes_back_is_where_they_were(table: Table) -> None:
    desk = table.control(DESK)
    light = desk.locator("[data-light]")
    expect(light).to_have_text("Connected")
    desk.locator("details.seatlist summary").click()
    desk.get_by_role("button", name="all keys").click()
    desk.get_by_role("dialog").get_by_role("button").first.focus()
    held = desk.evaluate("document.activeElement.outerHTML")
    table.dies()
    expect(light).to_have_text("Reconnecting…", timeout=BACK)
    table.starts()
    expect(light).to_have_text("Connected", timeout=BACK)
    posts(phone := table.phone(table.told.people[1]), "Nobody rings back.")
    is_online(phone)
    expect(desk.locator(".cols")).to_contain_text("Nobody rings back.")
    expect(desk.get_by_role("dialog")).to_be_visible()
    expect(desk.locator("details.seatlist")).to_have_attribute("open", "")
    assert desk.evaluate("document.activeElement.outerHTML") == held
