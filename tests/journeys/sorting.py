"""A board to sort: problems as people write them, some of which say the same."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.journeys.table import Table
from workshop.acts import workshops

PROBLEMS = (
    "Eyes, feet and bloods are on different days",
    "My eyes and feet are checked on different days",
    "The last bus goes at five",
    "After five there is no bus any more",
    "I can’t read the small print on the leaflet",
    "We phone people at work, so they don’t pick up",
    "Nobody told me who to ring on a Saturday",
)
THEMES = ("Too many trips", "I don’t know what my results mean")


def laid_out(table: Table, themes: tuple[str, ...] = THEMES) -> dict[str, int]:
    """Have people post the problems and the facilitator make the themes; numbers by their words."""
    told = table.told
    found = {
        text: told.posts(told.people[number % len(told.people)], "problem", text)
        for number, text in enumerate(PROBLEMS)
    }
    for title in themes:
        told.do(workshops.add_theme, title=title)
    return found


def card(page: Page, text: str) -> Locator:
    """A card on the board by its words."""
    return page.locator(".idea", has_text=text)


def column(page: Page, title: str) -> Locator:
    return page.locator("section.col", has=page.get_by_role("heading", name=title))


def picks(page: Page, text: str) -> None:
    """Pick a card up as a finger or a mouse does."""
    card(page, text).locator(".take").click()


def stands_under(page: Page, text: str, title: str) -> None:
    expect(column(page, title).locator(".idea", has_text=text)).to_be_visible()
