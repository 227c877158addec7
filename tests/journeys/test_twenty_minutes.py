"""A workshop of twenty minutes: three groups, every way to take part, and nothing lost or doubled.

Two people run it, and both act. Nobody waits for a clock: the facilitator's is the only one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.afterwards import compares_the_counts, rubs_everything_out, tells_everybody
from tests.journeys.casting import reveals, votes
from tests.journeys.helping import seats, writes_for
from tests.journeys.meeting import (
    CHECKS,
    GROUPS,
    LETTERS,
    ON_PHONES,
    PLAIN,
    TEXT,
    VAN,
    WITH_A_HELPER,
    Meeting,
    gathers,
    presses,
)
from tests.journeys.people import PHONE, Participant
from tests.journeys.photos import photo
from tests.journeys.sorting import card, picks
from tests.journeys.table import Table
from tests.journeys.wires import BACK, Wires

pytestmark = pytest.mark.browser

LISTED = "The surgery at Hill Road never answers"
MORNINGS = "I take three mornings off work for one illness"
MORNINGS_TOO = "Three mornings off work, for one and the same illness"


def test_twenty_minutes_with_three_groups_and_every_way_to_take_part(
    browser: Browser, tmp_path: Path
) -> None:
    wishes = {"people": 0, "problems": 0, "ideas": 0, "step": "welcome"}
    with Table(browser, tmp_path, wishes) as table:
        meeting = gathers(table)
        _prepares(meeting)
        _comes_in(meeting)
        _problems(meeting)
        _sorts(meeting)
        _ideas(meeting)
        votes(meeting)
        reveals(meeting)
        _ends(meeting)
        compares_the_counts(meeting)
        tells_everybody(meeting)
        rubs_everything_out(meeting)


def _prepares(meeting: Meeting) -> None:
    """Nadia asks Olu to help, and Olu sets a word that waits for a look."""
    nadia, olu, table = meeting.nadia, meeting.olu, meeting.table
    nadia.get_by_role("link", name="leads").click()
    nadia.get_by_label("Their work email").fill("olu@example.org")
    presses(nadia, "Add them")
    expect(nadia.locator(".hosts li")).to_have_count(2)
    nadia.goto(f"{table.control_url}/everybody")
    presses(nadia, "Make a helpers’ link")
    meeting.device = table.page(PHONE)
    meeting.helper.goto(nadia.get_by_label("Helpers’ link").input_value())
    nadia.goto(table.control_url)
    olu.goto(f"{table.control_url}/care")
    olu.locator("[name=word_list]").fill("Hill Road")
    presses(olu, "Save what waits")
    olu.goto(table.control_url)


def _comes_in(meeting: Meeting) -> None:
    """Four join by the code with their phones, four sit down beside the helper."""
    table = meeting.table
    code = table.told.room().join_code or ""
    for name in ON_PHONES:
        person = Participant(table.page(PHONE), table.here.url)
        meeting.lines[name] = Wires(person.page.context)
        person.joins(code, GROUPS[name])
        person.keeps_the_code()
        meeting.phones[name] = person
    for name in WITH_A_HELPER:
        meeting.helper.goto(f"{table.phone_url}/people")
        seats(meeting.helper, name, GROUPS[name])
    expect(meeting.nadia.locator("[data-slot=people]")).to_contain_text("8")
    meeting.phones["Ann"].says("I want to stop worrying", "Post this answer")
    expect(meeting.screen.locator("main")).to_contain_text("stop worrying")


def _problems(meeting: Meeting) -> None:
    """One phone drops, one post waits for a look, one has a picture, and one is the helper's."""
    presses(meeting.nadia, "Next: Problems")
    meeting.is_at("Problems")
    ann, bea, sam = (meeting.phones[name] for name in ("Ann", "Bea", "Sam"))
    ann.says(MORNINGS, "Post this problem")
    meeting.picture = _shows_a_picture(ann.page)
    with meeting.drops("Sam"):
        sam.page.locator("form#say [name=text]").fill(MORNINGS_TOO)
        presses(sam.page, "Post this problem")
        expect(sam.page.locator("[data-waiting] li.is-waiting")).to_have_count(1)
    expect(sam.page.locator("[data-list=own]")).to_contain_text(MORNINGS_TOO, timeout=BACK)
    bea.says(LISTED, "Post this problem")
    expect(bea.page.locator(".mine", has_text=LISTED)).to_contain_text("Only you see it")
    writes_for(meeting.helper, "Rosa")
    Participant(meeting.helper, "").says("The bus stops at six", "Post this problem")
    board = ann.page.locator("[data-list=problems]")
    expect(board).to_contain_text("The bus stops at six")
    assert LISTED not in (ann.page.content() + meeting.screen.content())
    presses(meeting.olu, "Allow")
    expect(board).to_contain_text(LISTED)


