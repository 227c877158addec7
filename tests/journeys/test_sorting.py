"""Sorting the board by drag, by tap, by keyboard and by plain forms: the same, and undone alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.people import DESK
from tests.journeys.sorting import PROBLEMS, THEMES, card, column, laid_out, picks, stands_under
from tests.journeys.table import Table
from tests.journeys.test_keyboard_and_plain import presses, tabs_to

pytestmark = pytest.mark.browser

EYES, ALIKE, BUS, NO_BUS, PRINT, PHONE_US, _ = PROBLEMS
TRIPS, RESULTS = THEMES


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room at its problems, with a board to sort."""
    wishes = {"people": 3, "problems": 0, "ideas": 0, "step": "problems"}
    with Table(browser, tmp_path, wishes) as it:
        laid_out(it)
        yield it


def _said(page: Page, words: str) -> None:
    expect(page.locator("#announce")).to_contain_text(words)


def test_a_card_is_dragged_onto_a_theme_and_onto_another_card(table: Table) -> None:
    page = table.control(DESK)
    expect(page.locator("[data-net]")).to_have_text("All saved")
    card(page, PRINT).drag_to(column(page, RESULTS).locator("header"))
    stands_under(page, PRINT, RESULTS)
    _said(page, f"is under “{RESULTS}” now")
    card(page, NO_BUS).drag_to(card(page, BUS))
    expect(card(page, NO_BUS)).to_have_count(0)
    expect(card(page, BUS)).to_contain_text("2 merged")
    assert violations(page) == []


def test_a_card_is_picked_up_and_put_down_by_tap(table: Table) -> None:
    page = table.control({"width": 820, "height": 1180}, has_touch=True)
    card(page, EYES).locator(".take").tap()
    _said(page, "Picked up")
    page.locator("#move-theme").get_by_role("button", name=TRIPS).tap()
    stands_under(page, EYES, TRIPS)
    card(page, ALIKE).locator(".take").tap()
    card(page, EYES).get_by_role("button", name="Merge here").tap()
    expect(card(page, EYES)).to_contain_text("2 merged")
    _said(page, "Undo takes it out")


def test_the_keyboard_sorts_merges_takes_out_and_undoes(table: Table) -> None:
    page = table.control(DESK)
    # The cards are one group of choices: one stop for Tab, and arrows lead from card to card.
    tabs_to(page, ".idea .take input")
    presses(page, "ArrowDown")
    expect(page.locator("[data-picked]")).to_contain_text(PHONE_US)
    presses(page, "2")
    stands_under(page, PHONE_US, RESULTS)
    _said(page, "is under")
    presses(page, "z")
    stands_under(page, PHONE_US, "No theme yet")
    _said(page, "Undone")
    card(page, NO_BUS).locator(".take input").focus()
    presses(page, " ")
    here = page.locator(f".idea:has-text('{BUS}') .idea__here")
    expect(here).to_be_visible()
    here.focus()
    presses(page, "Enter")
    expect(card(page, BUS)).to_contain_text("2 merged")
    _said(page, "is part of")
    page.get_by_role("link", name="2 merged").focus()
    presses(page, "Enter")
    expect(page.get_by_role("heading", name="What’s inside")).to_be_visible()
    page.locator(".tree li", has_text=NO_BUS).get_by_role("button", name="Take out").focus()
    presses(page, "Enter")
    expect(card(page, NO_BUS)).to_be_visible()
    presses(page, "z")
    expect(card(page, NO_BUS)).to_have_count(0)
    card(page, PRINT).locator(".take input").focus()
    presses(page, " ", "Escape")
    expect(page.locator(".take :checked")).to_have_count(0)
    _said(page, "Put down")


def test_what_sounds_alike_is_asked_about_and_a_person_decides(table: Table) -> None:
    page = table.control(DESK)
    asked = page.locator("section", has=page.get_by_role("heading", name="Sounds alike?"))
    expect(asked).to_contain_text("2 pairs")
    page.get_by_role("button", name="Not the same").first.click()
    expect(asked).to_contain_text("1 pair")
    presses(page, "g")
    expect(page.get_by_role("link", name="2 merged")).to_be_visible()
    expect(asked).to_have_count(0)
    presses(page, "z")
    expect(asked).to_contain_text("1 pair")
    presses(page, "z")
    expect(asked).to_contain_text("2 pairs")


def test_the_list_does_all_that_the_board_does(table: Table) -> None:
    page = table.control(DESK)
    page.get_by_role("link", name="List", exact=True).click()
    expect(page.locator(".cols--list")).to_be_visible()
    picks(page, BUS)
    page.locator("#move-theme").get_by_role("button", name=TRIPS).click()
    stands_under(page, BUS, TRIPS)
    card(page, NO_BUS).drag_to(card(page, BUS))
    expect(card(page, BUS)).to_contain_text("2 merged")
    assert violations(page) == []
    page.goto(table.control_url)
    expect(page.locator(".cols--list")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 800})
    assert not scrolls_sideways(page)


def test_plain_forms_sort_merge_take_out_and_undo(table: Table) -> None:
    page = table.control(DESK, java_script_enabled=False)
    picks(page, PRINT)
    page.locator("#move-theme").get_by_role("button", name=RESULTS).click()
    stands_under(page, PRINT, RESULTS)
    picks(page, ALIKE)
    card(page, EYES).get_by_role("button", name="Merge here").click()
    expect(card(page, EYES)).to_contain_text("2 merged")
    page.get_by_role("link", name="2 merged").click()
    page.get_by_role("button", name="apart").click()
    expect(card(page, ALIKE)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(card(page, ALIKE)).to_have_count(0)
