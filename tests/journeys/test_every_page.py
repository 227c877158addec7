"""Every page, in every state that changes it, is accessible, narrow enough and keeps to itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize
from playwright.sync_api import Error as PlaywrightError
from werkzeug.exceptions import HTTPException

from tests.journeys.looking import COLOURS, NARROWEST, Listener, scrolls_sideways, violations
from tests.journeys.people import DESK, PHONE, PROJECTOR, opens
from tests.journeys.piloted import GUEST, LEADING, TEAM
from tests.journeys.rooms import ASSESSOR, Rooms, rooms_in
from tests.journeys.table import remembers
from tests.journeys.visits import NOT_PAGES, Visit, visits
from tests.served import SECRET_KEY, Served, served
from workshop.factory import create_app
from workshop.settings import Settings

pytestmark = pytest.mark.browser

SIZES = {"participant": PHONE, "helper": PHONE, "new helper": PHONE, "projector": PROJECTOR}
SEND = """([address, fields]) => {
  const form = document.createElement("form");
  Object.assign(form, {method: "post", action: address});
  const token = document.querySelector("[name=csrf_token]");
  for (const [name, value] of [["csrf_token", token?.value ?? ""], ...fields]) {
    form.append(Object.assign(document.createElement("input"), {name, value}));
  }
  document.body.append(form);
  form.submit();
}"""
"""A form as a page without JavaScript sends it."""

FIXED = "Boolean(document.documentElement.dataset.theme)"
"""Whether a page has its own colours by day and by night, as the projector has."""

NUMBER = re.compile(r"(?<=[/=])\d+(?![\w-])")

HEIGHT = "document.documentElement.scrollHeight"
LINKS = """[...document.querySelectorAll('a[href]:not([href^="#"])')].map(
  (link) => new URL(link.getAttribute("href"), location).href)"""
"""Where a page leads; a link inside the page leads nowhere else."""

ITS_OWN_STATUS = "Failed to load resource: the server responded with a status of"
"""What Chromium's console says about any page that is a polite no."""


class People:
    """A browser for everybody on the list, opened once, its cookies already in it."""

    def __init__(self, browser: Browser, here: Served, told: Rooms) -> None:
        self._browser, self.url = browser, here.url
        self._kept = _kept(told)
        self._pages: dict[str, Page] = {}
        self.heard: dict[str, Listener] = {}
        self.links: dict[str, set[str]] = defaultdict(set)

    def page_of(self, who: str) -> Page:
        """The one page of this person."""
        if who not in self._pages:
            page = opens(self._browser, SIZES.get(who, DESK))
            if who in self._kept:
                remembers(page.context, self.url, **self._kept[who])
            self._pages[who] = page
            self.heard[who] = Listener(page, self.url)
        return self._pages[who]

    def broken_links(self) -> list[str]:
        """The links of all pages that were seen which lead whoever saw them nowhere."""
        return [
            f"{who} finds a link to {link}"
            for who, links in self.links.items()
            for link in _ends_of_each_kind(links)
            if self._pages[who].context.request.get(link).status >= HTTPStatus.BAD_REQUEST
        ]

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()


def _ends_of_each_kind(links: set[str]) -> Iterator[str]:
    """The first and the last of those links that differ in a number alone.

    They are of one page for many posts, seats or items of the same room: a thousand in all.
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (len(link), link)):
        kinds[NUMBER.sub("#", link)].append(link)
    for alike in kinds.values():
        yield from {alike[0], alike[-1]}


def _kept(told: Rooms) -> dict[str, dict[str, object]]:
    """What each person's cookie holds."""
    seats = {told.rooms[name].slug: receipt for name, receipt in told.seats.items()}
    accounts = {
        role: {"account": getattr(told, role), "epoch": 0}
        for role in ("facilitator", "leader", "administrator")
    }
    helper = {
        "helpers": {told.rooms[name].slug: told.rooms[name].helper_token for name in told.helped},
        "helped": {told.rooms[name].slug: people for name, people in told.helped.items()},
        "seats": {told.rooms[name].slug: people[0] for name, people in told.helped.items()},
    }
    seated: dict[str, dict[str, object]] = {"participant": {"seats": seats}, "helper": helper}
    return {
        **seated,
        "assessor": {"assessor": ASSESSOR},
        "guest": {"guest": GUEST},
        "team": {"guest": TEAM},
        "leading partner": {"guest": LEADING},
        **accounts,
    }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    """Rooms at every step."""
    return rooms_in(tmp_path_factory.mktemp("rooms"))


