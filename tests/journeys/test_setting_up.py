"""A plan is built in a real browser: by drag, by buttons and by keys, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import violations
from tests.journeys.people import DESK
from tests.journeys.table import Table

pytestmark = pytest.mark.browser


@pytest.fixture
def plan(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The plan of a workshop that is at its first step; six are still to come."""
    told = {"people": 0, "problems": 0, "ideas": 0, "step": "welcome"}
    with Table(browser, tmp_path, told) as table:
        page = table.control(DESK)
        page.goto(f"{table.control_url}/plan")
        yield page


def order(page: Page) -> list[str]:
    return page.locator(".sl__b strong").all_text_contents()


def is_said(page: Page, sentence: str) -> None:
    expect(page.locator("#announce")).to_have_text(sentence)


def test_steps_are_put_in_order_by_drag_by_buttons_and_by_keys(plan: Page) -> None:
    assert order(plan)[:4] == ["Welcome", "Problems", "Themes", "Ideas"]
    grips = plan.locator("[data-grip]")
    expect(grips).to_have_count(6)
    plan.locator("[name=question]").fill("Not saved yet")
    start, end = grips.nth(2).bounding_box(), grips.nth(0).bounding_box()
    assert start
    assert end
    plan.mouse.move(start["x"] + 5, start["y"] + 5)
    plan.mouse.down()
    plan.mouse.move(end["x"] + 5, end["y"] - 5, steps=6)
    plan.mouse.up()
    is_said(plan, "“Ideas” is now step 2 of 7.")
    assert order(plan)[:4] == ["Welcome", "Ideas", "Problems", "Themes"]
    grips.nth(0).focus()
    plan.keyboard.press("ArrowDown")
    is_said(plan, "“Ideas” is now step 3 of 7.")
    plan.keyboard.press("ArrowDown")
    is_said(plan, "“Ideas” is now step 4 of 7.")
    plan.get_by_role("button", name="Move “Themes” up").click()
    is_said(plan, "“Themes” is now step 2 of 7.")
    assert order(plan)[:4] == ["Welcome", "Themes", "Problems", "Ideas"]
    expect(plan.locator("[name=question]")).to_have_value("Not saved yet")
    assert violations(plan) == []


def test_a_step_is_added_asked_of_staff_alone_taken_out_and_put_back(plan: Page) -> None:
    plan.get_by_label("Add a step after “Welcome”").select_option("ideas")
    plan.get_by_role("button", name="Add", exact=True).click()
    expect(plan.locator("#step-h")).to_have_text("Step 2: Ideas")
    for group in ("Citizen", "Partner"):
        plan.get_by_label(f"Write at this step: {group}").uncheck()
    plan.get_by_label("Phones show what others wrote").select_option("own")
    plan.get_by_role("button", name="Save this step").click()
    expect(plan.locator(".flash")).to_contain_text("Saved.")
    expect(plan.get_by_label("Write at this step: Citizen")).not_to_be_checked()
    plan.get_by_role("button", name="Take it out").click()
    assert len(order(plan)) == 7
    plan.get_by_text("1 step was taken out").click()
    plan.get_by_role("button", name="Put it back").click()
    expect(plan.locator("#step-h")).to_have_text("Step 8: Ideas")
    expect(plan.get_by_label("Write at this step: Citizen")).not_to_be_checked()
