"""Everybody’s own order of a vote on a phone: it stays, late ideas come next, looks count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sqlalchemy import select

from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.table import Table
from tests.journeys.wires import is_online
from workshop.acts import exposing, posts
from workshop.storage.models import Exposure

pytestmark = pytest.mark.browser

DESK: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room of six people that votes on a dozen ideas; one more was hidden before."""
    wishes = {"people": 6, "ideas": 13, "step": "ideas"}
    with Table(browser, tmp_path, wishes) as found:
        found.told.do(posts.set_state, post_id=found.told.ideas[-1], state="hidden")
        found.told.moves_to("vote")
        yield found


def order(page: Page) -> list[int]:
    page.wait_for_load_state()
    ids = page.locator("[data-ballot] > li").evaluate_all("rows => rows.map((row) => row.id)")
    return [int(one.removeprefix("idea-")) for one in ids]


def seen(table: Table, seat: int) -> set[int]:
    with table.store.read() as db:
        return set(db.scalars(select(Exposure.idea_id).where(Exposure.seat_id == seat)))


def waits_for_seen(page: Page, table: Table, seat: int, least: int) -> set[int]:
    """What somebody was shown, once that is at least so many ideas: told every four seconds."""
    for _ in range(150):
        found = seen(table, seat)
        if len(found) >= least:
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"only {len(seen(table, seat))} ideas were told")


def test_what_was_on_the_screen_for_a_second_is_seen_and_late_ideas_come_next(
    table: Table,
) -> None:
    sam, late = table.told.people[0], table.told.ideas[-1]
    page = table.phone(sam)
    is_online(page)
    before = order(page)
    assert sorted(before) == sorted(table.told.ideas[:-1])
    met = waits_for_seen(page, table, sam.seat, 2)
    assert met == set(before[: len(met)]), "only what was on the screen"
    assert len(met) < len(before)
    page.reload()
    is_online(page)
    assert order(page) == before
    table.told.do(posts.set_state, post_id=late, state="shown")
    page.reload()
    is_online(page)
    after = order(page)
    assert [idea for idea in after if idea != late] == before
    assert after.index(late) == max(map(before.index, seen(table, sam.seat) - {late})) + 1
    assert violations(page) == []


def test_ideas_that_few_have_seen_are_told_and_shown_first(table: Table) -> None:
    told = table.told
    *known, few = told.ideas[:-1]
    for person in told.people[1:]:
        told.do(exposing.saw, seat_id=person.seat, idea_ids=known)
    control = table.control(DESK)
    button = control.get_by_role("button", name="Show them first")
    expect(control.get_by_text("1 idea was seen by too few.")).to_be_visible()
    assert violations(control) == []
    button.click()
    expect(button).to_be_visible()
    page = table.phone(told.people[2])
    is_online(page)
    assert order(page)[0] == few
    expect(page.locator(f"#idea-{few}")).to_contain_text("Few people have seen this one yet")
    page.set_viewport_size({"width": 320, "height": 700})
    assert not scrolls_sideways(page)
    assert violations(page) == []


def test_more_votes_for_everybody_reach_an_open_phone(table: Table) -> None:
    page, control = table.phone(table.told.people[0]), table.control(DESK)
    is_online(page)
    control.get_by_text("Give everybody more votes").click()
    control.get_by_label("Votes for each person").fill("8")
    control.get_by_role("button", name="Give them").click()
    expect(page.get_by_role("status").filter(has_text="Everybody has 8 votes now.")).to_be_visible()
    expect(page.locator("[data-votes-left]")).to_have_text("8 of 8 votes left")
    screen = table.page({"width": 1920, "height": 1080})
    screen.goto(table.screen_url)
    expect(screen.get_by_text("Everybody has 8 votes now.")).to_be_visible()
    assert violations(page) == []


def test_without_a_script_a_page_that_was_sent_was_seen(table: Table) -> None:
    ali, ann = table.told.people[1], table.told.people[2]
    page = table.phone(ali, java_script_enabled=False)
    before = order(page)
    page.locator(f"#idea-{before[0]}").get_by_role("button", name="Give this idea a vote").click()
    assert order(page) == before
    assert seen(table, ali.seat) == set(before)
    page = table.phone(ann, java_script_enabled=False)
    page.get_by_role("button", name="I’ve read them all").click()
    assert seen(table, ann.seat) == set(before)
