"""A leader works the list by keys: searching, walking its rows, and changing two at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import DESK
from tests.journeys.table import Table, remembers
from tests.story import facilitator
from workshop.acts.backlog import promote
from workshop.reads.backlog import backlog

pytestmark = pytest.mark.browser


def test_two_ideas_are_found_chosen_and_given_an_owner(browser: Browser, tmp_path: Path) -> None:
    wishes = {"people": 3, "ideas": 3, "step": "vote"}
    with Table(browser, tmp_path, wishes) as table:
        told = table.told
        told.reveals()
        opened = told.room().last_round
        assert opened is not None
        for idea in told.ideas:
            told.do(promote, idea_id=idea, round_id=opened.id)
        page = table.page(DESK)
        leader = facilitator(told.stage, "ruth@example.org", "leader")
        remembers(page.context, table.here.url, account=leader, epoch=0)
        page.goto(f"{table.here.url}/backlog")
        keys = page.keyboard
        keys.press("?")
        expect(page.locator("#keys")).to_be_visible()
        keys.press("Escape")
        keys.press("/")
        expect(page.locator("#q")).to_be_focused()
        keys.type("jkx idea")
        expect(page.locator("#q")).to_have_value("jkx idea")
        page.locator("#q").fill("IDEA")
        keys.press("Enter")
        expect(page.get_by_text("3 ideas with “IDEA”.")).to_be_visible()
        for key in ("j", "x", "ArrowDown", "ArrowDown", "x", "k", "x", "x"):
            keys.press(key)
        expect(page.locator("[data-chosen]")).to_have_text("2 chosen")
        page.get_by_text("Change several at once").click()
        page.get_by_label("Who owns them?").fill("Tomasz")
        page.get_by_role("button", name="Set the owner").click()
        expect(page.get_by_text("Changed 2 ideas.")).to_be_visible()
        with table.store.read() as db:
            owners = [card.owner for card in backlog(db, now=told.clock())]
        assert sorted(owners) == ["", "Tomasz", "Tomasz"]
