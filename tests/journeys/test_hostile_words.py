"""Whatever people write is words: nothing in it runs, hides, or pushes a page out of shape."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.looking import Listener, scrolls_sideways
from tests.journeys.people import DESK, PHONE, PROJECTOR, Participant
from tests.journeys.table import Table
from workshop.acts import running, workshops

pytestmark = pytest.mark.browser

HOSTILE = {
    "a script": "<script>window.hacked=1</script>",
    "a picture": '<img src=x onerror="window.hacked=1"><b>bold</b>',
    "an attribute": "\"' autofocus onfocus='window.hacked=1",
    "a template": "{{ 7 * 7 }} ${7 * 7} %(n)s {n}",
    "a formula": '=HYPERLINK("http://127.0.0.1:9/","Click")',
    "Arabic": "نريد رسالة واحدة واضحة",
    "both directions": "رقم 3 of 5 – abc (שלום)",
    "a family": "👩‍👩‍👧‍👦🏳️‍🌈 \u1eb9\u0301 ﷽",
    "a long word": "Donaudampfschiff" * 31,
    "a long line": "https://example.org/" + "a" * 470,
}
"""Each of them fits into a post."""

MANY = 200
NARROW: ViewportSize = {"width": 320, "height": 700}


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room at its problems, in which nothing is said yet."""
    with Table(browser, tmp_path, {"people": 2, "problems": 0, "ideas": 0}) as found:
        yield found


class Screens:
    """The four kinds of screen of one room, and what is heard on them."""

    def __init__(self, table: Table) -> None:
        person = table.told.people[0]
        self.table = table
        self.phone = table.phone(person)
        self.control = table.control(DESK)
        self.projector = table.page(PROJECTOR)
        self.projector.goto(table.screen_url)
        self.all = (self.phone, self.control, self.projector)
        self.heard = [Listener(page, table.here.url) for page in self.all]
        for page in (self.phone, self.control):
            expect(page.locator("[data-net]")).to_have_text("All saved")

    def moves_to(self, phase: str) -> None:
        self.table.told.moves_to(phase)
        for page in self.all:
            page.reload()

    def hold_to_their_shape(self) -> None:
        for page, size in zip(self.all, (PHONE, DESK, PROJECTOR), strict=True):
            assert not scrolls_sideways(page), page.url
            assert page.evaluate("window.hacked") is None
            if size is not PROJECTOR:
                page.set_viewport_size(NARROW)
                assert not scrolls_sideways(page), f"{page.url} at 320 px"
                page.set_viewport_size(size)
        assert not self.projector.evaluate(
            "document.documentElement.scrollHeight > innerHeight + 1"
        )
        assert [fault for one in self.heard for fault in one.faults] == []
        assert [url for one in self.heard for url in one.strangers] == []


def show(page: Page, place: str, texts: Iterator[str] | list[str]) -> None:
    """Everybody's words stand there, letter by letter."""
    for text in texts:
        expect(page.locator(place).filter(has_text=text).first).to_be_visible()


def test_hostile_words_are_shown_as_words_from_the_post_to_the_results(table: Table) -> None:
    screens, texts = Screens(table), list(HOSTILE.values())
    ann = Participant(screens.phone, table.here.url)
    for text in texts:
        ann.says(text, "Post this problem")
    show(screens.phone, "[data-list=problems] .written", texts)
    show(screens.control, ".idea__text", texts)
    show(screens.projector, ".st__words", [HOSTILE["a formula"], HOSTILE["Arabic"]])
    screens.hold_to_their_shape()
    _ideas(screens, texts)
    _vote(screens, texts)


def _ideas(screens: Screens, texts: list[str]) -> None:
    """The same words as themes and as ideas, each of them once alone on the projector."""
    told = screens.table.told
    for text in texts[:5]:
        told.do(workshops.add_theme, title=text[:60])
    told.moves_to("ideas")
    told.ideas += [
        told.posts(told.people[0], "idea", text, better_for=text[:120]) for text in texts
    ]
    screens.moves_to("ideas")
    show(screens.phone, "[data-list=ideas] .written", texts)
    show(screens.control, ".idea__text", texts)
    screens.hold_to_their_shape()
    for idea, text in zip(told.ideas, texts, strict=True):
        told.do(running.show_screen, screen="spotlight", post_id=idea)
        screens.projector.reload()
        show(screens.projector, ".st__one", [text])
        screens.hold_to_their_shape()
    told.do(running.show_screen, screen="auto")


def _vote(screens: Screens, texts: list[str]) -> None:
    told = screens.table.told
    screens.moves_to("vote")
    show(screens.phone, ".vote h2", texts)
    screens.phone.locator(".vote__plus").first.click()
    expect(screens.phone.locator("[data-votes-left]")).to_contain_text("4 of 5")
    screens.hold_to_their_shape()
    for idea in told.ideas[:5]:
        told.votes(told.people[1], idea, 1)
    told.reveals()
    screens.moves_to("results")
    show(screens.phone, ".standing .written", texts)
    screens.hold_to_their_shape()
    screens.phone.goto(f"{screens.table.phone_url}/mine")
    show(screens.phone, ".rec__q", texts)
    screens.control.goto(f"{screens.table.control_url}/results")
    expect(screens.control.locator("main")).to_contain_text(HOSTILE["a script"])
    screens.hold_to_their_shape()


def test_a_room_with_two_hundred_posts_is_still_a_room(table: Table) -> None:
    told = table.told
    for number in range(MANY):
        told.posts(told.people[1], "problem", f"We wait for letter {number + 1}.")
    screens = Screens(table)
    Participant(screens.phone, table.here.url).says("And I wait too.", "Post this problem")
    expect(screens.control.locator(".idea").filter(has_text="And I wait too.")).to_be_visible()
    expect(screens.control.locator("main")).to_contain_text(f"{MANY + 1} problems")
    expect(screens.projector.locator("main")).to_contain_text("And I wait too.")
    screens.hold_to_their_shape()
    told.moves_to("ideas")
    for number in range(MANY):
        told.posts(told.people[1], "idea", f"Send letter {number + 1} at once.")
    screens.moves_to("vote")
    expect(screens.phone.locator(".vote")).to_have_count(MANY)
    Participant(screens.phone, table.here.url).gives(3, "Send letter 77 at once.")
    expect(screens.phone.locator("[data-votes-left]")).to_contain_text("2 of 5")
    expect(screens.control.locator("[data-slot=voted]")).to_contain_text("1 of 2")
    screens.hold_to_their_shape()
