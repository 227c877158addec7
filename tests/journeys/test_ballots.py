"""Every way of voting on a phone: by thumb, with what a script adds, and looked at by axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.table import Table
from tests.journeys.wires import is_online

pytestmark = pytest.mark.browser

WAYS: dict[str, dict[str, Any]] = {
    "squares": {"method": "dots", "budget": 9, "cap": 3, "quadratic": True},
    "score": {"method": "score"},
    "ranked": {"method": "ranked", "budget": 2},
    "secret": {"method": "dots", "budget": 5, "cap": 3, "secret": True},
}


@pytest.fixture
def table(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Table]:
    """A room at its vote, by the way that the test names."""
    rule = WAYS[request.param]
    wishes = {"people": 3, "ideas": 3, "step": "vote", "rule": rule}
    with Table(browser, tmp_path, wishes) as found:
        yield found


def row(page: Page, idea: int) -> Locator:
    return page.locator(f"#idea-{idea}")


def presses(page: Page, idea: int, name: str) -> None:
    row(page, idea).get_by_role("button", name=name, exact=True).click()


def voter(table: Table) -> tuple[Page, list[int]]:
    page = table.phone(table.told.people[0])
    is_online(page)
    return page, table.told.ideas


def kept(table: Table, page: Page, **marks: int) -> None:
    """The server keeps exactly these marks (named i0, i1, ...), and the page is sound."""
    expect(page.locator("[data-net]")).to_have_attribute("data-state", "saved")
    wanted = {table.told.ideas[int(name[1:])]: value for name, value in marks.items()}
    for _ in range(100):
        if table.marks(table.told.people[0]) == wanted:
            break
        page.wait_for_timeout(50)
    assert table.marks(table.told.people[0]) == wanted
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("table", ["squares"], indirect=True)
def test_the_second_vote_on_an_idea_costs_three_points_more(table: Table) -> None:
    page, ideas = voter(table)
    for _ in range(2):
        presses(page, ideas[0], "Give this idea a vote")
    expect(page.locator("[data-votes-left]")).to_have_text("5 of 9 points left")
    for _ in range(2):
        presses(page, ideas[1], "Give this idea a vote")
    presses(page, ideas[2], "Give this idea a vote")
    expect(page.locator("[data-votes-left]")).to_have_text("0 of 9 points left")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-votes-left]")).to_have_text("1 of 9 points left")
    third = row(page, ideas[0]).get_by_role("button", name="Give this idea a vote")
    expect(third).to_have_attribute("aria-disabled", "true")
    kept(table, page, i0=2, i1=2, i2=0)


@pytest.mark.parametrize("table", ["score"], indirect=True)
def test_a_score_pressed_again_is_taken_back(table: Table) -> None:
    page, ideas = voter(table)
    presses(page, ideas[0], "4")
    presses(page, ideas[1], "0")
    presses(page, ideas[2], "5")
    expect(row(page, ideas[1])).to_have_class("vote vote--sweep is-mine")
    presses(page, ideas[2], "5")
    page.get_by_role("button", name="Undo").click()
    expect(row(page, ideas[2]).get_by_role("button", name="5")).to_have_attribute(
        "aria-pressed", "true"
    )
    presses(page, ideas[2], "5")
    kept(table, page, i0=4, i1=0)


@pytest.mark.parametrize("table", ["ranked"], indirect=True)
def test_a_list_in_order_shows_shared_places_and_is_full_at_its_end(table: Table) -> None:
    page, ideas = voter(table)
    presses(page, ideas[2], "Put on my list")
    presses(page, ideas[0], "Put on my list")
    mine = page.locator("[data-ranking]")
    expect(mine).to_have_text("1 Idea 32 Idea 1")
    last = row(page, ideas[1]).get_by_role("button", name="Put on my list")
    expect(last).to_have_attribute("aria-disabled", "true")
    presses(page, ideas[0], "Higher")
    expect(mine.locator("strong")).to_have_text(["1=", "1="])
    presses(page, ideas[2], "Lower")
    expect(mine).to_have_text("1 Idea 12 Idea 3")
    presses(page, ideas[2], "Take off my list")
    presses(page, ideas[1], "Put on my list")
    expect(page.locator("[data-net]")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(mine).to_have_text("1 Idea 12 Idea 2")
    kept(table, page, i0=1, i1=2, i2=0)


@pytest.mark.parametrize("table", ["secret"], indirect=True)
def test_a_secret_ballot_is_cast_once_and_whole(table: Table) -> None:
    page, ideas = voter(table)
    first, second, third = (page.locator(f"#s{idea}") for idea in ideas)
    first.select_option("3")
    second.select_option("2")
    page.reload()
    expect(first).to_have_value("3")
    expect(second).to_have_value("2")
    expect(third).to_have_value("0")
    second.select_option("3")
    page.get_by_role("button", name="Cast my vote").click()
    expect(page.get_by_role("alert").filter(has_text="That’s more")).to_be_visible()
    expect(second).to_have_value("3")
    second.select_option("2")
    third.focus()
    cast = page.get_by_role("button", name="Cast my vote")
    for _ in range(4):  # past what else may be done about the last idea
        page.keyboard.press("Tab")
        if cast.evaluate("button => button === document.activeElement"):
            break
    expect(cast).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Your vote is in.")).to_be_visible()
    assert "ballot.cast" not in page.evaluate("Object.keys(localStorage).join()")
    page.reload()
    expect(page.get_by_role("status").filter(has_text="Your vote is in.")).to_be_visible()
    kept(table, page)


@pytest.mark.parametrize("table", ["secret"], indirect=True)
def test_a_secret_ballot_needs_no_script(table: Table) -> None:
    page = table.phone(table.told.people[1], java_script_enabled=False)
    first, second, _ = (page.locator(f"#s{idea}") for idea in table.told.ideas)
    first.select_option("3")
    second.select_option("3")
    page.get_by_role("button", name="Cast my vote").click()
    expect(page.get_by_text("That’s more than you have to give.")).to_be_visible()
    expect(first).to_have_value("3")
    second.select_option("1")
    page.get_by_role("button", name="Cast my vote").click()
    expect(page.get_by_text("Your vote is in.")).to_be_visible()
