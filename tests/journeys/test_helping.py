"""One device, several people, in a real browser; and a seat that moves to another phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.helping import helps, writes_for
from tests.journeys.people import PHONE, Participant
from tests.journeys.table import Table
from workshop.acts import seats

pytestmark = pytest.mark.browser


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room that gathers problems, and lets helpers in."""
    wishes = {"people": 0, "problems": 0, "ideas": 0, "step": "problems"}
    with Table(browser, tmp_path, wishes) as it:
        it.told.do(seats.set_helpers, welcome=True)
        yield it


@pytest.mark.parametrize("script", [True, False])
def test_a_helper_writes_for_two_people_in_turn(table: Table, script: bool) -> None:  # noqa: FBT001 - with and without JavaScript
    device = helps(table, "Rosa", "Ola", java_script_enabled=script)
    someone = Participant(device, table.here.url)
    someone.says("Nobody answers the phone.", "Post this problem")
    writes_for(device, "Rosa")
    expect(device.locator("[data-list=own]")).not_to_contain_text("Nobody answers")
    someone.says("The bus stops at six.", "Post this problem")
    writes_for(device, "Ola")
    expect(device.locator("[data-list=own]")).to_contain_text("Nobody answers the phone.")
    expect(device.locator("[data-list=own]")).not_to_contain_text("The bus")


def test_words_half_typed_for_one_person_wait_for_them_and_never_become_anothers(
    table: Table,
) -> None:
    device = helps(table, "Rosa", "Ola")
    field = device.locator("form#say [name=text]")
    field.fill("Ola was saying")
    writes_for(device, "Rosa")
    expect(field).to_have_value("")
    field.fill("Rosa's own")
    writes_for(device, "Ola")
    expect(field).to_have_value("Ola was saying")
    writes_for(device, "Rosa")
    expect(field).to_have_value("Rosa's own")


def test_what_waits_offline_goes_out_as_the_person_who_said_it(table: Table) -> None:
    device = helps(table, "Rosa", "Ola")
    other = device.context.new_page()
    other.goto(table.phone_url)
    table.dies()
    device.locator("form#say [name=text]").fill("Ola said this offline.")
    device.get_by_role("button", name="Post this problem").click()
    expect(device.locator("[data-waiting] li.is-waiting")).to_have_count(1)
    table.starts()
    expect(device.locator("[data-list=own]")).to_contain_text("Ola said this offline.")
    writes_for(other, "Rosa")
    expect(other.locator("[data-list=own]")).not_to_contain_text("Ola said")
    assert table.posted("problem") == ["Ola said this offline."]


def test_a_page_whose_device_went_over_to_another_person_shows_that_person(table: Table) -> None:
    """In a second tab the device goes over; the first one's line breaks and comes back."""
    device = helps(table, "Rosa", "Ola")
    other = device.context.new_page()
    other.goto(table.phone_url)
    writes_for(other, "Rosa")
    table.dies()
    table.starts()
    expect(device.locator(".whose__now")).to_contain_text("Rosa", timeout=20_000)


def test_a_seat_moves_to_another_phone_by_its_link_and_the_old_one_is_signed_out(
    table: Table,
) -> None:
    old = table.page(PHONE)
    sam = Participant(old, table.here.url)
    sam.joins(table.told.room().join_code or "", "Citizen")
    code = sam.keeps_the_code()
    sam.says("We write four letters.", "Post this problem")
    old.get_by_role("link", name="Another phone").click()
    expect(old.get_by_role("img", name="QR code that opens your seat")).to_be_visible()
    new = table.page(PHONE)
    new.goto(f"{table.here.url}/resume?to=room#{code}")
    expect(new.get_by_label("Your code to come back with")).to_have_value(code)
    assert code not in new.url, "it stays in no history"
    new.get_by_role("button", name="Back to my seat").click()
    expect(new.locator("[data-list=own]")).to_contain_text("We write four letters.")
    new.get_by_role("link", name="Another phone").click()
    new.get_by_role("button", name="Sign out my other phones").click()
    expect(new.get_by_role("status").first).to_contain_text("Only this device")
    old.goto(table.phone_url)
    expect(old.get_by_label("Your workshop code")).to_be_visible()
    new.get_by_role("link", name="Back to the room").click()
    expect(new.locator("[data-list=own]")).to_contain_text("We write four letters.")
