"""A whole workshop by keyboard alone, for who runs it and for who takes part: no mouse, no tap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import DESK, Participant, said
from tests.journeys.photos import photo
from tests.journeys.sorting import card
from tests.journeys.table import Table
from tests.journeys.test_keyboard_and_plain import is_step, presses, tabs_to
from workshop.acts import care, seats

pytestmark = pytest.mark.browser

LISTED = "The surgery at Hill Road never answers"
BUS = "The bus stops at six"
IDEA = "One number that somebody answers"
GROWN = "And it rings back"


@dataclass
class Keyed:
    """A laptop and two phones; nobody has a mouse. Bea is a helper's device with two people."""

    table: Table
    desk: Page
    ann: Page
    bea: Page


@pytest.fixture
def keyed(browser: Browser, tmp_path: Path) -> Iterator[Keyed]:
    wishes = {"people": 1, "problems": 0, "ideas": 0, "step": "problems"}
    with Table(browser, tmp_path, wishes) as table:
        table.told.do(care.set_rules, care="off", word_list="Hill Road")
        table.told.do(seats.set_helpers, welcome=True)
        bea = _helps(table)
        yield Keyed(table, table.control(DESK), table.phone(table.told.people[0]), bea)


def _helps(table: Table) -> Page:
    """A helper's device on which two people sit, all by its keys."""
    page = table.page(DESK)
    page.goto(f"{table.here.url}/help/{table.told.room().helper_token}")
    for name in ("Rosa", "Ola"):
        page.goto(f"{table.phone_url}/people")
        _goes(page, ".ph__dock a")
        tabs_to(page, "[name=name]")
        page.keyboard.type(name)
        _goes(page, "button[form=seat]")
        _goes(page, "button:has-text('I’ve got it')")
        expect(page.locator(".resume")).to_have_count(0)
    return page


def _goes(page: Page, selector: str, key: str = "Enter") -> None:
    """Find something with Tab, and press it."""
    tabs_to(page, selector)
    presses(page, key)


def test_a_whole_workshop_by_keyboard_from_both_sides(keyed: Keyed) -> None:
    _problems(keyed)
    _care(keyed)
    _ideas(keyed)
    _votes(keyed)
    _reveals(keyed)
    _ends(keyed)


def _writes(page: Page, text: str) -> None:
    tabs_to(page, "form#say textarea[name=text]")
    page.keyboard.type(text)
    _goes(page, "button[form=say]")
    expect(page.locator("[data-list=own]")).to_contain_text(text)


def _problems(keyed: Keyed) -> None:
    """A post waits; the helper's device goes over to somebody else; a picture is put on."""
    _writes(keyed.ann, LISTED)
    expect(keyed.ann.locator(".mine")).to_contain_text("Only you see it")
    _writes(keyed.bea, BUS)
    _goes(keyed.bea, ".whose__one:has-text('Rosa')")
    expect(keyed.bea.locator(".whose__now")).to_contain_text("Rosa")
    _goes(keyed.bea, ".hand button")
    expect(keyed.bea.locator(".hand__up")).to_be_visible()
    _goes(keyed.ann, ".mine__picture summary")
    # What picks a file is the machine's own window, which no page has a part in.
    keyed.ann.locator(".mine [type=file]").set_input_files(photo())
    tabs_to(keyed.ann, ".mine [name=alt]")
    keyed.ann.keyboard.type("A queue")
    presses(keyed.ann, "Enter")
    expect(keyed.ann.get_by_role("img", name="A queue")).to_be_visible()


def _care(keyed: Keyed) -> None:
    """The facilitator allows the post, hears the hand and has a kind word, each by its key."""
    desk = keyed.desk
    expect(desk.locator(".mod__item")).to_contain_text(LISTED)
    presses(desk, "a")
    expect(keyed.bea.locator("[data-list=problems]")).to_contain_text(LISTED)
    _goes(desk, "[data-slot=hands] button:has-text('Heard')")
    expect(keyed.bea.get_by_role("button", name="Raise my hand")).to_be_visible()
    presses(desk, "k")
    expect(keyed.bea.locator(".nudge")).to_be_visible()
    card(desk, BUS).locator(".take input").focus()
    presses(desk, " ", "s")
    expect(card(desk, BUS)).to_contain_text("On the screen now")
    presses(desk, "w", "Escape", "n")
    is_step(desk, "Themes")


