"""Somebody with an old phone on a poor line has a seat in less than ten seconds."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import PHONE, Participant
from tests.journeys.table import Table

pytestmark = pytest.mark.browser

SLOWER = 4
"""How many times slower than this machine the phone's processor is."""

SLOW_3G = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""As browsers' own tools have it: 400 ms there and back, 400 kbit/s."""

LONGEST_SECONDS = 10.0


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    wishes = {"people": 12, "problems": 12, "ideas": 0, "step": "problems"}
    with Table(browser, tmp_path, wishes) as it:
        yield it


def slowed(page: Page) -> None:
    """Make this page's browser as slow as an old phone far from a mast."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_3G})
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def test_a_seat_on_a_slow_phone_takes_less_than_ten_seconds(
    table: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the scan of the QR to the question on the screen, with nothing kept from before."""
    page = table.page(PHONE)
    slowed(page)
    started = time.monotonic()
    page.goto(f"{table.here.url}/j/{table.told.room().link_token}", wait_until="commit")
    page.get_by_role("button", name="Take my seat").click()
    expect(page.locator("form#say [name=text]")).to_be_visible()
    took = time.monotonic() - started
    with capsys.disabled():
        sys.stdout.write(f"\n  from the link to the question on a slow phone: {took:.1f} s\n")
    assert took < LONGEST_SECONDS


def test_what_others_post_is_read_out_as_one_number(table: Table) -> None:
    phone, other = (table.phone(person) for person in table.told.people[:2])
    for page in (phone, other):
        expect(page.locator("[data-net]")).to_have_text("All saved")
    for number in range(3):
        Participant(other, table.here.url).says(f"Lift {number} is broken.", "Post this problem")
    expect(phone.locator("[data-list=problems]")).to_contain_text("Lift 2 is broken.")
    expect(phone.locator("#announce")).to_have_text(re.compile(r"^\d new posts?$"))
