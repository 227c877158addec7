"""Where things stand on a page: on the narrowest phone, in long words, on a full board."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.journeys.looking import NARROWEST, scrolls_sideways
from tests.journeys.people import DESK, PROJECTOR
from tests.journeys.table import Table

pytestmark = pytest.mark.browser

THUMB = 44
LONG = "Ring everybody the day after they come home, and again a week later, from one number. " * 3
SMALLER = """[...document.querySelectorAll("button, select, summary, .btn")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest(".vh"))
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 43.9 || box.height < 43.9))
  .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""
"""What can be pressed and is smaller than a thumb."""


def _told(browser: Browser, folder: Path, **wishes: object) -> Table:
    return Table(browser, folder, {"people": 3, "ideas": 6, **wishes})


@pytest.fixture
def voting(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Table]:
    rule = {"method": request.param}
    with _told(browser, tmp_path, step="vote", rule=rule) as found:
        yield found


def box(found: Locator) -> FloatRect:
    measured = found.bounding_box()
    assert measured is not None
    return measured


@pytest.mark.parametrize("voting", ["score", "ranked", "sweep", "pairwise"], indirect=True)
def test_a_thumb_finds_every_button_of_a_ballot_on_the_narrowest_phone(voting: Table) -> None:
    page = voting.phone(voting.told.people[0], locale="pl")
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    assert page.evaluate(SMALLER) == []
    assert not scrolls_sideways(page)
    left, done = box(page.locator(".ph__dock .left")), box(page.locator("#done"))
    assert left["y"] < done["y"] + done["height"] / 2 < left["y"] + left["height"] + THUMB
    assert done["x"] > left["x"] + left["width"] - 1


def test_a_long_list_leaves_the_head_of_its_column_whole(browser: Browser, tmp_path: Path) -> None:
    with _told(browser, tmp_path, problems=60, step="problems") as table:
        _says_nearly_the_same(table)
        page = table.control(DESK)
        head = page.locator(".col header").first
        assert head.evaluate("head => head.scrollHeight <= head.clientHeight + 5")
        assert box(head)["height"] > THUMB
        _stand_one_under_the_other(page)


def _says_nearly_the_same(table: Table) -> None:
    for person, end in zip(table.told.people, ("now", "soon", "then"), strict=True):
        words = f"Nobody picks up the telephone at the clinic in the evening {end}"
        table.told.posts(person, "problem", words)


def _stand_one_under_the_other(page: Page) -> None:
    """Two posts that sound alike, and the sentence about them."""
    said = [box(one) for one in page.locator(".side .pair").first.locator("> p").all()]
    assert len(said) == 3
    assert len({round(one["x"]) for one in said}) == 1


def test_a_long_idea_has_two_lines_in_the_results_of_the_projector(
    browser: Browser, tmp_path: Path
) -> None:
    with _told(browser, tmp_path, ideas=5, step="ideas") as table:
        long = table.told.posts(table.told.people[0], "idea", LONG.strip())
        table.told.moves_to("vote")
        for person in table.told.people:
            table.told.votes(person, long, 1)
        table.told.reveals()
        screen = table.page(PROJECTOR)
        screen.goto(table.screen_url)
        title = screen.locator(".st__body h2").first
        expect(title).to_contain_text("Ring everybody")
        size = float(title.evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))
        assert size >= 0.015 * PROJECTOR["width"]
        assert box(title)["height"] > 2 * size
        rows = [box(one) for one in screen.locator(".st__list > li").all()]
        assert all(low["y"] + low["height"] <= high["y"] + 1 for low, high in pairwise(rows))
        key = box(screen.locator(".st__res > .st__key").first)
        assert rows[-1]["y"] + rows[-1]["height"] <= key["y"] + 1
