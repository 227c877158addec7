"""Care in a real browser: a held post, other words, a report, a hint at a name, and rubbing out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.people import DESK, PHONE, opens
from tests.journeys.rooms import Rooms, rooms_in
from tests.journeys.table import remembers
from tests.served import Served, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    return rooms_in(tmp_path_factory.mktemp("rooms"))


@pytest.fixture(scope="module")
def here(told: Rooms, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("server"), database=told.database) as running:
        yield running


def _page(browser: Browser, here: Served, size: ViewportSize, **cookie: object) -> Page:
    page = opens(browser, size)
    remembers(page.context, here.url, **cookie)
    return page


def test_a_held_post_is_asked_for_other_words_and_then_let_through(
    browser: Browser, here: Served, told: Rooms
) -> None:
    slug, words = told.rooms["cared"].slug, "Ring every home on the second day."
    phone = _page(browser, here, PHONE, seats={slug: told.seats["cared"]})
    other = _page(browser, here, PHONE, seats={slug: told.witness})
    control = _page(browser, here, DESK, account=told.facilitator, epoch=0)
    control.goto(f"{here.url}/workshops/{slug}")
    other.goto(f"{here.url}/w/{slug}")
    phone.goto(f"{here.url}/w/{slug}?problem=0")
    phone.locator("#text").fill(words)
    phone.locator("[form=say]").last.click()
    mine = phone.locator(".mine:not(.is-waiting)", has_text=words)
    expect(mine).to_contain_text("Only you see it until then.")
    waiting = control.locator(".mod__item", has_text=words)
    waiting.get_by_text("Ask to reword").click()
    waiting.locator("select[name=reason]:visible").select_option("unclear")
    waiting.locator("textarea[name=note]:visible").fill("Which homes?")
    waiting.get_by_role("button", name="Ask for other words").click()
    expect(waiting).to_have_count(0)
    expect(mine).to_contain_text("Which homes?")
    mine.get_by_text("Change", exact=True).click()
    mine.locator("textarea[name=text]").fill("Ring every new home on day two.")
    mine.get_by_role("button", name="Save").click()
    again = control.locator(".mod__item", has_text="day two")
    expect(again).to_contain_text("Has other words now")
    expect(other.locator(".said-by", has_text="day two")).to_have_count(0)
    again.get_by_role("button", name="Allow").click()
    expect(other.locator(".said-by", has_text="day two")).to_be_visible()
    expect(phone.locator(".mine", has_text="day two")).to_contain_text("On the board")


def test_a_name_is_hinted_at_while_somebody_writes_and_stops_nothing(
    browser: Browser, here: Served, told: Rooms
) -> None:
    slug = told.rooms["ideas"].slug
    phone = _page(browser, here, PHONE, seats={slug: told.seats["ideas"]})
    phone.goto(f"{here.url}/w/{slug}?problem=0")
    hint = phone.locator("[data-naming]")
    expect(hint).to_be_hidden()
    phone.locator("#text").press_sequentially("Ask my nurse Jane")
    expect(hint).to_contain_text("Please leave names out if you can.")
    phone.locator("#text").fill("Ask the nurse")
    expect(hint).to_be_hidden()
    phone.locator("#text").fill("Write to ann@example.org")
    expect(hint).to_contain_text("email address")
    phone.locator("[form=say]").last.click()
    expect(phone.locator(".mine", has_text="ann@example.org")).to_be_visible()
    expect(hint).to_be_hidden()


def test_somebody_rubs_out_everything_and_it_leaves_every_page(
    browser: Browser, here: Served, told: Rooms
) -> None:
    slug = told.rooms["problems"].slug
    words = "I would like one number to ring"
    phone = _page(browser, here, PHONE, seats={slug: told.seats["problems"]})
    control = _page(browser, here, DESK, account=told.facilitator, epoch=0)
    control.goto(f"{here.url}/workshops/{slug}")
    expect(control.locator(".idea", has_text=words)).to_be_visible()
    phone.goto(f"{here.url}/w/{slug}/mine")
    phone.get_by_role("link", name="Rub out everything I said").click()
    phone.get_by_label("Yes, rub out everything I said").check()
    phone.get_by_role("button", name="Rub it all out").click()
    expect(phone.get_by_text("Everything you said is rubbed out.")).to_be_visible()
    expect(control.locator(".idea", has_text=words)).to_have_count(0)
    phone.goto(f"{here.url}/w/{slug}")
    assert phone.url == f"{here.url}/"
