"""The facilitator runs the room: hands, a nudge, a reveal place by place, a helper and a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import DESK, PHONE, PROJECTOR
from tests.journeys.table import Table, remembers
from tests.story import facilitator
from workshop.acts import hosts, voting
from workshop.acts.stage import Stage
from workshop.factory import server_clock

pytestmark = pytest.mark.browser

SMALLEST = """() => [...document.querySelectorAll(".st *")]
  .filter((one) => one.checkVisibility() && [...one.childNodes].some(
    (node) => node.nodeType === 3 && node.textContent.trim()))
  .filter((one) => !one.closest(".vh"))
  .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.textContent.trim().slice(0, 40)])
  .sort((a, b) => a[0] - b[0])[0]"""
"""The size of the smallest letters on the projector, and what they say."""


@pytest.fixture
def table(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Table]:
    wishes = {"people": 6, "ideas": 4, "step": "ideas", **getattr(request, "param", {})}
    with Table(browser, tmp_path, wishes) as opened:
        yield opened


def test_a_hand_goes_up_is_seen_without_a_name_and_comes_down(table: Table) -> None:
    phone, desk = table.phone(table.told.people[0]), table.control(DESK)
    phone.get_by_role("button", name="Raise my hand").click()
    expect(phone.locator(".hand__up")).to_be_visible()
    queue = desk.locator("[data-slot=hands]")
    expect(queue.locator("li")).to_have_count(1)
    expect(queue).to_contain_text("Citizen")
    queue.get_by_role("button", name="Heard").click()
    expect(queue.locator("li")).to_have_count(0)
    expect(phone.get_by_role("button", name="Raise my hand")).to_be_visible()


def test_a_hand_goes_up_and_down_without_javascript(table: Table) -> None:
    phone = table.phone(table.told.people[0], java_script_enabled=False)
    phone.get_by_role("button", name="Raise my hand").click()
    expect(phone.locator(".hand__up")).to_be_visible()
    phone.get_by_role("button", name="Take my hand down").click()
    expect(phone.get_by_role("button", name="Raise my hand")).to_be_visible()


def test_a_nudge_is_read_only_by_those_who_are_still_quiet(table: Table) -> None:
    quiet, busy = table.phone(table.told.people[5]), table.phone(table.told.people[0])
    desk = table.control(DESK)
    desk.get_by_role("button", name=re.compile("Nudge the 2")).click()
    expect(quiet.locator(".nudge")).to_be_visible()
    expect(busy.locator(".nudge")).to_be_hidden()


def test_places_are_shown_last_first_by_one_key_and_phones_wait_for_the_first(
    table: Table,
) -> None:
    told = table.told
    told.moves_to("vote")
    for number, person in enumerate(told.people):
        told.votes(person, told.ideas[0], 2)
        told.votes(person, told.ideas[1 + number % 2], 1)
    desk, phone = table.control(DESK), table.phone(told.people[0])
    screen = table.page(PROJECTOR)
    screen.goto(table.screen_url)
    desk.keyboard.press("n")  # An open vote would close, so it asks: the answer is one key away.
    expect(desk.get_by_role("button", name="Close the vote and go on")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(screen.locator(".st")).to_contain_text("Ready to see it?")
    expect(desk.get_by_role("button", name="Reveal, last place first")).to_be_visible()
    for left in (3, 2, 1):
        desk.keyboard.press("r")
        expect(screen.locator("h1")).to_have_text(f"{left} still to come")
        expect(screen.locator(".is-under")).to_have_count(left)
        assert "Idea 1" not in (screen.locator("main").text_content() or "")
        assert "from 6 people" not in (phone.locator("main").text_content() or "")
        expect(desk.get_by_role("button", name="Show the next place")).to_be_visible()
    desk.keyboard.press("r")
    expect(screen.locator(".st__list")).to_contain_text("Idea 1")
    expect(phone.locator(".standings")).to_contain_text("Idea 1")


def test_one_card_is_put_on_the_screen_by_a_key_and_marked_on_the_board(table: Table) -> None:
    desk, screen = table.control(DESK), table.page(PROJECTOR)
    screen.goto(table.screen_url)
    card = desk.locator("li.idea", has_text="Idea 2")
    card.locator(".take").click()
    desk.keyboard.press("s")
    expect(screen.locator(".st__one")).to_have_text("Idea 2")
    expect(card).to_contain_text("On the screen now")
    desk.keyboard.press("w")
    expect(screen.locator(".st__ideas")).to_be_visible()
    expect(card).not_to_contain_text("On the screen now")


def test_somebody_helps_by_a_link_leads_is_removed_and_sees_it_at_once(table: Table) -> None:
    told = table.told
    stage = Stage(table.store, server_clock)
    by: dict[str, Any] = {"workshop_id": told.workshop, "by": told.facilitator, "is_admin": False}
    stage.perform(hosts.make_link, kind="cohost", token="a link", **by)
    olu = facilitator(told.stage, "olu@example.org")
    page = table.page(DESK)
    remembers(page.context, table.here.url, account=olu, epoch=0)
    page.goto(f"{table.here.url}/host/a link")
    page.get_by_role("button", name="Help as").click()
    expect(page.locator(".bar__t")).to_contain_text("Ideas")
    desk = table.control(DESK)
    desk.get_by_role("link", name="leads").click()
    desk.get_by_role("button", name="Hand over to").click()
    desk.get_by_role("button", name="Take the lead back").click()
    desk.get_by_role("button", name="Remove").click()
    # Where the page was just on its way back from the hand-over, the server says it instead.
    gone = re.compile("You don’t run this room any more|You can’t do that here")
    expect(page.get_by_text(gone).first).to_be_visible()
    assert page.goto(table.control_url).status in {403, 404}  # type: ignore[union-attr]  # it answers


def test_a_phone_becomes_the_remote_by_a_link_that_works_once(table: Table) -> None:
    told = table.told
    by: dict[str, Any] = {"workshop_id": told.workshop, "by": told.facilitator, "is_admin": False}
    Stage(table.store, server_clock).perform(hosts.make_link, kind="remote", token="once", **by)
    phone = table.page(PHONE)
    phone.goto(f"{table.here.url}/remote/once")
    phone.get_by_role("button", name="Start the remote").click()
    _steers(phone, table)
    other = table.page(PHONE)
    answer = other.goto(f"{table.here.url}/remote/once")
    assert answer is not None
    assert answer.status == 409
    home = phone.goto(f"{table.here.url}/workshops")
    assert home is not None
    assert home.status == 403


def _steers(phone: Page, table: Table) -> None:
    screen = table.page(PROJECTOR)
    screen.goto(table.screen_url)
    phone.get_by_role("button", name="Blank").click()
    expect(screen.locator(".st-blank")).to_be_attached()
    phone.get_by_role("button", name="Wall").click()
    expect(screen.locator(".st__ideas")).to_be_visible()
    phone.get_by_role("button", name=re.compile("Next: Vote")).click()
    expect(phone.locator(".rem__step")).to_contain_text("Vote")


@pytest.mark.parametrize("table", [{"step": "vote"}], indirect=True)
def test_nothing_on_the_projector_is_smaller_than_a_back_row_can_read(table: Table) -> None:
    screen, told = table.page(PROJECTOR), table.told
    least = 0.015 * PROJECTOR["width"] - 0.5
    for person in told.people:
        told.votes(person, told.ideas[0], 2)
    opened = told.room().last_round
    assert opened is not None
    for step in ("welcome", "problems", "themes", "ideas", "vote", "results", "next"):
        told.moves_to(step)
        if step == "results":
            told.do(voting.uncover, round_id=opened.id)
        screen.goto(table.screen_url)
        size, words = screen.evaluate(SMALLEST)
        assert size >= least, f"{step}: {words} at {size} px"
        expect(screen.locator(".st__qr svg").first).to_be_visible()
        expect(screen.locator(".st__code").first).to_be_visible()
