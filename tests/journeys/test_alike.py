"""While somebody writes on a phone, what sounds like it stands below: to add to or send away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.people import DESK
from tests.journeys.table import Table
from workshop.reads import posts

pytestmark = pytest.mark.browser

BUS = "The last bus from the clinic goes at five"
MINE = "There is no bus from the clinic after five"
HEARD = "1 post sounds like yours. It stands below your words."


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    wishes = {"people": 3, "step": "problems", "problems": 0, "ideas": 0}
    with Table(browser, tmp_path, wishes) as found:
        yield found


def _types(page: Page, words: str) -> None:
    page.locator("#say [name=text]").press_sequentially(words)


def _listens(page: Page) -> None:
    """Write down everything that the polite voice says."""
    page.evaluate(
        "window.heard = []; new MutationObserver(() => {"
        " const said = document.getElementById('announce').textContent;"
        " if (said) window.heard.push(said); })"
        ".observe(document.getElementById('announce'), {childList: true, characterData: true})"
    )


def test_it_stands_below_the_words_moves_no_focus_and_is_said_once(table: Table) -> None:
    table.told.posts(table.told.people[0], "problem", BUS)
    page = table.phone(table.told.people[1])
    _listens(page)
    box = page.locator("[data-alike]")
    expect(box).to_be_hidden()
    _types(page, MINE)
    expect(box).to_be_visible()
    expect(box).to_contain_text(BUS)
    expect(page.locator("#say [name=text]")).to_be_focused()
    _types(page, ", and I finish at six")
    page.wait_for_timeout(1_500)
    assert page.evaluate("window.heard") == [HEARD]
    assert violations(page) == []
    assert not scrolls_sideways(page)
    # Nothing of it stops anybody, and what was posted is not asked about any more.
    page.get_by_role("button", name="Post this problem").click()
    expect(page.locator("[data-list=own]")).to_contain_text(MINE)
    expect(box).to_be_hidden()
    assert len(table.posted("problem")) == 2


def test_mine_is_different_stays_away_for_that_draft_alone_and_by_keyboard(table: Table) -> None:
    table.told.posts(table.told.people[0], "problem", BUS)
    page = table.phone(table.told.people[1])
    box, field = page.locator("[data-alike]"), page.locator("#say [name=text]")
    _types(page, MINE)
    expect(box).to_be_visible()
    away = box.get_by_role("button", name="Mine is different")
    for _ in range(6):
        page.keyboard.press("Tab")
        if away.evaluate("it => it === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(box).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value(MINE)
    _types(page, " at all")
    page.wait_for_timeout(1_500)
    expect(box).to_be_hidden()
    page.reload()
    expect(field).to_have_value(f"{MINE} at all")
    page.wait_for_timeout(1_500)
    expect(box).to_be_hidden()
    field.fill("")
    _types(page, MINE)
    expect(box).to_be_visible()


def test_a_problem_goes_into_the_card_with_every_word_that_was_typed(table: Table) -> None:
    bus = table.told.posts(table.told.people[0], "problem", BUS)
    page = table.phone(table.told.people[1])
    other = table.phone(table.told.people[2])
    _types(page, MINE)
    page.locator("[data-alike]").get_by_role("link", name="Add to it").click()
    expect(page.get_by_text("You’re adding to this problem")).to_be_visible()
    expect(page.locator("#say [name=text]")).to_have_value(MINE)
    expect(page.locator("#text-left")).to_have_text(f"{500 - len(MINE)} letters left")
    assert violations(page) == []
    page.get_by_role("button", name="Add mine to it").click()
    expect(page.locator("[data-list=own]")).to_contain_text("Part of one card with")
    expect(page.get_by_role("button", name="Post this problem")).to_be_visible()
    assert page.url == table.phone_url
    expect(page.locator("#say [name=text]")).to_have_value("")
    expect(other.locator(f"#post-{bus}")).to_contain_text("1 more post says this")
    with table.store.read() as db:
        cards = posts.board(db, table.told.workshop, {"problem"}, {"shown", "merged"})
    assert {card.text for card in cards} == {BUS, MINE}


def test_an_idea_goes_on_as_one_that_builds_on_the_other(table: Table) -> None:
    table.told.moves_to("ideas")
    table.told.posts(table.told.people[0], "idea", "A later bus from the clinic")
    page = table.phone(table.told.people[1])
    _types(page, "A later bus from our clinic at night")
    box = page.locator("[data-alike]")
    expect(box.get_by_role("link", name="Talk about it")).to_be_visible()
    assert violations(page) == []
    box.get_by_role("link", name="Add to it").click()
    expect(page.get_by_text("You’re building on this idea")).to_be_visible()
    expect(page.locator("#say [name=text]")).to_have_value("A later bus from our clinic at night")
    page.get_by_role("button", name="Post this idea").click()
    expect(page.locator("[data-list=ideas]")).to_contain_text(
        "Grew from: A later bus from the clinic"
    )


def test_what_is_hidden_while_somebody_reads_it_goes_at_once(table: Table) -> None:
    bus = table.told.posts(table.told.people[0], "problem", BUS)
    page, desk = table.phone(table.told.people[1]), table.control(DESK)
    _types(page, MINE)
    expect(page.locator("[data-alike]")).to_be_visible()
    desk.locator(f"#post-{bus} summary").first.click()
    desk.locator(f"#post-{bus}").get_by_role("button", name="Hide").first.click()
    expect(page.locator("[data-alike]")).to_be_hidden()
    expect(page.locator("#say [name=text]")).to_have_value(MINE)


@pytest.mark.parametrize(
    ("language", "there", "typed"),
    [
        ("ar", "آخر حافلة من العيادة تغادر في الخامسة", "لا توجد حافلة من العيادة بعد الخامسة"),
        ("en", "诊所离公交车站太远", "公交车站离诊所太远了"),
        ("en", "รอหมอนานเกินไปทุกครั้ง", "ทุกครั้งต้องรอหมอนาน"),
    ],
)
def test_other_scripts_are_found_and_fit_the_phone(
    table: Table, language: str, there: str, typed: str
) -> None:
    table.told.posts(table.told.people[0], "problem", there)
    page = table.phone(table.told.people[1])
    if language != "en":
        page.locator(".tongue summary").click()
        page.locator(f".tongue button[value={language}]").click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
    _types(page, typed)
    expect(page.locator("[data-alike]")).to_contain_text(there)
    assert not scrolls_sideways(page)
    assert violations(page) == []
