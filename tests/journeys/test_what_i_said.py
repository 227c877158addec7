"""What I said: what waits on this device, where it went, and the link that leads back to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.looking import violations
from tests.journeys.people import PHONE
from tests.journeys.table import Table
from tests.story import Person
from workshop.acts import seats

pytestmark = pytest.mark.browser

SAID = "Nobody rings back."
CODE = "ABCD-EFGH-JKMN-2345"


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    with Table(browser, tmp_path, {"people": 3, "step": "problems"}) as found:
        yield found


def _somebody(table: Table) -> Person:
    """A person with a code like those that the door draws, who has posted once."""
    change = table.told.do(seats.take_seat, group="citizen", receipt=CODE)
    person = Person(change.answer["seat"], "citizen", CODE)
    table.told.posts(person, "problem", "The letter came too late.")
    return person


def test_what_waits_stands_there_and_then_among_the_rest(table: Table) -> None:
    phone = table.phone(_somebody(table))
    mine = phone.context.new_page()
    mine.goto(f"{table.phone_url}/mine")
    expect(mine.get_by_role("heading", name="You posted 1 thing.")).to_be_visible()
    expect(mine.locator("[data-net]")).to_have_text("All saved")
    phone.context.set_offline(offline=True)
    phone.locator("form#say [name=text]").fill(SAID)
    phone.get_by_role("button", name="Post this problem").click()
    waiting = mine.locator("li.is-waiting")
    expect(waiting).to_contain_text(SAID)
    expect(waiting).to_contain_text("Waiting to send. It’s safe on this device.")
    assert violations(mine) == []
    phone.context.set_offline(offline=False)
    expect(waiting).to_have_count(0)
    expect(mine.get_by_role("heading", name="You posted 2 things.")).to_be_visible()
    expect(mine.locator(".rec__i", has_text=SAID)).to_contain_text("You posted it")


def test_the_link_opens_it_on_another_device_and_leaves_no_trace(table: Table) -> None:
    person = _somebody(table)
    mine = table.phone(person)
    mine.goto(f"{table.phone_url}/mine")
    link = mine.get_by_role("button", name="Copy my link").get_attribute("data-copy")
    assert link is not None
    other = table.page(PHONE)
    other.goto(link)
    assert other.url == f"{table.here.url}/resume"
    assert violations(other) == []
    other.get_by_role("button", name="Open what I said").click()
    expect(other.get_by_role("heading", name="You posted 1 thing.")).to_be_visible()
    expect(other.locator(".resume")).to_have_text(person.receipt)
    log = next(table.folder.glob("server-*.log")).read_text()
    assert person.receipt not in log


def test_without_scripts_the_code_is_typed_instead(table: Table) -> None:
    person = _somebody(table)
    page = table.page(PHONE, java_script_enabled=False)
    page.goto(f"{table.here.url}/resume#{person.receipt}")
    page.get_by_label("Your code to come back with").fill(person.receipt.lower())
    page.get_by_role("button", name="Back to my seat").click()
    page.get_by_role("link", name="What I said").first.click()
    expect(page.get_by_role("heading", name="You posted 1 thing.")).to_be_visible()
    expect(page.locator(".keep__qr svg")).to_be_visible()
