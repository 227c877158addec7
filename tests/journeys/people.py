"""What each person does in a journey, said once: the pages are found by the words on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
PASSWORD = "four plain words here"


def opens(browser: Browser, size: ViewportSize, **options: Any) -> Page:
    """A page of somebody's own, with a browser of their own."""
    context = browser.new_context(viewport=size, reduced_motion="reduce", **options)
    page = context.new_page()
    page.set_default_timeout(30_000)
    return page


def said(page: Page, words: str) -> Locator:
    """What became of one thing, on the page "What I said"; `words` are its own, not its trail's."""
    return page.locator(".rec__i", has=page.locator(".rec__q", has_text=words))


@dataclass
class Facilitator:
    """Runs the room from a laptop."""

    page: Page
    url: str

    def sets_up(self, link: str) -> None:
        """Make the first account with the one-time link that the server printed."""
        self.page.goto(link)
        self.page.get_by_label("Your name").fill("Nadia Farah")
        self.page.get_by_label("Work email").fill("nadia@example.org")
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Make my account").click()

    def signs_in(self, email: str, password: str) -> None:
        self.page.goto(f"{self.url}/sign-in")
        self.page.get_by_label("Work email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()

    def makes_a_workshop(self, template: str = "One hour") -> str:
        """Make one from a template and return its name in addresses."""
        page = self.page
        page.goto(f"{self.url}/workshops/new")
        page.locator("label.tpl", has_text=template).click()
        page.locator("[name=goal]").fill("Nobody loses sight or a foot to a missed check.")
        page.locator("[name=better_for]").fill("People who work shifts")
        page.locator("[name=service]").fill("Diabetes checks")
        page.locator("[name=title]").fill("Living well with diabetes")
        page.get_by_role("button", name="Make it", exact=True).click()
        page.get_by_role("button", name="Open the doors").wait_for()
        found = re.search(r"/workshops/(\w+)/plan", page.url)
        assert found
        return found[1]

    def opens_the_doors(self) -> str:
        """Start, and return the join code that the room can see."""
        self.page.get_by_role("button", name="Open the doors").click()
        code = self.page.locator(".bar__code strong")
        code.wait_for()
        return (code.text_content() or "").strip()

    def moves_to(self, step: str) -> None:
        self.page.get_by_role("button", name=re.compile(f"Next: {step}")).click()
        expect(self.page.locator(".bar__t")).to_contain_text(step)


@dataclass
class Participant:
    """Takes part from a phone."""

    page: Page
    url: str

    def joins(self, code: str, group: str) -> None:
        self.page.goto(self.url)
        self.page.get_by_label("Your workshop code").fill(code)
        self.page.get_by_role("button", name="Join the workshop").click()
        self.page.locator("label", has_text=group).first.click()
        self.page.get_by_role("button", name="Take my seat").click()
        self.page.locator(".resume").wait_for()

    def keeps_the_code(self) -> str:
        code = (self.page.locator(".resume").text_content() or "").strip()
        self.page.get_by_role("button", name="I’ve got it").click()
        expect(self.page.locator(".resume")).to_have_count(0)
        return code

    def is_at(self, phase: str) -> None:
        expect(self.page.locator(".ph__phase strong")).to_have_text(phase)

    def says(self, text: str, button: str) -> None:
        self.page.locator("form#say [name=text]").fill(text)
        self.page.get_by_role("button", name=button).click()
        expect(self.page.locator("[data-list=own]")).to_contain_text(text)

    def picks_the_problem(self, text: str) -> None:
        card = self.page.locator("li.pickable", has_text=text)
        card.get_by_role("link", name="Answer this").click()
        self.page.locator("form#say [name=text]").wait_for()

    def gives(self, votes: int, idea: str) -> None:
        row = self.row(idea)
        for _ in range(votes):
            row.locator(".vote__plus").click()
        expect(row.locator("[data-mark-value]")).to_have_text(str(votes))

    def row(self, idea: str) -> Locator:
        """An idea on the ballot."""
        heading = self.page.get_by_role("heading", name=idea)
        return self.page.locator("li.vote").filter(has=heading)


@dataclass
class Assessor:
    """Scores an idea: everything in the middle, low risks, and one sentence why."""

    page: Page

    def scores(self, save: str = "Save my scores") -> None:
        """`save` is what the button says in the language of the page."""
        page = self.page
        standing = page.locator("fieldset:has(input[name=standing]) label.pill")
        if standing.count():
            standing.first.click()
        for criterion in page.locator("[data-score]").all():
            if "savings" in (criterion.get_attribute("id") or ""):
                continue
            for part, value in (("low", "60"), ("likely", "72"), ("high", "84")):
                criterion.locator(f"[data-part={part}]").fill(value)
        for question in page.locator("section[id^=risk-], section[id^=still-]").all():
            for fieldset in question.locator("fieldset:has(.seg)").all():
                fieldset.locator("label.seg__o").nth(1).click()
            question.locator("label.pill").first.click()
        page.get_by_role("button", name=save).click()
        page.wait_for_load_state()
