"""The facilitator sorts, and phones follow card by card: none of them fetches its page for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import DESK
from tests.journeys.sorting import PROBLEMS, THEMES, card, column, laid_out, picks
from tests.journeys.table import Table
from workshop.acts import steps

pytestmark = pytest.mark.browser

EYES, ALIKE, BUS, NO_BUS, PRINT, *_ = PROBLEMS
TRIPS, RESULTS = THEMES


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room whose phones show the problems under their themes."""
    wishes = {"people": 3, "problems": 0, "ideas": 0, "step": "problems"}
    with Table(browser, tmp_path, wishes) as it:
        laid_out(it)
        step = it.told.room().step
        it.told.do(
            steps.edit_step, step_id=step.id, question=step.question, minutes=9, view="themes"
        )
        yield it


def _under(page: Page, title: str) -> list[str]:
    """The problems that a phone shows under a heading, from the top."""
    section = page.locator("section", has=page.get_by_role("heading", name=title, exact=True))
    return section.locator(".said-by .written").all_text_contents()


def test_a_moved_card_moves_on_the_phone_and_a_merged_one_goes_into_the_other(table: Table) -> None:
    # Whoever wrote none of them: an author is told what became of their own.
    phone, desk = table.phone(table.told.joins("citizen")), table.control(DESK)
    fetched: list[str] = []
    phone.on("request", lambda request: fetched.append(request.url))
    expect(phone.locator("[data-net]")).to_have_text("All saved")
    for text in (EYES, ALIKE):
        picks(desk, text)
        desk.locator("#move-theme").get_by_role("button", name=TRIPS).click()
        moved = phone.locator("section", has=phone.get_by_role("heading", name=TRIPS))
        expect(moved.locator(".said-by", has_text=text)).to_be_visible()
    # The newest on top, as when the page is opened.
    assert _under(phone, TRIPS) == [ALIKE, EYES]
    assert EYES not in _under(phone, "Not sorted yet")
    assert _under(phone, RESULTS) == []
    card(desk, NO_BUS).drag_to(card(desk, BUS))
    expect(phone.locator(".said-by", has_text=BUS)).to_contain_text("1 more post says this")
    expect(phone.locator(".said-by", has_text=NO_BUS)).to_have_count(0)
    assert [url for url in fetched if url == table.phone_url] == []
    live = [_under(phone, title) for title in (TRIPS, RESULTS, "Not sorted yet")]
    phone.reload()
    assert [_under(phone, title) for title in (TRIPS, RESULTS, "Not sorted yet")] == live


def test_a_column_without_cards_is_narrow_until_one_comes(table: Table) -> None:
    desk = table.control(DESK)

    def width(title: str) -> float:
        return float((column(desk, title).bounding_box() or {"width": 0})["width"])

    for text in PROBLEMS:
        picks(desk, text)
        desk.locator("#move-theme").get_by_role("button", name=TRIPS).click()
        expect(column(desk, TRIPS).locator(".idea", has_text=text)).to_be_visible()
    expect(column(desk, "No theme yet").locator(".idea")).to_have_count(0)
    expect(column(desk, "No theme yet")).to_have_class("col col--empty")
    assert width("No theme yet") < width(RESULTS) / 1.5
    phone = table.phone(table.told.people[0])
    phone.locator("#say [name=text]").fill("Nobody is in at lunch time")
    phone.get_by_role("button", name="Post this problem").click()
    expect(card(desk, "Nobody is in at lunch time")).to_be_visible()
    assert width("No theme yet") == pytest.approx(width(RESULTS), abs=2)
