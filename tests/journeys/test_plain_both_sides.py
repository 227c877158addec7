"""A whole workshop with JavaScript off, for who runs it and for who takes part.

Nothing comes in by itself: each page is asked for again, as people do who wait for news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.meeting import presses
from tests.journeys.people import DESK, PROJECTOR, Participant, said
from tests.journeys.photos import photo
from tests.journeys.sorting import card
from tests.journeys.table import Table

pytestmark = pytest.mark.browser

LISTED = "The surgery at Hill Road never answers"
REWORDED = "Nobody answers the surgery’s phone"
IDEA = "One number that somebody answers"
GROWN = "And it rings back"


@dataclass
class Plain:
    """Two phones, a laptop and the projector; no page has a script."""

    table: Table
    desk: Page
    ann: Participant
    bea: Participant

    def looks(self) -> None:
        """Everybody asks for their page again."""
        self.desk.goto(self.table.control_url)
        for person in (self.ann, self.bea):
            person.page.goto(self.table.phone_url)

    def moves_to(self, step: str) -> None:
        presses(self.desk, f"Next: {step}")
        self.looks()
        expect(self.desk.locator(".bar__t")).to_contain_text(step)
        self.ann.is_at(step)


@pytest.fixture
def plain(browser: Browser, tmp_path: Path) -> Iterator[Plain]:
    wishes = {"people": 2, "problems": 0, "ideas": 0, "step": "welcome"}
    with Table(browser, tmp_path, wishes) as table:
        off: dict[str, Any] = {"java_script_enabled": False}
        ann, bea = (
            Participant(table.phone(person, **off), table.here.url) for person in table.told.people
        )
        yield Plain(table, table.control(DESK, **off), ann, bea)


def test_a_whole_workshop_without_javascript_from_both_sides(plain: Plain) -> None:
    _sets_care(plain)
    _problems(plain)
    _ideas(plain)
    _votes(plain)
    _reveals(plain)
    _ends(plain)


def _sets_care(plain: Plain) -> None:
    plain.desk.get_by_role("link", name=re.compile("^Care")).click()
    plain.desk.locator("[name=word_list]").fill("Hill Road")
    presses(plain.desk, "Save what waits")
    plain.desk.goto(plain.table.control_url)


def _problems(plain: Plain) -> None:
    """A post waits, gets other words and shows; a picture, a hand and a kind word go round."""
    plain.moves_to("Problems")
    plain.ann.says(LISTED, "Post this problem")
    expect(plain.ann.page.locator(".mine")).to_contain_text("Only you see it until then.")
    plain.looks()
    expect(plain.bea.page.locator("main")).not_to_contain_text(LISTED)
    waits = plain.desk.locator(".mod__item")
    waits.get_by_text("Ask to reword").click()
    waits.locator("select[name=reason]:visible").select_option("names")
    waits.locator("textarea[name=note]:visible").fill("Which one is not for the wall.")
    presses(plain.desk, "Ask for other words", waits)
    plain.looks()
    mine = plain.ann.page.locator(".mine")
    expect(mine).to_contain_text("Which one is not for the wall.")
    mine.get_by_text("Change", exact=True).click()
    mine.locator("textarea[name=text]").fill(REWORDED)
    presses(plain.ann.page, "Save", mine)
    plain.looks()
    presses(plain.desk, "Allow")
    plain.looks()
    expect(plain.bea.page.locator("[data-list=problems]")).to_contain_text(REWORDED)
    _shows_a_picture(plain)
    presses(plain.bea.page, "Raise my hand")
    plain.looks()
    presses(plain.desk, "Heard")
    presses(plain.desk, "Nudge the one who hasn’t")
    plain.looks()
    expect(plain.bea.page.locator(".nudge")).to_be_visible()
    expect(plain.bea.page.get_by_role("button", name="Raise my hand")).to_be_visible()


def _shows_a_picture(plain: Plain) -> None:
    mine = plain.ann.page.locator(".mine")
    mine.get_by_text("Add a picture").click()
    mine.locator("[type=file]").set_input_files(photo())
    mine.get_by_label("What does it show?").fill("A queue")
    presses(plain.ann.page, "Put it on the card", mine)
    plain.looks()
    expect(plain.bea.page.get_by_role("img", name="A queue")).to_be_visible()


def _ideas(plain: Plain) -> None:
    """A theme, an idea, one that grew from it, a word about it, and the idea on the screen."""
    plain.moves_to("Themes")
    plain.desk.locator("#new-theme").fill("Being reached")
    presses(plain.desk, "Add")
    card(plain.desk, REWORDED).locator(".take").click()
    presses(plain.desk, "Being reached", plain.desk.locator("#move-theme"))
    expect(plain.desk.locator("section.col", has_text="Being reached")).to_contain_text(REWORDED)
    plain.moves_to("Ideas")
    plain.ann.picks_the_problem(REWORDED)
    plain.ann.says(IDEA, "Post this idea")
    plain.looks()
    bea = plain.bea.page
    bea.get_by_role("link", name="Build on it").click()
    plain.bea.says(GROWN, "Post this idea")
    bea.goto(plain.table.phone_url)
    bea.locator("li", has_text=IDEA).get_by_role("link", name="Talk about it").first.click()
    bea.locator("[value=concern]").check()
    bea.locator("form[data-command] [name=text]").first.fill("Who pays for it?")
    presses(bea, "Say it")
    plain.looks()
    shown = plain.desk.locator(".idea", has=plain.desk.locator(".idea__text", has_text=IDEA))
    shown.locator(".menu summary").click()
    presses(plain.desk, "Put it on the screen", shown)
    screen = plain.table.page(PROJECTOR, java_script_enabled=False)
    screen.goto(plain.table.screen_url)
    expect(screen.locator(".st__one")).to_have_text(IDEA)


def _votes(plain: Plain) -> None:
    plain.moves_to("Vote")
    plain.ann.gives(2, IDEA)
    plain.ann.row(IDEA).locator(".vote__minus").click()
    plain.bea.gives(1, IDEA)
    plain.bea.gives(1, GROWN)
    presses(plain.bea.page, "I’m done")
    expect(plain.bea.page.get_by_role("button", name="Not done yet")).to_be_visible()
    _types_a_sheet_in(plain)
    plain.looks()
    expect(plain.desk.locator("[data-slot=voted]")).to_contain_text("1 on paper")


def _types_a_sheet_in(plain: Plain) -> None:
    desk = plain.desk
    desk.goto(f"{plain.table.control_url}/everybody")
    desk.locator("label.pill", has_text="Vot").click()
    presses(desk, "Make the sheets")
    code = (desk.locator(".ps__code strong").first.text_content() or "").strip()
    desk.goto(f"{plain.table.phone_url}/paper")
    desk.get_by_label("Letters on the sheet").fill(code)
    presses(desk, "Find this sheet")
    desk.locator("label.pill", has_text="Citizen").click()
    desk.get_by_label(IDEA).fill("3")
    presses(desk, "Save this sheet")


def _reveals(plain: Plain) -> None:
    desk = plain.desk
    presses(desk, "Close the vote")
    presses(desk, "Reveal, last place first")
    plain.looks()
    expect(plain.ann.page.locator("main")).not_to_contain_text("from 3 people")
    presses(desk, "Show the next place")
    plain.moves_to("Results")
    expect(plain.ann.page.locator("main")).to_contain_text("5 votes, from 3 people")
    expect(plain.ann.page.locator("main")).to_contain_text("2 by phone · 1 on paper")
    desk.goto(f"{plain.table.control_url}/results")
    presses(desk, "Send the top 2 to the backlog")
    expect(desk.get_by_role("link", name="In the backlog")).to_have_count(2)
    desk.goto(plain.table.control_url)


def _ends(plain: Plain) -> None:
    """A promise, the end, what became of it all, and then everything rubbed out."""
    plain.moves_to("Next steps")
    plain.ann.says("I will ring back", "Make this promise")
    plain.desk.get_by_text("End the workshop").click()
    presses(plain.desk, "End it for everybody")
    page = plain.ann.page
    page.goto(plain.table.phone_url)
    page.get_by_role("link", name="What I said").click()
    expect(said(page, IDEA)).to_contain_text("3 of 3 people voted for it")
    expect(said(page, IDEA)).to_contain_text("It went to the leaders")
    page.get_by_role("link", name="Rub out everything I said").click()
    page.get_by_label("Yes, rub out everything I said").check()
    presses(page, "Rub it all out")
    expect(page.get_by_text("Everything you said is rubbed out.")).to_be_visible()
    plain.bea.page.goto(f"{plain.table.phone_url}/mine")
    expect(plain.bea.page.locator("main")).not_to_contain_text(IDEA)
