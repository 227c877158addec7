"""The server dies and comes back: nobody loses a word or a vote, and none counts twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.journeys.people import DESK, Facilitator, Participant
from tests.journeys.table import Table

pytestmark = pytest.mark.browser

BACK = 30_000
"""Milliseconds within which a page has found its server again, tries and their spread included."""


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room at its problems, with three people and one problem."""
    with Table(browser, tmp_path, {"people": 3, "problems": 1, "ideas": 0}) as found:
        yield found


@pytest.fixture
def voting(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    """A room that votes on two ideas."""
    with Table(browser, tmp_path, {"people": 3, "ideas": 2, "step": "vote"}) as found:
        yield found


def is_online(page: Page) -> None:
    expect(page.locator("[data-net]")).to_have_text("All saved", timeout=BACK)
    expect(page.locator("[data-lost]").first).to_be_hidden()


def is_offline(page: Page) -> None:
    expect(page.locator("[data-net]")).to_contain_text("You’re offline", timeout=BACK)
    expect(page.locator("[data-lost]").first).to_be_visible()


def seen_at(page: Page) -> int:
    """How far down the window a person sees what they write, in whole pixels."""
    box = page.locator("form#say [name=text]").bounding_box()
    assert box is not None
    return round(box["y"])


def field(page: Page) -> str:
    return page.locator("form#say [name=text]").input_value()


def test_a_post_made_while_the_server_is_dead_arrives_once(table: Table) -> None:
    page = table.phone(table.told.people[0])
    ann = Participant(page, table.here.url)
    is_online(page)
    table.dies()
    is_offline(page)
    page.locator("form#say [name=text]").fill("I take three mornings off work.")
    page.get_by_role("button", name="Post this problem").click()
    expect(page.locator("[data-waiting]")).to_contain_text("three mornings")
    expect(page.locator("[data-net]")).to_contain_text("goes out later")
    page.locator("form#say [name=text]").fill("Half a sen")
    page.evaluate("window.scrollTo(0, 300)")
    before = seen_at(page)
    table.starts()
    is_online(page)
    expect(page.locator("[data-list=own]")).to_contain_text("three mornings")
    expect(page.locator("[data-waiting] li")).to_have_count(0)
    assert field(page) == "Half a sen"
    assert abs(seen_at(page) - before) <= 1  # half a pixel may be rounded either way
    ann.is_at("Problems")
    assert table.posted("problem") == ["I take three mornings off work.", "Problem 1"]
    page.reload()
    assert field(page) == "Half a sen"


def test_votes_given_while_the_server_is_dead_arrive_once(voting: Table) -> None:
    person, (first, second) = voting.told.people[0], voting.told.ideas
    page = voting.phone(person)
    ann = Participant(page, voting.here.url)
    is_online(page)
    ann.gives(1, "Idea 1")
    voting.dies()
    ann.row("Idea 1").locator(".vote__plus").click()
    ann.gives(2, "Idea 2")
    ann.row("Idea 2").locator(".vote__minus").click()
    is_offline(page)
    expect(page.locator("[data-votes-left]")).to_contain_text("2 of 5")
    voting.starts()
    is_online(page)
    assert voting.marks(person) == {first: 2, second: 1}
    expect(page.locator("[data-votes-left]")).to_contain_text("2 of 5")
    page.reload()
    expect(ann.row("Idea 1").locator("[data-mark-value]")).to_have_text("2")


def test_a_server_that_dies_at_the_very_tap_counts_it_once(voting: Table) -> None:
    person, first = voting.told.people[0], voting.told.ideas[0]
    page = voting.phone(person)
    ann = Participant(page, voting.here.url)
    is_online(page)
    for votes in (1, 2, 3):
        ann.row("Idea 1").locator(".vote__plus").click()
        voting.dies()
        voting.starts()
        is_online(page)
        assert voting.marks(person) == {first: votes}


def test_a_reload_without_a_server_keeps_what_was_typed_and_sent(table: Table) -> None:
    page = table.phone(table.told.people[0])
    is_online(page)
    table.dies()
    is_offline(page)
    page.locator("form#say [name=text]").fill("Nobody answers the phone.")
    page.get_by_role("button", name="Post this problem").click()
    expect(page.locator("[data-waiting]")).to_contain_text("Nobody answers")
    page.locator("form#say [name=text]").press_sequentially("And at night")
    expect(page.locator("form#say [name=text]")).to_have_value("And at night")
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.reload()
    table.starts()
    page.goto(table.phone_url)
    is_online(page)
    assert field(page) == "And at night"
    expect(page.locator("[data-list=own]")).to_contain_text("Nobody answers")
    assert table.posted("problem") == ["Nobody answers the phone.", "Problem 1"]


def test_a_double_tap_posts_once(table: Table) -> None:
    page = table.phone(table.told.people[0])
    is_online(page)
    page.locator("form#say [name=text]").fill("We wait for pills.")
    page.get_by_role("button", name="Post this problem").dblclick()
    expect(page.locator("[data-list=own]")).to_contain_text("We wait for pills.")
    is_online(page)
    assert table.posted("problem") == ["Problem 1", "We wait for pills."]


def test_two_tabs_of_one_person_agree(voting: Table) -> None:
    person = voting.told.people[0]
    page = voting.phone(person)
    other = page.context.new_page()
    other.goto(voting.phone_url)
    is_online(page)
    is_online(other)
    here, there = (Participant(tab, voting.here.url) for tab in (page, other))
    here.gives(2, "Idea 1")
    expect(there.row("Idea 1").locator("[data-mark-value]")).to_have_text("2")
    expect(other.locator("[data-votes-left]")).to_contain_text("3 of 5")
    there.gives(2, "Idea 2")
    expect(page.locator("[data-votes-left]")).to_contain_text("1 of 5")
    assert voting.marks(person) == dict.fromkeys(voting.told.ideas, 2)


def test_a_post_for_a_step_that_is_over_gets_its_sentence_and_its_words_back(table: Table) -> None:
    page = table.phone(table.told.people[0])
    is_online(page)
    table.dies()
    page.locator("form#say [name=text]").fill("We write four letters.")
    page.get_by_role("button", name="Post this problem").click()
    page.locator("form#say [name=text]").press_sequentially("And nobody re")
    table.told.moves_to("vote")
    table.starts()
    expect(page.locator(".ph__phase strong")).to_have_text("Vote", timeout=BACK)
    alert = page.get_by_role("alert").filter(has_text="The room has moved on.")
    expect(alert).to_contain_text("We write four letters.", timeout=BACK)
    expect(alert).to_contain_text("And nobody re", timeout=BACK)
    alert.get_by_role("button", name="Close").click()
    expect(alert).to_have_count(0)
    assert table.posted("problem") == ["Problem 1"]
    table.told.moves_to("problems")
    page.reload()
    expect(page.locator("form#say [name=text]")).to_have_value("And nobody re")


def test_words_half_written_when_the_room_moves_on_come_back_at_their_own_step(
    table: Table,
) -> None:
    page, desk = table.phone(table.told.people[0]), table.control(DESK)
    is_online(page)
    page.locator("form#say [name=text]").press_sequentially("And nobody re")
    Facilitator(desk, table.here.url).moves_to("Themes")
    Facilitator(desk, table.here.url).moves_to("Ideas")
    expect(page.get_by_role("alert")).to_contain_text("And nobody re")
    page.get_by_role("link", name="My idea answers none of these").click()
    expect(page.locator("form#say [name=text]")).to_have_value("")
    desk.get_by_role("button", name="Go back a step").click()
    page.goto(table.phone_url)
    page.locator("summary", has_text="Add a problem").click()
    expect(page.locator("form#say [name=text]")).to_have_value("And nobody re")
