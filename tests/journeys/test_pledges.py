"""A promise that somebody took home: asked about on the day, answered, counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.people import DESK
from tests.journeys.table import Table
from workshop.acts import pledges

pytestmark = pytest.mark.browser

HELPED = "She rang first."


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    with Table(browser, tmp_path, {"people": 6, "step": "next"}) as found:
        yield found


def test_a_promise_is_answered_and_the_facilitator_sees_it(table: Table) -> None:
    told = table.told
    numbers = [told.posts(person, "pledge", "I will ring my sister.") for person in told.people]
    desk = table.control(DESK)
    desk.get_by_label("Ask people on this day whether it happened").fill("2026-01-16")
    desk.get_by_role("button", name="Set the day").click()
    mine = table.phone(told.people[0])
    mine.goto(f"{table.phone_url}/mine")
    expect(mine.get_by_text("Did it happen?")).to_be_visible()
    mine.get_by_role("radio", name="Partly").check()
    mine.get_by_label("What helped, or what got in the way?").fill(HELPED)
    assert violations(mine) == []
    assert not scrolls_sideways(mine)
    mine.get_by_role("button", name="Send my answer").click()
    expect(mine.get_by_text("You told us: Partly")).to_be_visible()
    expect(mine.get_by_role("button", name="Change my answer")).to_be_visible()
    promises = desk.locator("[data-slot=promises]")
    expect(promises).to_contain_text("1 was told of.")
    expect(promises).to_contain_text("once five people have answered")
    for person, number in zip(told.people[1:], numbers[1:], strict=True):
        own = {"seat_id": person.seat, "receipt": person.receipt}
        told.do(pledges.answer, post_id=number, outcome="yes", **own)
    desk.reload()
    expect(promises.get_by_role("row", name="Everybody")).to_contain_text("5")
    assert violations(desk) == []
    assert not scrolls_sideways(desk)
