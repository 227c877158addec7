"""What a browser promises on a bad line: nothing typed is lost, and its state is in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import DESK, PROJECTOR, Participant
from tests.journeys.table import Table
from tests.journeys.wires import BACK, Wires, is_online, posts, prepared

pytestmark = pytest.mark.browser

NO_INDEXED_DB = """
Object.defineProperty(window, "indexedDB", {value: {open() { throw new Error("refused"); }}});
"""
SILENT_INDEXED_DB = """
Object.defineProperty(window, "indexedDB", {value: {open() { return {}; }}});
"""
NO_STORAGE = """
Object.defineProperty(window, "localStorage", {get() { throw new Error("refused"); }});
"""
BROKEN_LATER = """
const real = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (...given) {
  if (window.broken && given[1] === "readwrite") throw new Error("broken");
  return real.apply(this, given);
};
"""
LAGGING = """
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (text) {
  setTimeout(() => send.call(this, text), window.lag ?? 0);
  this.addEventListener("message", ({ data }) => {
    if (String(data).startsWith("43")) setTimeout(() => window.answered?.(), 50);
  }, { once: true });
};
"""
AN_HOUR_WRONG = """
const real = Date.now;
Date.now = () => real() + {hours} * 3600_000;
"""


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room at its problems, with three people and one problem."""
    with Table(browser, tmp_path, {"people": 3, "problems": 1, "ideas": 0}) as found:
        yield found