@pytest.fixture(scope="module")
def app(told: Rooms) -> Flask:
    """The same product, to read its list of addresses and to sign cookies."""
    return create_app(
        Settings(database_url=told.database, secret_key=SECRET_KEY, engine="threading")
    )


@pytest.fixture(scope="module")
def people(
    browser: Browser, told: Rooms, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[People]:
    """Everybody at a running server."""
    with served(tmp_path_factory.mktemp("server"), database=told.database) as here:
        found = People(browser, here, told)
        yield found
        found.close()


def _endpoint(app: Flask, path: str) -> str:
    address = app.url_map.bind("127.0.0.1")
    try:
        return str(address.match(path.partition("?")[0], method="GET")[0])
    except HTTPException:
        return ""


def test_the_list_knows_every_page(app: Flask, told: Rooms) -> None:
    visited = {_endpoint(app, visit.path) for visit in visits(told)}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - visited == set(NOT_PAGES)


def test_every_page_holds_to_the_promises(people: People, told: Rooms) -> None:
    found = [f"{visit.name}: {fault}" for visit in visits(told) for fault in _seen(people, visit)]
    found += people.broken_links()
    # Said in full: a list is cut short where it is compared.
    assert not found, f"{len(found)} faults:\n" + "\n".join(found)


def _seen(people: People, visit: Visit) -> list[str]:
    """What is wrong with one page; one that cannot be looked at is a fault and ends no walk.

    A page that comes anew by itself under the look, as when its numbers are ready, gets a second.
    """
    for again in (True, False):
        try:
            return list(_look(people, visit))
        except PlaywrightError as error:
            if not again:
                return [f"could not be looked at: {error.message}"]
    return []


def _look(people: People, visit: Visit) -> Iterator[str]:
    """What is wrong with one page, in light and in dark, and at its narrowest."""
    page = people.page_of(visit.who)
    heard = people.heard[visit.who]
    status = _go(page, people.url, visit)
    if status != visit.status:
        yield f"answered {status}"
    people.links[visit.who] |= set(page.evaluate(LINKS))
    # In a window as tall as the page nothing lies under what sticks to its edge: there axe would
    # measure whatever part of a button the dock happens to leave free.
    window = _window(visit)
    page.set_viewport_size({**window, "height": max(window["height"], page.evaluate(HEIGHT))})
    yield from violations(page)
    if not page.evaluate(FIXED):
        page.emulate_media(color_scheme="dark")
        # A colour on its way from light to dark is neither.
        page.evaluate("document.getAnimations().forEach((one) => one.finish())")
        yield from (f"in dark {fault}" for fault in violations(page, COLOURS))
    page.set_viewport_size({"width": NARROWEST, "height": DESK["height"]})
    if scrolls_sideways(page):
        yield f"scrolls sideways at {NARROWEST} px"
    yield from (one for one in heard.faults if not one.startswith(ITS_OWN_STATUS))
    yield from heard.strangers
    heard.faults.clear()
    heard.strangers.clear()


def _window(visit: Visit) -> ViewportSize:
    return SIZES.get(visit.who, DESK)


def _go(page: Page, url: str, visit: Visit) -> int:
    """Open the page, and send its form where the visit says so; the status of what came."""
    page.set_viewport_size(_window(visit))
    page.emulate_media(color_scheme="light")
    answer = page.goto(f"{url}{visit.path}")
    if visit.sends:
        with page.expect_navigation() as sent:
            page.evaluate(SEND, [visit.sends, visit.fields])
        answer = sent.value
    assert answer is not None
    return answer.status