def _shows_a_picture(page: Page) -> str:
    """Put a photo on the post, and say where the page has it from."""
    own = page.locator("[data-list=own] li")
    expect(own).to_contain_text("On the board")
    own.get_by_text("Add a picture").click()
    own.locator("[type=file]").set_input_files(photo())
    own.get_by_label("What does it show?").fill("A queue before the doors")
    presses(page, "Put it on the card", own)
    expect(page.get_by_text("Your picture is on the card.")).to_be_visible()
    seen = page.get_by_role("img", name="A queue before the doors").first
    return seen.get_attribute("src") or ""


def _sorts(meeting: Meeting) -> None:
    """Nadia merges two problems, Olu takes them apart again, and one gets a theme."""
    presses(meeting.nadia, "Next: Themes")
    meeting.is_at("Themes")
    picks(meeting.nadia, MORNINGS_TOO)
    presses(meeting.nadia, "Merge here", card(meeting.nadia, MORNINGS))
    expect(card(meeting.olu, MORNINGS)).to_contain_text("2 merged")
    expect(meeting.phones["Sam"].page.locator(".mine")).to_contain_text("Part of one card with")
    meeting.olu.get_by_role("link", name="2 merged").click()
    presses(meeting.olu, "Take out")
    expect(card(meeting.nadia, MORNINGS_TOO)).to_be_visible()
    meeting.nadia.locator("#new-theme").fill("Too many trips")
    meeting.nadia.locator("#new-theme").press("Enter")
    picks(meeting.olu, MORNINGS)
    presses(meeting.olu, "Too many trips", meeting.olu.locator("#move-theme"))
    expect(meeting.nadia.locator("section.col", has_text="Too many trips")).to_contain_text(
        MORNINGS
    )


def _ideas(meeting: Meeting) -> None:
    """Ideas, one that grew from another, two that say the same, a hand, and a kind word."""
    presses(meeting.olu, "Next: Ideas")
    meeting.is_at("Ideas")
    phones = meeting.phones
    phones["Ann"].picks_the_problem(MORNINGS)
    phones["Ann"].says(CHECKS, "Post this idea")
    for name, idea in (("Sam", LETTERS), ("Raj", PLAIN)):
        phones[name].picks_the_problem(LISTED)
        phones[name].says(idea, "Post this idea")
    phones["Raj"].page.get_by_role("button", name="Raise my hand").click()
    presses(meeting.olu, "Heard", meeting.olu.locator("[data-slot=hands]"))
    expect(phones["Raj"].page.get_by_role("button", name="Raise my hand")).to_be_visible()
    presses(meeting.nadia, "Nudge the")
    expect(phones["Bea"].page.locator(".nudge")).to_be_visible()
    expect(phones["Ann"].page.locator(".nudge")).to_be_hidden()
    _builds_on(phones["Bea"])
    writes_for(meeting.helper, "Rosa")
    Participant(meeting.helper, "").picks_the_problem("The bus stops")
    Participant(meeting.helper, "").says(VAN, "Post this idea")
    picks(meeting.nadia, PLAIN)
    presses(meeting.nadia, "Merge here", card(meeting.nadia, LETTERS))
    expect(card(meeting.olu, LETTERS)).to_contain_text("2 merged")


def _builds_on(bea: Participant) -> None:
    ideas = bea.page.locator("[data-list=ideas] li", has_text=CHECKS)
    ideas.get_by_role("link", name="Build on it").click()
    expect(bea.page.locator(".answering")).to_contain_text(CHECKS)
    bea.says(TEXT, "Post this idea")


def _ends(meeting: Meeting) -> None:
    """The two best ideas go to the leaders, people promise, and the room closes."""
    presses(meeting.nadia, "Next: Results")
    meeting.is_at("Results")
    desk = meeting.olu.context.new_page()
    desk.goto(f"{meeting.table.control_url}/results")
    presses(desk, re.compile("Send the top").pattern)
    expect(desk.get_by_role("link", name="In the backlog")).to_have_count(4)
    desk.close()
    presses(meeting.nadia, "Next: Next steps")
    meeting.is_at("Next steps")
    meeting.phones["Raj"].says("I will ask for one date", "Make this promise")
    meeting.nadia.get_by_text("End the workshop").click()
    presses(meeting.nadia, "End it for everybody")
    expect(meeting.phones["Bea"].page.get_by_role("heading").first).to_have_text(
        "Everybody’s gone home"
    )
