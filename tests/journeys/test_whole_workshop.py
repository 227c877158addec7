"""One whole workshop, from the join code to the published answer, on five real screens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import Listener
from tests.journeys.people import (
    DESK,
    PASSWORD,
    PHONE,
    PROJECTOR,
    Assessor,
    Facilitator,
    Participant,
    opens,
)
from tests.served import Served, served

pytestmark = pytest.mark.browser

CHECKS = "One yearly check-up: eyes, feet and bloods on the same day"
LETTERS = "One plain letter instead of four"


@pytest.mark.parametrize("engine", ["eventlet", "threading"])
def test_a_whole_workshop_on_five_screens(browser: Browser, tmp_path: Path, engine: str) -> None:
    with served(tmp_path, engine=engine) as here:
        screens = [opens(browser, size) for size in (DESK, PROJECTOR, PHONE, PHONE, DESK)]
        listeners = [Listener(screen, here.url) for screen in screens]
        nadia = Facilitator(screens[0], here.url)
        slug = _meet(here, nadia, screens[1:4])
        _decide(here, browser, nadia, Facilitator(screens[4], here.url), slug)
        assert [fault for heard in listeners for fault in heard.faults] == []
        assert [url for heard in listeners for url in heard.strangers] == []
        for screen in screens:
            screen.context.close()


@dataclass
class Room:
    """Everybody in the room, each at their own screen."""

    nadia: Facilitator
    projector: Page
    ann: Participant
    sam: Participant

    def moves_to(self, step: str) -> None:
        self.nadia.moves_to(step)
        for person in (self.ann, self.sam):
            person.is_at(step)


def _meet(here: Served, nadia: Facilitator, screens: list[Page]) -> str:
    """The meeting: people join, post, propose and vote; every screen follows at once."""
    nadia.sets_up(here.link("set up"))
    slug = nadia.makes_a_workshop()
    link = nadia.page.get_by_role("link", name="Projector").first.get_attribute("href")
    room = Room(
        nadia,
        screens[0],
        Participant(screens[1], here.url),
        Participant(screens[2], here.url),
    )
    room.projector.goto(f"{here.url}{link}")
    _welcome(room)
    _problems(room)
    _ideas(room)
    _vote(room)
    _results(room)
    room.moves_to("Next steps")
    room.ann.says("I will ask for one date.", "Make this promise")
    room.ann.page.get_by_role("link", name="What I said").click()
    expect(room.ann.page.locator("main")).to_contain_text("I will ask for one date.")
    return slug


def _welcome(room: Room) -> None:
    code = room.nadia.opens_the_doors()
    expect(room.projector.locator("body")).to_contain_text(code)
    room.ann.joins(code, "Citizen")
    room.sam.joins(code, "Staff")
    room.ann.keeps_the_code()
    room.sam.keeps_the_code()
    room.ann.says("I want to stop worrying about my eyes", "Post this answer")
    expect(room.sam.page.locator("[data-list=goals]")).to_contain_text("worrying")


def _problems(room: Room) -> None:
    room.moves_to("Problems")
    room.ann.says("I take three mornings off work.", "Post this problem")
    room.sam.says("We write four letters.", "Post this problem")
    expect(room.ann.page.locator("[data-list=problems]")).to_contain_text("four letters")
    expect(room.nadia.page.locator("main")).to_contain_text("2 problems")
    expect(room.projector.locator("main")).to_contain_text("four letters")
    room.moves_to("Themes")


def _ideas(room: Room) -> None:
    room.moves_to("Ideas")
    room.ann.picks_the_problem("I take three mornings")
    room.ann.says(CHECKS, "Post this idea")
    room.sam.picks_the_problem("We write four letters")
    room.sam.says(LETTERS, "Post this idea")


def _vote(room: Room) -> None:
    room.moves_to("Vote")
    room.ann.gives(3, CHECKS)
    room.ann.gives(1, LETTERS)
    room.sam.gives(2, CHECKS)
    room.ann.page.get_by_role("button", name="I’m done").click()
    expect(room.ann.page.get_by_role("button", name="Not done yet")).to_be_visible()
    expect(room.nadia.page.locator("[data-slot=voted]")).to_contain_text("2 of 2")
    for screen in (room.projector, room.nadia.page, room.sam.page):
        assert "from 2 people" not in (screen.locator("main").text_content() or "")


def _results(room: Room) -> None:
    page = room.nadia.page
    page.get_by_role("button", name="Close the vote").click()
    page.get_by_role("button", name=re.compile("Reveal the counts")).click()
    page.get_by_role("link", name=re.compile("See the results")).first.wait_for()
    room.moves_to("Results")
    expect(room.projector.locator("main")).to_contain_text(CHECKS)
    expect(room.ann.page.locator("main")).to_contain_text("5 votes, from 2 people")


def _decide(
    here: Served, browser: Browser, nadia: Facilitator, ruth: Facilitator, slug: str
) -> None:
    """Afterwards: the ideas are promoted, scored by two people, answered and published."""
    nadia.page.goto(f"{here.url}/workshops/{slug}/results")
    nadia.page.get_by_role("button", name=re.compile("Send the top")).click()
    nadia.page.goto(f"{here.url}/people")
    nadia.page.get_by_label("Leader").check()
    nadia.page.get_by_role("button", name=re.compile("link", re.IGNORECASE)).first.click()
    ruth.page.goto(_shown_link(nadia, "/invitation/"))
    ruth.page.get_by_label("Your name").fill("Ruth Adeyemi")
    ruth.page.get_by_label("Work email").fill("ruth@example.org")
    ruth.page.get_by_label("Password").fill(PASSWORD)
    ruth.page.get_by_role("button", name="Make my account").click()

    for person in (ruth, nadia):
        person.page.goto(f"{here.url}/assess/items")
        person.page.get_by_role("link", name=re.compile("yearly check-up")).first.click()
        Assessor(person.page).scores()

    ruth.page.goto(f"{here.url}/backlog")
    expect(ruth.page.locator("main")).to_contain_text(CHECKS)
    every = ruth.page.get_by_role("table", name="Ideas by kind of advice")
    every.get_by_role("link", name=re.compile("yearly check-up")).click()
    ruth.page.get_by_role("link", name="Give an answer").click()
    ruth.page.locator("[name=answer][value=test]").check()
    ruth.page.locator("[name=reason]").fill("People want it and two surgeries can start.")
    ruth.page.get_by_role("button", name="Publish the answer").click()
    expect(ruth.page.locator("main")).to_contain_text("two surgeries can start")

    public = opens(browser, PHONE)
    public.goto(f"{here.url}/changes/{slug}")
    expect(public.locator("main")).to_contain_text("two surgeries can start")
    public.context.close()


def _shown_link(person: Facilitator, part: str) -> str:
    found = re.search(rf"https?://[^\s\"<]+{part}[\w-]+", person.page.content())
    assert found
    return found[0]
