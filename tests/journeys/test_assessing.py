"""Four people score an idea in two rounds, one of them on a phone and without an account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import NARROWEST, scrolls_sideways, violations
from tests.journeys.people import DESK, PHONE, Assessor
from tests.journeys.table import Table, remembers
from tests.story import facilitator
from workshop.acts import backlog

pytestmark = pytest.mark.browser

PANEL = (("A carer", "Citizen", True, False), ("Podiatry lead", "Staff", False, True))
WHY = "I skipped the eyes last year because of the third morning off."


@pytest.fixture
def table(browser: Browser, tmp_path: Path) -> Iterator[Table]:
    with Table(browser, tmp_path, {"people": 3, "step": "vote"}) as found:
        found.told.votes(found.told.people[0], found.told.ideas[0], 1)
        found.told.reveals()
        opened = found.told.room().last_round
        assert opened is not None
        given = {"idea_id": found.told.ideas[0], "round_id": opened.id}
        found.told.do(backlog.promote, **given)
        yield found


def desk_of(table: Table, account: int) -> Page:
    """The desk of somebody who signs in."""
    page = table.page(DESK)
    remembers(page.context, table.here.url, account=account, epoch=0)
    return page


def fits(page: Page) -> None:
    """No axe violation, nothing wider than the narrowest window, and no reason cut off in it."""
    assert violations(page) == []
    size = page.viewport_size
    assert size
    page.set_viewport_size({**size, "width": NARROWEST})
    assert not scrolls_sideways(page)
    cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length"
    assert page.locator(".reasons li > *").evaluate_all(cut) == 0
    page.set_viewport_size(size)


def invites(leader: Page, table: Table) -> list[str]:
    """A personal link for each of `PANEL`."""
    links = []
    for name, standing, lived, frontline in PANEL:
        leader.goto(f"{table.here.url}/workshops/{table.told.room().slug}/assessors")
        leader.get_by_label("Name, or what they do").fill(name)
        leader.get_by_role("radio", name=standing).check()
        for wanted, label in ((lived, "lived through it"), (frontline, "with people every day")):
            if wanted:
                leader.get_by_label(label).check()
        leader.get_by_role("button", name="Make a personal link").click()
        links.append(leader.get_by_label("Personal link").input_value())
    return links


def moves(leader: Page, table: Table, name: str) -> None:
    leader.goto(f"{table.here.url}/workshops/{table.told.room().slug}/assessors")
    leader.get_by_role("button", name=name, exact=True).first.click()


def opens_the_idea(page: Page, table: Table) -> None:
    """Follow the list of ideas to the only one."""
    page.goto(f"{table.here.url}/assess/items")
    page.get_by_role("link", name=re.compile("Idea 1")).click()


def looks_at_the_item(leader: Page, table: Table) -> None:
    """The page of the only item of the backlog."""
    leader.goto(f"{table.here.url}/backlog")
    leader.get_by_role("link", name=re.compile("Idea 1")).first.click()


def says(page: Page, words: str) -> None:
    """Give a reason about the outcome, without a name."""
    page.locator("#q-outcome summary").click()
    page.locator("#q-outcome").get_by_label("Why do you see it your way?").fill(words)
    page.locator("#q-outcome").get_by_label("Say it without my name").check()
    page.locator("#q-outcome").get_by_role("button", name="Say it", exact=True).click()
    expect(page.get_by_text("Everybody on the panel can read it.")).to_be_visible()


def changes(page: Page, criterion: str, *values: str) -> None:
    """Change one range and save the form."""
    for part, value in zip(("low", "likely", "high"), values, strict=True):
        page.locator(f"#reward-{criterion} [data-part={part}]").fill(value)
    page.get_by_role("button", name="Save my scores").click()
    expect(page.get_by_text("are saved.")).to_be_visible()


def scores(page: Page, table: Table, why: str = "") -> None:
    """Fill in the form of the only idea and save it."""
    opens_the_idea(page, table)
    page.locator("#reward-outcome textarea").fill(why)
    Assessor(page).scores()
    expect(page.get_by_text("are saved.")).to_be_visible()


def test_four_people_score_alone_talk_and_score_again(table: Table) -> None:
    leader = desk_of(table, facilitator(table.told.stage, "ruth@example.org", role="leader"))
    nadia = desk_of(table, table.told.facilitator)
    carer, lead = table.page(PHONE, has_touch=True), table.page(DESK)
    for page, link in zip((carer, lead), invites(leader, table), strict=True):
        page.goto(f"{table.here.url}/assess/{link.rsplit('/', 1)[1]}")
        page.get_by_role("link", name="See the ideas").click()
    expect(leader.get_by_text("At least three people need to score this.")).to_be_visible()

    scores(carer, table, WHY)
    for page in (lead, leader, nadia):
        scores(page, table)

    looks_at_the_item(leader, table)
    # Nobody sees a number while the first round is open.
    expect(leader.get_by_text("4 people have scored it.")).to_be_visible()
    assert not re.search(r"\b72\b", leader.locator("main").inner_text())
    fits(leader)
    opens_the_idea(carer, table)
    fits(carer)
    changes(carer, "outcome", "5", "10", "15")
    moves(leader, table, "Close the first round and talk")
    opens_the_idea(carer, table)
    expect(carer.get_by_text("Talk about these first:")).to_be_visible()
    expect(carer.locator("#q-outcome")).to_contain_text(WHY)
    says(carer, "The bus does not come.")
    fits(carer)
    lead.goto(carer.url.split("#")[0])
    expect(lead.locator("#q-outcome")).to_contain_text("Without a name The bus does not come.")
    fits(lead)
    moves(leader, table, "Open the second round")
    opens_the_idea(carer, table)
    expect(carer.locator("#reward-outcome [data-part=likely]")).to_have_value("10")
    changes(carer, "outcome", "50", "60", "70")
    moves(leader, table, "Close scoring")
    fits(leader)
    looks_at_the_item(leader, table)
    expect(leader.get_by_text("4 people scored it")).to_be_visible()
    expect(leader.get_by_text("seed 482915")).to_be_visible()
    fits(leader)


def picks(page: Page, language: str) -> None:
    """Pick a language from the head of a page; the whole list stays in the window."""
    page.locator(".tongue summary").click()
    box, size = page.locator(".tongue__list").bounding_box(), page.viewport_size
    assert box
    assert size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    page.get_by_role("button", name=language, exact=True).click()


def test_a_carer_scores_in_arabic_on_a_phone(table: Table) -> None:
    leader = desk_of(table, facilitator(table.told.stage, "ruth@example.org", role="leader"))
    link = invites(leader, table)[0]
    carer = table.page(PHONE, has_touch=True, color_scheme="dark")
    carer.goto(f"{table.here.url}/assess/{link.rsplit('/', 1)[1]}")
    picks(carer, "العربية")
    expect(carer.get_by_role("link", name="شاهد الأفكار")).to_be_visible()
    fits(carer)
    opens_the_idea(carer, table)
    carer.locator("#reward-outcome textarea").fill(WHY)
    carer.locator("#reward-outcome [data-part=low]").fill("35")
    picks(carer, "اردو")
    expect(carer.locator("html[lang=ur][dir=rtl]")).to_have_count(1)
    expect(carer.locator("#reward-outcome textarea")).to_have_value(WHY)
    picks(carer, "العربية")
    expect(carer.locator("html[lang=ar][dir=rtl]")).to_have_count(1)
    low = carer.locator("#reward-outcome [data-part=low]")
    expect(low).to_have_value("35")
    low.press("Enter")
    # Enter sends the scores, although the languages stand before them on the page.
    expect(carer.get_by_role("alert")).to_be_visible()
    expect(carer.locator("html[lang=ar]")).to_have_count(1)
    fits(carer)
    Assessor(carer).scores("احفظ درجاتي")
    expect(carer.get_by_text("حُفظت درجاتك")).to_be_visible()
    fits(carer)
    moves(leader, table, "Close the first round and talk")
    opens_the_idea(carer, table)
    expect(carer.get_by_text("بين 60 و84").first).to_be_visible()
    fits(carer)


def test_the_form_is_filled_in_with_the_keyboard_alone(table: Table) -> None:
    page = desk_of(table, facilitator(table.told.stage, "ruth@example.org", role="leader"))
    page.goto(f"{table.here.url}/assess/items/1")
    savings = page.locator("#reward-savings")
    expect(savings.get_by_text("Money comes last.")).to_be_visible()
    expect(savings.locator("[data-part=low]")).to_be_disabled()
    page.locator("#reward-outcome [data-part=low]").focus()
    for value, presses in (("60", 3), ("70", 3), ("80", 1)):
        page.keyboard.type(value)
        for _ in range(presses):
            page.keyboard.press("Tab")
    likely = page.locator("#reward-outcome [data-part=likely]")
    expect(likely).to_have_value("70")
    expect(savings.locator("[data-part=low]")).to_be_enabled()
    page.locator("#risk-delivery input[type=radio]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#risk-delivery input[type=radio]").nth(1)).to_be_checked()


def test_a_leader_changes_what_ideas_are_measured_by(table: Table) -> None:
    page = desk_of(table, facilitator(table.told.stage, "ruth@example.org", role="leader"))
    page.goto(f"{table.here.url}/yardstick")
    fits(page)
    page.locator("[name=criterion_equity-label]").fill("Fairness, 100%")
    page.locator("[name=criterion_outcome-weigh]").fill("60")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("[name=criterion_equity-label]")).to_have_value("Fairness, 100%")
    page.locator("[name=why]").fill("The room asked for it.")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_text("Version 1")).to_be_visible()
    expect(page.get_by_text("The room asked for it.")).to_be_visible()
    page.goto(f"{table.here.url}/assess/items/1")
    expect(page.get_by_text("Fairness, 100%")).to_be_visible()
