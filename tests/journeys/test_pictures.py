"""A picture on a card that has only just come over the live line, and talk that others see."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import PHONE
from tests.journeys.photos import photo
from tests.journeys.table import Table

pytestmark = pytest.mark.browser


def test_a_photo_goes_on_a_post_of_a_moment_ago_and_everybody_sees_it(
    browser: Browser, tmp_path: Path
) -> None:
    with Table(browser, tmp_path, {"step": "problems", "problems": 0, "ideas": 0}) as table:
        ann, bob = (table.phone(person) for person in table.told.people[:2])
        ann.locator("form#say [name=text]").fill("We queue outside")
        ann.get_by_role("button", name="Post this problem").click()
        card = ann.locator("[data-list=own] li")
        expect(card).to_contain_text("On the board")
        card.get_by_text("Add a picture").click()
        card.locator("[type=file]").set_input_files(photo())
        card.get_by_label("What does it show?").fill("A queue")
        card.get_by_role("button", name="Put it on the card").click()
        expect(ann.get_by_text("Your picture is on the card.")).to_be_visible()
        seen = bob.get_by_role("img", name="A queue")
        seen.scroll_into_view_if_needed()
        expect(seen).to_be_visible()
        bob.wait_for_function("[...document.images].every((one) => one.naturalWidth > 0)")


def test_what_is_said_of_an_idea_shows_on_every_phone_and_the_room_moves_readers_on(
    browser: Browser, tmp_path: Path
) -> None:
    with Table(browser, tmp_path, {"step": "ideas", "problems": 0, "ideas": 1}) as table:
        ann, bob = (table.phone(person) for person in table.told.people[:2])
        host = table.control(PHONE)
        ann.get_by_role("link", name="Talk about it").click()
        expect(ann.get_by_role("heading", name="Idea 1")).to_be_visible()
        ann.locator("[value=concern]").check()
        ann.locator("form[data-command] [name=text]").first.fill("Who pays for it?")
        ann.get_by_role("button", name="Say it").click()
        expect(ann.locator("[data-list^=own-talk]")).to_contain_text("Who pays for it?")
        expect(bob.locator("[data-list=ideas]")).to_contain_text("1 thing said")
        bob.get_by_role("link", name="1 thing said").click()
        expect(bob.locator("[data-list^=talk]")).to_contain_text("Who pays for it?")
        host.get_by_role("button", name="Next: Vote").click()
        expect(ann.locator("[data-ballot]")).to_be_visible()
        expect(bob.get_by_role("link", name="What people say")).to_be_visible()
