"""A short workshop by keyboard alone, and one phone without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import DESK, PHONE, Participant
from tests.journeys.table import Table

pytestmark = pytest.mark.browser

MOST_TABS = 120


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room at its first step, with one person in it."""
    with Table(
        browser, tmp_path, {"people": 1, "problems": 0, "ideas": 0, "step": "welcome"}
    ) as it:
        yield it


def tabs_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on the first element that `selector` names."""
    wanted = page.locator(selector).first
    wanted.wait_for()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def presses(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def is_step(page: Page, name: str) -> None:
    expect(page.locator(".bar__t")).to_contain_text(name)


def test_the_keys_of_the_control_room_run_it(table: Table) -> None:
    page = table.control(DESK)
    expect(page.locator("[data-net]")).to_have_text("All saved")
    presses(page, "?")
    expect(page.get_by_role("dialog")).to_be_visible()
    presses(page, "n", "Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    is_step(page, "Welcome")
    presses(page, "n")
    is_step(page, "Problems")
    presses(page, "b")
    is_step(page, "Welcome")
    for key, seen in (("q", "QR code"), (".", "blank"), ("w", "own goal")):
        presses(page, key)
        expect(page.locator("[data-slot=sees]")).to_contain_text(seen)
    presses(page, " ")
    expect(page.get_by_role("button", name="Go on with the timer")).to_be_visible()
    presses(page, " ")
    expect(page.get_by_role("button", name="Pause the timer")).to_be_visible()


def test_single_keys_can_be_turned_off_and_leave_typing_alone(table: Table) -> None:
    page = table.control(DESK)
    presses(page, "n")
    is_step(page, "Problems")
    tabs_to(page, "#new-theme")
    page.keyboard.type("New bins")
    is_step(page, "Problems")
    presses(page, "Enter")
    expect(page.get_by_role("heading", name="New bins")).to_be_visible()
    page.get_by_role("button", name="all keys").focus()
    presses(page, "Enter")
    tabs_to(page, "[data-keys-toggle]")
    presses(page, "Enter", "Escape", "n")
    expect(page.locator("[data-keys-toggle]")).to_have_attribute("aria-pressed", "false")
    is_step(page, "Problems")


def test_a_link_is_copied_whole(table: Table) -> None:
    page = table.control(DESK, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{table.control_url}/plan")
    tabs_to(page, "[data-copy]")
    presses(page, "Enter")
    expect(page.locator("#announce")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{table.here.url}/j/{table.told.room().link_token}"


def test_a_workshop_by_keyboard_alone(table: Table) -> None:
    desk, phone = table.control(DESK), table.page(PHONE)
    ann = Participant(phone, table.here.url)
    _joins_by_keyboard(table, phone)
    presses(desk, "n")
    ann.is_at("Problems")
    _writes(phone, "We write four letters.")
    _sorts(desk)
    presses(desk, "n")
    is_step(desk, "Themes")
    presses(desk, "n")
    ann.is_at("Ideas")
    tabs_to(phone, ".pickable a")
    presses(phone, "Enter")
    _writes(phone, "One plain letter.")
    presses(desk, "n")
    ann.is_at("Vote")
    tabs_to(phone, ".vote__plus")
    presses(phone, "Enter", "Enter", "Enter")
    expect(phone.locator("[data-votes-left]")).to_contain_text("2 of 5")
    tabs_to(phone, "#done")
    presses(phone, "Enter")
    expect(phone.get_by_role("button", name="Not done yet")).to_be_visible()
    _reveals(desk)
    expect(phone.locator("main")).to_contain_text("3 votes, from 1 person")


def _joins_by_keyboard(table: Table, phone: Page) -> None:
    phone.goto(table.here.url)
    tabs_to(phone, "[name=code]")
    phone.keyboard.type(table.told.room().join_code or "")
    presses(phone, "Enter")
    tabs_to(phone, "[name=group]")
    presses(phone, "ArrowDown")
    expect(phone.get_by_role("radio", name="Staff")).to_be_checked()
    tabs_to(phone, "button[form=seat]")
    presses(phone, "Enter")
    tabs_to(phone, "button:has-text('I’ve got it')")
    presses(phone, "Enter")
    expect(phone.locator(".resume")).to_have_count(0)


def _writes(phone: Page, text: str) -> None:
    tabs_to(phone, "form#say textarea[name=text]")
    phone.keyboard.type(text)
    tabs_to(phone, "button[form=say]")
    presses(phone, "Enter")
    expect(phone.locator("[data-list=own]")).to_contain_text(text)


def _sorts(desk: Page) -> None:
    """Put the one problem under a theme, without a mouse."""
    tabs_to(desk, "#new-theme")
    desk.keyboard.type("Letters")
    presses(desk, "Enter")
    expect(desk.get_by_role("heading", name="Letters")).to_be_visible()
    tabs_to(desk, ".idea .take input")
    presses(desk, " ", "1")
    column = desk.locator("section.col", has_text="Letters")
    expect(column.locator(".idea")).to_contain_text("four letters")


def _reveals(desk: Page) -> None:
    tabs_to(desk, ".side button:has-text('Close the vote')")
    presses(desk, "Enter")
    expect(desk.get_by_role("button", name=re.compile("last place first"))).to_be_visible()
    presses(desk, "r")
    expect(desk.get_by_role("button", name=re.compile("Hide the counts"))).to_be_visible()
    presses(desk, "h")
    expect(desk.get_by_role("button", name=re.compile("Show the counts again"))).to_be_visible()
    presses(desk, "r")
    expect(desk.get_by_role("button", name=re.compile("Hide the counts"))).to_be_visible()
    presses(desk, "n")
    is_step(desk, "Results")


def test_a_phone_without_javascript_takes_part_from_beginning_to_end(table: Table) -> None:
    page = table.page(PHONE, java_script_enabled=False)
    sam = Participant(page, table.here.url)
    sam.joins(table.told.room().join_code or "", "Citizen")
    code = sam.keeps_the_code()
    table.told.moves_to("problems")
    page.goto(table.phone_url)
    sam.says("We write four leters.", "Post this problem")
    _rewords(page, "We write four letters.")
    sam.says("I never said this.", "Post this problem")
    _takes_back(page, "I never said this.")
    assert table.posted("problem") == ["We write four letters."]
    table.told.moves_to("ideas")
    page.goto(table.phone_url)
    sam.picks_the_problem("We write four letters.")
    sam.says("One plain letter.", "Post this idea")
    table.told.moves_to("vote")
    page.goto(table.phone_url)
    sam.gives(2, "One plain letter.")
    sam.row("One plain letter.").locator(".vote__minus").click()
    page.get_by_role("button", name="I’m done").click()
    expect(page.get_by_role("button", name="Not done yet")).to_be_visible()
    _ends(table)
    page.goto(table.phone_url)
    expect(page.locator("main")).to_contain_text("1 vote, from 1 person")
    page.get_by_role("link", name="What I said").click()
    expect(page.locator("main")).to_contain_text("One plain letter.")
    _comes_back(table, code)


def _rewords(page: Page, words: str) -> None:
    own = page.locator("[data-list=own] li").first
    own.locator("summary").first.click()
    own.get_by_label("Your words").fill(words)
    own.get_by_role("button", name="Save").click()
    expect(page.locator("[data-list=own]")).to_contain_text(words)


def _takes_back(page: Page, words: str) -> None:
    own = page.locator("[data-list=own] li", has_text=words)
    own.locator("summary").first.click()
    own.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("status").first).to_contain_text("You took that back.")
    expect(page.locator("main")).not_to_contain_text(words)


def _ends(table: Table) -> None:
    table.told.reveals()
    table.told.moves_to("results")


def _comes_back(table: Table, code: str) -> None:
    """On another device, with the code alone, in small letters and without its lines."""
    other = table.page(PHONE, java_script_enabled=False)
    other.goto(f"{table.here.url}/resume")
    other.get_by_label("Your code to come back with").fill(code.lower().replace("-", " "))
    other.get_by_role("button", name="Back to my seat").click()
    other.get_by_role("link", name="What I said").click()
    expect(other.locator("main")).to_contain_text("We write four letters.")
