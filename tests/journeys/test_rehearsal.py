"""The rehearsal button, pressed in a real browser at a real server that sends real stand-ins."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from tests.acts.test_erasing import _tables
from tests.journeys.looking import COLOURS, NARROWEST, Listener, scrolls_sideways, violations
from tests.journeys.people import DESK, PROJECTOR, opens
from tests.journeys.table import remembers
from tests.served import Served, free_port, served
from tests.story import Story, story
from tests.tables import migrated
from workshop.acts.rehearsals import wipe_left_over
from workshop.acts.stage import Stage
from workshop.factory import server_clock
from workshop.rules.rehearsals import SILENT_MS
from workshop.storage.models import Moment, Post, Seat, Workshop
from workshop.storage.store import Store

pytestmark = pytest.mark.browser

PLAYED_MS = 150_000
"""A rehearsal of twenty seconds on a machine that is busy with other things."""


class Hall:
    """A workshop at a server that phones of one network reach, and its facilitator’s browser."""

    def __init__(self, browser: Browser, store: Store, told: Story, here: Served) -> None:
        self.browser, self.store, self.told, self.here = browser, store, told, here
        self.before = self.rows()

    def desk(self, **options: bool) -> Page:
        page = opens(self.browser, DESK, **options)
        remembers(page.context, self.here.url, account=self.told.facilitator, epoch=0)
        page.goto(f"{self.here.url}/workshops/{self.told.room().slug}/plan")
        page.get_by_role("link", name="Rehearse the room").click()
        return page

    def rows(self) -> list[int]:
        """How much there is of what a rehearsal makes."""
        with self.store.read() as db:
            tables = (Workshop, Seat, Post, Moment)
            return [db.scalar(select(func.count()).select_from(one)) or 0 for one in tables]

    def is_wiped(self) -> None:
        _until(lambda: self.rows() == self.before)
        assert "Stand-in" not in _tables(self.store)

    def stand_ins(self) -> list[int]:
        """The child processes of the server."""
        return [pid for pid, parent in _parents() if parent == self.here.process.pid]


def _parents() -> Iterator[tuple[int, int]]:
    """Every process and the one that started it: field 4 of proc_pid_stat(5)."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            columns = (folder / "stat").read_text().rpartition(")")[2].split()
            yield int(folder.name), int(columns[1])


@contextmanager
def hall(browser: Browser, folder: Path, engine: str = "eventlet") -> Iterator[Hall]:
    database, port = migrated(folder / "longtable.sqlite3"), free_port()
    store = Store(database, gather=0)
    told = story(store, people=2, step="welcome", template="hour")
    # An address that only this network knows, and that this machine need not reach itself.
    more = {"LONGTABLE_PUBLIC_URL": f"http://table.local:{port}"}
    with served(folder, engine=engine, database=database, port=port, more=more) as here:
        yield Hall(browser, store, told, here)
    store.close()


def starts(page: Page) -> None:
    page.get_by_label("How many people").fill("12")
    page.get_by_label("20 seconds").check()
    page.get_by_role("button", name="Start the rehearsal").click()
    expect(page.get_by_role("heading", name="The rehearsal is going on")).to_be_visible()


def figure(page: Page, name: str) -> str:
    found = page.locator(".reh__figures div", has_text=name).locator("dd")
    return (found.text_content() or "").strip()


def is_ready(page: Page) -> None:
    """The verdict, but for what a machine that is busy with other tests is blamed for."""
    for fault in page.locator(".reh__one--fix").all_text_contents():
        assert "slow" in fault
    if not page.locator(".reh__one--fix").count():
        expect(page.locator("#verdict")).to_contain_text("Ready")


def looks_right(page: Page) -> None:
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    assert violations(page, COLOURS) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROWEST, "height": 900})
    assert not scrolls_sideways(page)
    page.set_viewport_size(DESK)


@pytest.mark.parametrize("engine", ["eventlet", "threading"])
def test_the_room_is_ready_and_the_copy_is_gone(
    browser: Browser, tmp_path: Path, engine: str
) -> None:
    with hall(browser, tmp_path, engine) as here:
        page = here.desk()
        heard = Listener(page, here.here.url)
        looks_right(page)
        starts(page)
        screen = opens(browser, PROJECTOR)
        link = page.get_by_role("link", name="Open the projector").get_attribute("href")
        screen.goto(f"{here.here.url}{link}")
        expect(screen.locator("main")).to_contain_text("Rehearsal: Living well with diabetes")
        expect(page.locator(".reh__seen")).to_be_visible()
        looks_right(page)
        expect(page.locator(".reh__found")).to_be_visible(timeout=PLAYED_MS)
        is_ready(page)
        assert figure(page, "People in the room") == "12 of 12"
        assert int(figure(page, "Posts")) >= 12
        assert int(figure(page, "Votes")) >= 12
        assert re.fullmatch(r"[\d.]+ m?s", figure(page, "A tap is answered in"))
        assert figure(page, "Lost or counted twice") == "0"
        expect(page.locator(".reh__one--look")).to_have_count(1)
        expect(page.locator(".reh__one--look")).to_contain_text("works in one network only")
        verdict = (page.locator("#verdict").text_content() or "").strip()
        expect(page.locator("#announce")).to_contain_text(verdict)
        looks_right(page)
        assert heard.faults == []
        expect(screen.locator("main")).to_have_text(re.compile("This rehearsal is over."))
        here.is_wiped()
        assert here.stand_ins() == []
        screen.context.close()
        page.context.close()


def test_without_javascript_the_page_is_looked_at_again_and_a_stop_ends_it(
    browser: Browser, tmp_path: Path
) -> None:
    with hall(browser, tmp_path) as here:
        page = here.desk(java_script_enabled=False)
        starts(page)
        page.get_by_role("link", name="Look again").click()
        page.get_by_role("button", name="Stop it").click()
        _until(lambda: here.stand_ins() == [])
        _until(lambda: here.rows() == here.before)
        page.reload()
        is_ready(page)
        expect(page.locator(".reh__found")).to_contain_text("You stopped the rehearsal early")
        here.is_wiped()
        page.context.close()


def test_stand_ins_that_are_killed_leave_no_room_and_the_page_says_so(
    browser: Browser, tmp_path: Path
) -> None:
    with hall(browser, tmp_path) as here:
        page = here.desk()
        starts(page)
        expect(page.locator(".reh__figures dd").first).not_to_have_text("0 of 12")
        (child,) = here.stand_ins()
        os.kill(child, signal.SIGKILL)
        expect(page.locator("#verdict")).to_contain_text("1 thing to fix first")
        expect(page.locator(".reh__one--fix")).to_contain_text("The rehearsal stopped half way.")
        here.is_wiped()
        page.context.close()


def test_a_server_that_is_killed_takes_its_stand_ins_along_and_a_sweep_wipes_the_rest(
    browser: Browser, tmp_path: Path
) -> None:
    with hall(browser, tmp_path) as here:
        page = here.desk()
        starts(page)
        expect(page.locator(".reh__figures dd").first).not_to_have_text("0 of 12")
        (child,) = here.stand_ins()
        here.here.process.kill()
        here.here.process.wait()
        _until(lambda: not Path(f"/proc/{child}").exists() or _is_dead(child))
        assert here.rows() != here.before
        stage = Stage(here.store, lambda: server_clock() + SILENT_MS)
        assert wipe_left_over(stage) == 1
        here.is_wiped()
        page.context.close()


def _is_dead(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def _until(holds: object) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if callable(holds) and holds():
            return
        time.sleep(0.05)
    pytest.fail("it never came about")
