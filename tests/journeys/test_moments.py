"""Lived experience in a browser: moments by keyboard, on every screen at once, and offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.people import DESK, PROJECTOR
from tests.journeys.table import Table

pytestmark = pytest.mark.browser


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    wishes = {"people": 3, "problems": 0, "ideas": 0, "step": "journey", "template": "lived"}
    with Table(browser, tmp_path, wishes) as found:
        yield found


def _places(phone: Page, leg: str, feeling: str, text: str) -> None:
    phone.locator("label.pill", has_text=leg).click()
    phone.locator("label.feeling", has_text=feeling).first.click()
    phone.locator("form#say [name=text]").fill(text)
    phone.get_by_role("button", name="Place this moment").click()


def test_a_moment_is_on_every_screen_at_once_and_becomes_a_problem(table: Table) -> None:
    phone, other = table.phone(table.told.people[0]), table.phone(table.told.people[1])
    desk, screen = table.control(DESK), table.page(PROJECTOR)
    screen.goto(table.screen_url)
    expect(desk.locator("[data-light]")).to_have_text("Connected")
    _places(phone, "Going in", "Very bad", "Nobody told me.")
    expect(phone.locator("[data-list=own]")).to_contain_text("Nobody told me.")
    expect(other.locator(".line__leg", has_text="Going in")).to_contain_text("Nobody told me.")
    expect(desk.locator(".col", has_text="Going in")).to_contain_text("Nobody told me.")
    expect(desk.locator("[data-slot=journey]")).to_contain_text("1 moment so far.")
    expect(screen.locator(".st-journey")).to_contain_text("1 moment so far")
    phone.get_by_role("button", name="Make it a problem").click()
    expect(phone.locator("[data-list=own]")).to_contain_text("A problem was made of it.")
    assert table.posted("problem") == ["Nobody told me."]
    for page in (phone, desk, screen):
        assert violations(page) == []
    assert not scrolls_sideways(phone)


def test_the_facilitator_makes_a_problem_from_a_card(table: Table) -> None:
    phone, desk = table.phone(table.told.people[0]), table.control(DESK)
    _places(phone, "After", "Good", "She rang me back.")
    card = desk.locator(".idea", has_text="She rang me back.")
    card.locator("summary").click()
    card.get_by_role("button", name="Make it a problem").click()
    expect(desk.locator("[data-slot=journey]")).to_contain_text("1 problem was made of them.")
    assert table.posted("problem") == ["She rang me back."]


def test_a_moment_by_keyboard_alone(table: Table) -> None:
    phone = table.phone(table.told.people[0])
    phone.locator("[name=leg_id]").first.focus()
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("Tab")
    phone.keyboard.type("We waited.")
    expect(phone.locator("[name=feeling]").nth(1)).to_be_checked()
    phone.get_by_role("button", name="Place this moment").focus()
    phone.keyboard.press("Enter")
    own = phone.locator("[data-list=own]")
    expect(own).to_contain_text("We waited.")
    expect(own).to_contain_text("Bad")


def test_a_moment_waits_on_the_phone_while_there_is_no_line(table: Table) -> None:
    phone = table.phone(table.told.people[0])
    expect(phone.locator("[data-net]")).to_have_text("All saved")
    phone.context.set_offline(offline=True)
    _places(phone, "Before", "In between", "The letter was long.")
    expect(phone.locator(".is-waiting")).to_contain_text("The letter was long.")
    phone.context.set_offline(offline=False)
    expect(phone.locator("[data-list=own]")).to_contain_text("The letter was long.")
    expect(phone.locator(".is-waiting")).to_have_count(0)
