"""What a helper does at one device with several people, said once."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.people import PHONE
from tests.journeys.table import Table


def helps(table: Table, *names: str, link: str = "", **options: bool) -> Page:
    """A helper's device with these people on it; the last one's page is open.

    A name may end in its group, as in "Rosa: Staff". `link` is where the device comes in, if it
    was read from a page.
    """
    device = table.page(PHONE, **options)
    token = table.told.room().helper_token
    device.goto(link or f"{table.here.url}/help/{token}")
    for name in names:
        device.goto(f"{table.phone_url}/people")
        seats(device, *name.partition(": ")[::2])
    return device


def seats(device: Page, name: str, group: str = "") -> None:
    """Give somebody a seat on the device, from the page of everybody on it."""
    device.get_by_role("link", name="Give somebody a seat").click()
    if group:
        device.locator("label.pick", has_text=group).click()
    device.get_by_label("First name").fill(name)
    device.get_by_role("button", name="Give them this seat").click()
    device.locator(".resume").wait_for()
    device.get_by_role("button", name="I’ve got it").click()
    expect(device.locator(".resume")).to_have_count(0)


def writes_for(device: Page, name: str) -> None:
    """One tap, and the page is this person's."""
    device.locator(".whose__one", has_text=name).click()
    expect(device.locator(".whose__now")).to_contain_text(name)
    expect(device.locator(f".whose__one:has-text('{name}')")).to_have_attribute(
        "aria-pressed", "true"
    )
