"""The server is killed while a citizen types and votes, in the sight of the room: nothing is lost.

With LONGTABLE_TEST_RECORD=FOLDER the phone and the projector are filmed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.filming import filmed
from tests.journeys.people import DESK, PROJECTOR, Facilitator, Participant
from tests.journeys.table import Table

pytestmark = pytest.mark.browser

BACK = 30_000
"""Milliseconds within which a page has found its server again, tries and their spread included."""


def test_the_server_is_killed_while_a_citizen_types_and_votes_and_nothing_is_lost(
    browser: Browser, tmp_path: Path
) -> None:
    wishes = {"people": 3, "ideas": 2, "problems": 1, "step": "ideas"}
    with Table(browser, tmp_path, wishes) as table, filmed(browser, "killed-server") as film:
        person, (one, two) = table.told.people[0], table.told.ideas
        page = film.watch(table.phone(person), "phone")
        screen = table.page(PROJECTOR)
        screen.goto(table.screen_url)
        film.watch(screen, "projector")
        nadia = Facilitator(table.control(DESK), table.here.url)
        is_saved(page)
        _is_killed_while_typing(table, page, nadia.page)
        expect(screen.locator("body")).to_contain_text("that I can read", timeout=BACK)
        nadia.moves_to("Vote")
        _is_killed_while_voting(table, Participant(page, table.here.url))
        assert table.posted("idea") == ["Idea 1", "Idea 2", "One letter, in words that I can read"]
        assert table.marks(person) == {one: 2, two: 2}


def is_saved(page: Page) -> None:
    expect(page.locator("[data-net]")).to_have_text("All saved", timeout=BACK)


def waits(page: Page) -> None:
    expect(page.locator("[data-net]")).to_contain_text("goes out later", timeout=BACK)


def _is_killed_while_typing(table: Table, page: Page, desk: Page) -> None:
    page.get_by_role("link", name="My idea answers none of these").click()
    words = page.locator("form#say [name=text]")
    words.press_sequentially("One letter, in words ", delay=40)
    table.dies()
    words.press_sequentially("that I can read", delay=40)
    page.get_by_role("button", name="Post this idea").click()
    waits(page)
    expect(desk.locator("[data-light]")).to_have_text("Offline", timeout=BACK)
    table.starts()
    is_saved(page)
    expect(desk.locator("[data-light]")).to_have_text("Connected", timeout=BACK)
    expect(page.locator("[data-list=own]")).to_contain_text("that I can read")


def _is_killed_while_voting(table: Table, ann: Participant) -> None:
    ann.is_at("Vote")
    ann.gives(1, "Idea 1")
    table.dies()
    ann.row("Idea 1").locator(".vote__plus").click()
    ann.gives(2, "Idea 2")
    waits(ann.page)
    table.starts()
    is_saved(ann.page)
    expect(ann.page.locator("[data-votes-left]")).to_contain_text("1 of 5")