@pytest.fixture
def voting(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room that votes on two ideas."""
    with Table(browser, tmp_path, {"people": 3, "ideas": 2, "step": "vote"}) as found:
        yield found


def net(page: Page, words: str) -> None:
    expect(page.locator("[data-net]")).to_contain_text(words, timeout=BACK)


@pytest.mark.parametrize("refused", [NO_INDEXED_DB, SILENT_INDEXED_DB], ids=["refused", "silent"])
def test_a_browser_without_its_database_sends_everything_and_keeps_it_over_a_reload(
    table: Table, refused: str
) -> None:
    page = prepared(table, refused)
    is_online(page)
    posts(page, "We wait.")
    expect(page.locator("[data-list=own]")).to_contain_text("We wait.")
    table.dies()
    posts(page, "And wait.")
    net(page, "goes out later")
    table.starts()
    page.reload()
    expect(page.locator("[data-list=own]")).to_contain_text("And wait.", timeout=BACK)
    assert table.posted("problem") == ["And wait.", "Problem 1", "We wait."]


def test_a_browser_that_keeps_nothing_says_so_in_words_and_still_sends_everything(
    table: Table,
) -> None:
    page = prepared(table, NO_INDEXED_DB, NO_STORAGE)
    is_online(page)
    table.dies()
    net(page, "this browser can’t keep your words")
    posts(page, "We wait.")
    net(page, "Keep this page open")
    expect(page.locator("[data-lost]").first).to_contain_text("keep this page open")
    expect(page.get_by_text("it’s saved on your device")).to_be_hidden()
    table.starts()
    is_online(page)
    assert table.posted("problem") == ["Problem 1", "We wait."]


def test_a_device_that_stops_keeping_under_an_open_page_loses_no_vote(voting: Table) -> None:
    page = prepared(voting, BROKEN_LATER)
    is_online(page)
    person, idea = voting.told.people[0], voting.told.ideas[0]
    ann = Participant(page, voting.here.url)
    ann.gives(1, "Idea 1")
    is_online(page)
    page.evaluate("window.broken = true")
    ann.row("Idea 1").locator(".vote__plus").click()
    expect(page.locator("[data-votes-left]")).to_contain_text("3 of 5")
    is_online(page)
    assert voting.marks(person) == {idea: 2}


def test_what_is_typed_without_a_pause_is_kept_before_the_battery_dies(table: Table) -> None:
    page = prepared(table)
    is_online(page)
    words = "I ring and ring and nobody answers"
    page.locator("form#say [name=text]").press_sequentially(words, delay=60)
    # A dead battery says goodbye to nothing: no pagehide, no unload, no pause to notice the end.
    kept = page.evaluate("Object.values(localStorage).join()")
    assert words[:20] in kept


def test_a_page_in_the_background_keeps_the_last_letter(table: Table) -> None:
    page = prepared(table)
    is_online(page)
    page.locator("form#say [name=text]").press_sequentially("abc")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert '"abc"' in page.evaluate("Object.values(localStorage).join()")


@pytest.mark.parametrize("hours", [-1, 1])
def test_the_timer_is_right_on_a_phone_whose_clock_is_an_hour_wrong(
    table: Table, hours: int
) -> None:
    table.control(DESK).get_by_role("button", name="+1 min").click()
    wrong = prepared(table, AN_HOUR_WRONG.replace("{hours}", str(hours)))
    is_online(wrong)
    expect(wrong.locator("[data-clock]").first).to_have_text(re.compile("^(1:00|0:[345][0-9])$"))


def test_a_page_that_is_looked_at_again_shows_at_once_what_it_missed(table: Table) -> None:
    wires: list[Wires] = []
    desk = table.control(DESK, before=lambda context: wires.append(Wires(context)))
    expect(desk.locator("[data-light]")).to_have_text("Connected")
    other = table.phone(table.told.people[1])
    is_online(other)
    wires[0].deaf = True
    posts(other, "Nobody rings back.")
    expect(other.locator("[data-list=own]")).to_contain_text("Nobody rings back.")
    wires[0].deaf = False
    expect(desk.locator(".cols")).not_to_contain_text("Nobody rings back.")
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desk.locator(".cols")).to_contain_text("Nobody rings back.")


def test_the_control_room_says_how_many_screens_are_connected(table: Table) -> None:
    desk = table.control(DESK)
    said = desk.locator(".ppl__screens")
    expect(said).to_have_text("No screen is connected.")
    screen = table.page(PROJECTOR)
    screen.goto(table.screen_url)
    expect(said).to_have_text("1 screen is connected.")
    screen.close()
    expect(said).to_have_text("No screen is connected.")


def looks(page: Page, times: int) -> None:
    """Somebody looks at the page so often; each look asks the server, and has its answer."""
    for _ in range(times):
        page.evaluate(
            """() => new Promise((done) => {
                window.answered = done;
                document.dispatchEvent(new Event("visibilitychange"));
            })"""
        )


def test_the_light_of_the_facilitator_says_how_the_line_is_and_does_not_flicker(
    table: Table,
) -> None:
    desk = table.control(DESK, before=lambda context: context.add_init_script(LAGGING))
    light = desk.locator("[data-light]")
    expect(light).to_have_text("Connected")
    expect(light).to_have_attribute("role", "status")
    looks(desk, 3)
    desk.evaluate("window.lag = 1200")
    looks(desk, 1)
    expect(light).to_have_text("Connected")
    looks(desk, 1)
    expect(light).to_have_text(re.compile(r"Slow: 1\.[2-9] s"))
    desk.evaluate("window.lag = 0")
    looks(desk, 1)
    expect(light).to_contain_text("Slow")
    looks(desk, 1)
    expect(light).to_have_text("Connected")
    table.dies()
    expect(light).to_have_text("Reconnecting…", timeout=BACK)
    expect(light).to_have_text("Offline", timeout=BACK)
    table.starts()
    expect(light).to_have_text("Connected", timeout=BACK)


def test_an_answer_that_news_has_overtaken_brings_nothing_old_back(table: Table) -> None:
    """The page asks what it missed; before the answer comes, it is told of what happened since."""
    wires: list[Wires] = []
    page = prepared(table, before=lambda context: wires.append(Wires(context)))
    is_online(page)
    wires[0].slow = True
    page.evaluate("dispatchEvent(new Event('online'))")
    while not wires[0].late:
        page.wait_for_timeout(50)
    seq = int(page.evaluate("document.body.dataset.seq"))
    card = {"id": "post-90", "list": "own", "html": '<li id="post-90">New</li>', "at": "start"}
    wires[0].says(page, to=seq + 1, cards=[card])
    expect(page.locator("#post-90")).to_have_text("New")
    wires[0].answers(cards=[{**card, "html": '<li id="post-90">Old</li>'}])
    wires[0].says(page, to=seq + 1, cards=[{**card, "id": "post-91", "html": '<li id="post-91"/>'}])
    expect(page.locator("#post-91")).to_be_attached()
    expect(page.locator("#post-90")).to_have_text("New")
