"""Which of two on a phone: by thumb, by keyboard, without a script, and looked at by axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.table import Table
from tests.journeys.wires import is_online
from tests.paired import card

pytestmark = pytest.mark.browser


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room that votes on pairs of four ideas."""
    wishes = {"people": 2, "ideas": 4, "step": "vote", "rule": {"method": "pairwise"}}
    with Table(browser, tmp_path, wishes) as found:
        yield found


def two(page: Page) -> list[str]:
    """The words of the two cards."""
    return page.locator(".pair__card .written").all_text_contents()


def answered(page: Page, pairs: int) -> None:
    words = f"You’ve answered {pairs} pair{'' if pairs == 1 else 's'}."
    expect(page.locator(".pair__far [role=status]")).to_contain_text(words)
    page.wait_for_timeout(400)  # a new pair takes no press at once


def test_pairs_are_answered_one_after_the_other_and_taken_back(table: Table) -> None:
    page = table.phone(table.told.people[0])
    is_online(page)
    first = two(page)
    page.locator("#pair-left").click()
    answered(page, 1)
    second = two(page)
    assert set(second) != set(first)
    page.get_by_role("button", name="I can’t say").click()
    answered(page, 2)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Back to the last pair").click()
    answered(page, 1)
    assert two(page) == second
    page.reload()
    is_online(page)
    assert two(page) == second
    for pairs in range(2, 7):
        page.locator("#pair-right").click()
        answered(page, pairs)
    expect(page.get_by_text("You’ve answered every pair there is.")).to_be_visible()
    page.get_by_role("button", name="I’m done").click()
    expect(page.get_by_role("button", name="Not done yet")).to_be_visible()
    page.get_by_role("button", name="Not done yet").click()
    expect(page.get_by_role("button", name="I’m done")).to_be_visible()
    assert card(table.told, table.told.people[0]).answered == 6


def test_a_double_tap_answers_one_pair(table: Table) -> None:
    page = table.phone(table.told.people[0])
    is_online(page)
    page.locator("#pair-left").dblclick()
    answered(page, 1)
    assert card(table.told, table.told.people[0]).answered == 1


def test_a_keyboard_is_enough(table: Table) -> None:
    page = table.phone(table.told.people[0])
    is_online(page)
    page.locator("#pair-left").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#pair-right")).to_be_focused()
    page.keyboard.press("Enter")
    answered(page, 1)
    expect(page.locator("#pair-right")).to_be_focused()
    page.keyboard.press("Enter")
    answered(page, 2)


def test_no_script_is_needed(table: Table) -> None:
    page = table.phone(table.told.people[1], java_script_enabled=False)
    first = two(page)
    page.locator("#pair-right").click()
    expect(page.get_by_text("You’ve answered 1 pair.")).to_be_visible()
    assert set(two(page)) != set(first)
    page.get_by_role("button", name="I can’t say").click()
    expect(page.get_by_text("You’ve answered 2 pairs.")).to_be_visible()
    page.get_by_role("button", name="Back to the last pair").click()
    expect(page.get_by_text("You’ve answered 1 pair.")).to_be_visible()
