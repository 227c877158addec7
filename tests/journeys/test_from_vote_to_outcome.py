"""One idea and its neighbours, from a vote that is still covered to an answer that all can read.

What other journeys click through is told here by the acts; the browsers do what this one is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import scrolls_sideways, violations
from tests.journeys.people import PHONE, Assessor, said
from tests.journeys.piloted import WORDS
from tests.journeys.road import Road
from tests.journeys.table import Table
from workshop.acts import assessors, decisions, guests, running, trials, voting

pytestmark = pytest.mark.browser

HARM = "Somebody could come to lasting harm. That has to be made safe first."
SAFER = "A nurse rings everybody the same day."
LEADER = "Harbour Transport"
REASON = "Every group wants it, and a nurse makes it safe."
TERMS = "The eye camera stays free on Fridays."
MIND = "If waits for eyes pass six weeks."
HAPPENED = "Eye checks waited nine weeks."
LEARNED = "One camera is too few."
BEARERS = ["partner", "organisation"]
CHANGED = "Send one letter, not three"

INSIDE = "one => one.scrollWidth <= one.clientWidth"
"""Whether a box holds all that stands in it."""


@pytest.fixture
def road(browser: Browser, tmp_path: Path) -> Iterator[Road]:
    """A room that is over, its votes counted and still covered."""
    with Table(browser, tmp_path, {"people": 13, "ideas": 3, "step": "vote"}) as table:
        told = table.told
        for number, person in enumerate(told.people):
            told.votes(person, told.ideas[0], 2)
            if number % 3:
                told.votes(person, told.ideas[number % 3], 1)
        opened = told.room().last_round
        assert opened is not None
        told.do(voting.move_round, round_id=opened.id, to="closed")
        told.do(running.finish)
        yield Road(table)


def is_fine(page: Page) -> None:
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_a_sealed_vote_ends_in_an_answer_that_its_author_reads(road: Road) -> None:
    _goes_to_the_backlog(road)
    items = road.items()
    first, second = items["Idea 1"], items["Idea 2"]
    leader = road.desk(road.ruth)
    _is_scored_and_made_safe(road, leader, first)
    _is_led_by_a_partner(road, leader, first)
    _fails_in_a_pilot(road, leader, second)
    road.staff_just_do(CHANGED)
    _is_answered(road, leader, first)
    _everybody_reads_it(road)


def _goes_to_the_backlog(road: Road) -> None:
    nadia = road.desk(road.told.facilitator)
    results = f"/workshops/{road.told.room().slug}/results"
    road.opens(nadia, results)
    expect(nadia.get_by_text("The latest vote is still covered")).to_be_visible()
    with nadia.expect_navigation():
        nadia.get_by_role("button", name="Reveal the counts").click()
    assert nadia.url.endswith(results)
    nadia.get_by_role("button", name="Send the top 3 to the backlog").click()
    expect(nadia.get_by_role("link", name="In the backlog")).to_have_count(3)
    is_fine(nadia)


def _is_scored_and_made_safe(road: Road, leader: Page, item: int) -> None:
    """Four people score it; the one on a phone sees a harm, and says what makes it smaller."""
    road.three_score(BEARERS)
    carer = {"name": "A carer", "standing": "citizen", "token": "a link", "lived": True}
    road.do(assessors.invite_assessor, **carer)
    phone = road.table.page(PHONE, has_touch=True)
    road.opens(phone, "/assess/a link")
    phone.get_by_role("link", name="See the ideas").click()
    phone.get_by_role("link", name=re.compile("Idea 1")).click()
    form = phone.url
    Assessor(phone).scores()
    phone.goto(form)
    _sees_harm(phone, 4)
    road.moves_scoring("alone", "talk")
    road.opens(leader, f"/backlog/{item}")
    expect(leader.locator(".gate-shut", has_text=HARM)).to_be_visible()
    expect(leader.get_by_role("heading", name="Why it’s here: Stop until fixed")).to_be_visible()
    bearers = leader.locator(".risks .bears", has_text="The organisation").first
    expect(bearers).to_contain_text("Partners")
    assert bearers.evaluate(INSIDE)
    is_fine(leader)
    road.moves_scoring("talk", "again")
    phone.goto(form)
    phone.locator("#risk-safeguarding").get_by_label("What would make it smaller?").fill(SAFER)
    _sees_harm(phone, 1)
    road.moves_scoring("again", "closed")
    leader.reload()
    expect(leader.get_by_text("4 people scored it")).to_be_visible()
    expect(leader.locator(".risks").get_by_text(SAFER)).to_be_visible()
    expect(leader.locator(".gate-shut", has_text=HARM)).to_have_count(0)


def _sees_harm(phone: Page, impact: int) -> None:
    """Say how bad it would be if somebody came to harm, and save."""
    how_bad = phone.locator("#risk-safeguarding fieldset:has(.seg)").nth(1)
    how_bad.locator("label.seg__o").nth(impact).click()
    phone.get_by_role("button", name="Save my scores").click()
    expect(phone.get_by_text("are saved.")).to_be_visible()


def _is_led_by_a_partner(road: Road, leader: Page, item: int) -> None:
    """The one gate that is left, that nobody owns it, opens when a partner leads it."""
    expect(leader.locator(".gate-shut")).to_have_text(re.compile("Nobody owns it yet."))
    road.do(guests.make_guest, kind="partner", name=LEADER, token="a partner")
    partner = road.table.page(PHONE)
    road.opens(partner, "/guest/a partner")
    idea = partner.locator("li.card", has_text="Idea 1")
    idea.get_by_text("We could lead this").click()
    idea.get_by_label("How would you do it?").fill("Our drivers know the people.")
    idea.get_by_role("button", name="Ask to lead it").click()
    expect(partner.get_by_text("Thank you. A leader answers you here.")).to_be_visible()
    is_fine(partner)
    road.opens(leader, f"/backlog/{item}/needs")
    leader.get_by_label("Why?").fill("They know everybody who needs a lift.")
    leader.get_by_role("button", name="Agree").click()
    road.opens(leader, f"/backlog/{item}")
    expect(leader.get_by_text("All gates are open")).to_be_visible()
    expect(leader.get_by_text(f"{LEADER} leads it")).to_be_visible()
    is_fine(leader)


def _fails_in_a_pilot(road: Road, leader: Page, item: int) -> None:
    days = {"begins_on": "2026-10-01", "ends_on": "2026-12-01"}
    road.do(trials.plan_trial, item_id=item, kind="pilot", **WORDS, **days)
    answer = {"answer": "yes", "reason": "It can be undone.", "account_id": road.ruth}
    road.do(decisions.decide, item_id=item, **answer)
    road.opens(leader, f"/backlog/{item}")
    leader.get_by_role("link", name="Tell what came of it").click()
    leader.get_by_role("radio", name="It didn’t work").check()
    leader.locator("[name=happened]").fill(HAPPENED)
    leader.locator("[name=learned]").fill(LEARNED)
    leader.get_by_role("button", name="Publish").click()
    expect(leader.locator(".tint--alert", has_text=LEARNED)).to_be_visible()


def _is_answered(road: Road, leader: Page, item: int) -> None:
    road.opens(leader, f"/backlog/{item}/answer")
    leader.get_by_role("radio", name="Yes, we’ll do it").check()
    for name, words in (("reason", REASON), ("conditions", TERMS), ("change_mind", MIND)):
        leader.locator(f"[name={name}]").fill(words)
    leader.get_by_role("button", name="Publish the answer").click()
    expect(leader.get_by_role("heading", name="Yes, we’ll do it")).to_be_visible()


def _everybody_reads_it(road: Road) -> None:
    """The author on their own page, and anybody on the public one; both on a phone."""
    mine = road.table.phone(road.told.people[0])
    road.opens(mine, f"/w/{road.told.room().slug}/mine")
    for words in ("Yes, we’ll do it", REASON, TERMS, MIND):
        expect(said(mine, "Idea 1")).to_contain_text(words)
    is_fine(mine)
    anybody = road.table.page(PHONE)
    road.opens(anybody, f"/changes/{road.told.room().slug}")
    for idea, told in (("Idea 1", (REASON, f"{LEADER} leads it")), ("Idea 2", (HAPPENED, LEARNED))):
        card = anybody.locator(".ysw", has_text=idea)
        for words in told:
            expect(card).to_contain_text(words)
    expect(anybody.locator(".ysw", has_text="Idea 2")).to_contain_text("It didn’t work")
    expect(anybody.get_by_text(CHANGED)).to_be_visible()
    is_fine(anybody)