def _ideas(keyed: Keyed) -> None:
    """An idea to a problem, one that grows from it, and a worry, all without a mouse."""
    presses(keyed.desk, "n")
    is_step(keyed.desk, "Ideas")
    ann, bea = keyed.ann, keyed.bea
    Participant(ann, "").is_at("Ideas")
    _goes(ann, ".pickable a")
    _writes(ann, IDEA)
    Participant(bea, "").is_at("Ideas")
    _goes(bea, "[data-list=ideas] a:has-text('Build on it')")
    expect(bea.locator(".answering")).to_contain_text(IDEA)
    _writes(bea, GROWN)
    bea.goto(keyed.table.phone_url)
    _goes(bea, f"[data-list=ideas] li:has-text('{IDEA}') a:has-text('Talk about it')")
    tabs_to(bea, "[name=stance]")
    presses(bea, "ArrowDown")
    tabs_to(bea, "form[data-command='comment.post'] textarea")
    bea.keyboard.type("Who pays for it?")
    _goes(bea, "button:has-text('Say it')")
    expect(bea.locator("[data-list^=own-talk]")).to_contain_text("Who pays for it?")


def _votes(keyed: Keyed) -> None:
    presses(keyed.desk, "n")
    is_step(keyed.desk, "Vote")
    for page, name, votes in ((keyed.ann, "", 2), (keyed.bea, "Rosa", 1), (keyed.bea, "Ola", 3)):
        Participant(page, "").is_at("Vote")
        if name and name not in (page.locator(".whose__now").text_content() or ""):
            _goes(page, f".whose__one:has-text('{name}')")
            expect(page.locator(".whose__now")).to_contain_text(name)
        row = Participant(page, "").row(IDEA)
        number = row.locator("h2").get_attribute("id")
        tabs_to(page, f"li.vote:has(#{number}) .vote__plus")
        presses(page, *["Enter"] * votes)
        expect(row.locator("[data-mark-value]")).to_have_text(str(votes))


def _reveals(keyed: Keyed) -> None:
    """Close, show place by place, and go on, by three keys."""
    desk = keyed.desk
    expect(desk.locator("[data-slot=voted]")).to_contain_text("3 of 3")
    presses(desk, "n")
    expect(desk.get_by_role("button", name="Close the vote and go on")).to_be_focused()
    presses(desk, "Enter")
    is_step(desk, "Results")
    for button in ("Reveal, last place first", "Show the next place", "Show the next place"):
        expect(desk.get_by_role("button", name=button)).to_be_visible()
        presses(desk, "r")
    expect(keyed.ann.locator(".standings")).to_contain_text("6 votes, from 3 people")


def _ends(keyed: Keyed) -> None:
    """The ideas go to the leaders, the room closes, and somebody rubs everything out."""
    table, desk, ann = keyed.table, keyed.desk, keyed.ann
    desk.goto(f"{table.control_url}/results")
    _goes(desk, ".rk__send button")
    expect(desk.get_by_role("link", name="In the backlog")).to_have_count(2)
    desk.goto(table.control_url)
    presses(desk, "n")
    is_step(desk, "Next steps")
    _goes(desk, ".bar summary:has-text('End the workshop')")
    _goes(desk, "button:has-text('End it for everybody')")
    expect(ann.get_by_role("heading").first).to_have_text("Everybody’s gone home")
    _goes(ann, "main a:has-text('What I said')")
    expect(said(ann, IDEA)).to_contain_text("It went to the leaders")
    _goes(ann, "main a:has-text('Rub out everything')")
    _goes(ann, "[name=sure]", " ")
    _goes(ann, "button[form=rub-out]")
    expect(ann.get_by_text("Everything you said is rubbed out.")).to_be_visible()
