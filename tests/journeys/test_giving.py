"""From an offer on a phone to two people who can reach each other, and a change by a team."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.people import DESK, PHONE, opens
from tests.journeys.piloted import GUEST, TEAM, Piloted, piloted
from tests.journeys.table import remembers
from tests.served import Served, served
from tests.story import facilitator
from tests.tables import migrated
from workshop.acts.stage import Stage
from workshop.factory import server_clock
from workshop.reads import rooms
from workshop.storage.store import Store

pytestmark = pytest.mark.browser


class House:
    """A room that is over, its server, and browsers of everybody."""

    def __init__(self, browser: Browser, here: Served, told: Piloted, slug: str) -> None:
        self._browser, self.here, self.told, self.slug = browser, here, told, slug

    def page(self, size: ViewportSize, path: str, **kept: object) -> Page:
        """A browser that remembers `kept`, at a page."""
        page = opens(self._browser, size)
        remembers(page.context, self.here.url, **kept)
        page.goto(f"{self.here.url}{path}")
        return page


@pytest.fixture
def house(browser: Browser, tmp_path: Path) -> Iterator[House]:
    database = migrated(tmp_path / "longtable.sqlite3")
    store = Store(database, gather=0)
    told = piloted(Stage(store, server_clock))
    facilitator(Stage(store, server_clock), "chief@example.org", "administrator")
    with store.read() as db:
        room = rooms.by_id(db, told.workshop)
    assert room is not None
    with served(tmp_path, database=database) as here:
        yield House(browser, here, told, room.slug)
    store.close()


def is_fine(page: Page) -> None:
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_an_offer_finds_its_need_and_both_sides_say_yes(house: House) -> None:
    phone = house.page(PHONE, f"/w/{house.slug}/offers", seats={house.slug: "RECEIPT-3"})
    phone.get_by_role("radio", name="Time").check()
    phone.get_by_label("What can you give?").fill("A lift by minibus after work")
    phone.get_by_label("How can we reach you?").last.fill("0113 496 0001")
    phone.get_by_role("button", name="Offer it").click()
    expect(phone.get_by_text("Your offer is on the table.")).to_be_visible()
    is_fine(phone)
    desk = house.page(DESK, "/offers", account=3, epoch=0)
    fit = desk.locator(".fit", has_text="after work")
    fit.get_by_role("button", name="Ask them").click()
    desk.goto(f"{house.here.url}/backlog/{house.told.item}/needs")
    expect(desk.get_by_text("0113 496 0001")).to_have_count(0)
    desk.locator(".tint", has_text="after work").get_by_role("button").first.click()
    phone.reload()
    phone.get_by_role("button", name="Yes, they may").click()
    expect(phone.get_by_text("You both said yes. Now")).to_be_visible()
    expect(phone.get_by_text("tomasz@example.org")).to_be_visible()
    is_fine(phone)
    desk.reload()
    expect(desk.get_by_text("0113 496 0001")).to_be_visible()
    expect(desk.get_by_text("2 of 2 needs covered: can start")).to_be_visible()
    is_fine(desk)
    phone.get_by_role("button", name="No, thank you").click()
    desk.reload()
    expect(desk.get_by_text("0113 496 0001")).to_have_count(0)


def test_a_team_just_does_it_and_everybody_reads_it(house: House) -> None:
    team = house.page(PHONE, "/guest/just-do-it", guest=TEAM)
    team.get_by_role("radio", name="Words: a letter, a form, a sign").check()
    team.get_by_label("What will you do differently?").fill("Bigger type on the letter")
    for question in team.locator("fieldset", has_text="?").all()[1:]:
        is_harm = "harm" in question.inner_text() or "part of it" in question.inner_text()
        question.get_by_role("radio", name="No" if is_harm else "Yes").check()
    team.get_by_role("button", name="Just do it").click()
    expect(team.get_by_text("Go ahead. Tell us how it went.")).to_be_visible()
    is_fine(team)
    team.get_by_label("What happened?").fill("Nobody asked for glasses.")
    team.get_by_role("radio", name="Keep it").check()
    team.get_by_role("button", name="Tell it").click()
    anybody = house.page(PHONE, f"/changes/{house.slug}")
    expect(anybody.get_by_text("Nobody asked for glasses.")).to_be_visible()
    expect(anybody.get_by_text("Podiatry")).to_have_count(0)
    is_fine(anybody)


def test_a_partner_leads_a_pilot_from_a_phone_and_says_that_it_was_stopped(house: House) -> None:
    desk = house.page(DESK, f"/backlog/{house.told.item}/needs", account=2, epoch=0)
    desk.get_by_label("Why?").first.fill("They know the people.")
    desk.get_by_role("button", name="Agree").first.click()
    phone = house.page(PHONE, "/guest", guest=GUEST)
    phone.get_by_role("link", name="Lead it").click()
    is_fine(phone)
    phone.set_viewport_size({"width": 320, "height": 640})
    assert not scrolls_sideways(phone)
    phone.get_by_text("Tell what came of it").click()
    is_fine(phone)
    phone.get_by_role("radio", name="We stopped it early").check()
    phone.get_by_label("What happened?").fill("Two buses stood still.")
    end = phone.locator("form#end")
    phone.get_by_label("What did you learn?").fill("Ask for a second driver.")
    end.get_by_role("button", name="Publish").click()
    expect(phone.get_by_text("We stopped it early").first).to_be_visible()
    phone.get_by_text("Plan a pilot").click()
    plan = phone.locator("form#plan")
    plan.get_by_label("Where?").fill("Harbour Street")
    plan.get_by_label("Who takes part?").fill("30 people")
    plan.get_by_label("First day").fill("2027-12-01")
    plan.get_by_label("Last day").fill("2028-03-01")
    plan.get_by_label("We’ll know it works if").fill("20 of 30 come")
    plan.get_by_label("We’ll stop if").fill("The bus is late twice a week")
    plan.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("The bus is late twice a week").first).to_be_visible()
    phone.locator("summary", has_text="Tell what’s happening").click()
    phone.get_by_label("What is happening, in words").fill("A second driver has come.")
    phone.locator("form#news").get_by_role("button", name="Publish").click()
    expect(phone.get_by_text("Told by Harbour Transport")).to_be_visible()
    is_fine(phone)
    desk.goto(f"{house.here.url}/backlog/{house.told.item}")
    expect(desk.get_by_text("Planned by Harbour Transport").first).to_be_visible()
    told = desk.locator(".ysw__did").get_by_text("Told by Harbour Transport")
    expect(told).to_be_visible()
    is_fine(desk)
