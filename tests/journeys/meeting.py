"""A meeting of nine people on every kind of screen, and what its votes must add up to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import DESK, PROJECTOR, Participant
from tests.journeys.table import Table, remembers
from tests.journeys.wires import Wires
from tests.story import facilitator

CHECKS: Final = "One yearly check-up: eyes, feet and bloods on one day"
TEXT: Final = "Send everybody a text the day before"
LETTERS: Final = "One plain letter instead of four"
VAN: Final = "A van that brings the checks to the market"
PLAIN: Final = "Write just one letter that is plain"

#: Who gives how many votes to what: on phones, at the helper's device, and on a sheet of paper.
ON_PHONES: Final = {
    "Ann": {CHECKS: 3, LETTERS: 1},
    "Bea": {CHECKS: 2},
    "Sam": {LETTERS: 3},
    "Raj": {CHECKS: 1, TEXT: 1},
}
WITH_A_HELPER: Final = {"Rosa": {VAN: 3}, "Ola": {CHECKS: 1}, "Tom": {LETTERS: 2}, "Ines": {VAN: 1}}
ON_PAPER: Final = {CHECKS: 2, TEXT: 1}
GROUPS: Final = {
    "Ann": "Citizen",
    "Bea": "Citizen",
    "Sam": "Staff",
    "Raj": "Partner",
    "Rosa": "Citizen",
    "Ola": "Staff",
    "Tom": "Partner",
    "Ines": "Citizen",
}


def ballots() -> list[dict[str, int]]:
    """Everything that was cast, one person after the other."""
    return [*ON_PHONES.values(), *WITH_A_HELPER.values(), ON_PAPER]


def outcome() -> dict[str, tuple[int, int]]:
    """Each idea's votes and how many people gave them, in the order of their places."""
    given = {
        idea: [ballot[idea] for ballot in ballots() if idea in ballot]
        for idea in (CHECKS, LETTERS, VAN, TEXT)
    }
    return {idea: (sum(votes), len(votes)) for idea, votes in given.items()}


@dataclass
class Meeting:
    """Everybody at their own screen: two who run the room, four phones, a helper, the projector.

    `slip` is the code that was torn off the sheet of paper, `picture` where Ann's picture is.
    """

    table: Table
    nadia: Page
    olu: Page
    screen: Page
    phones: dict[str, Participant]
    lines: dict[str, Wires]
    device: Page | None = None
    slip: str = ""
    picture: str = ""

    @property
    def helper(self) -> Page:
        assert self.device is not None
        return self.device

    def is_at(self, step: str) -> None:
        """Every screen has followed."""
        for page in (self.nadia, self.olu):
            expect(page.locator(".bar__t")).to_contain_text(step)
        for person in (*self.phones.values(), Participant(self.helper, "")):
            person.is_at(step)

    @contextmanager
    def drops(self, name: str) -> Iterator[Participant]:
        """This phone loses its signal for a while."""
        self.lines[name].cuts()
        try:
            yield self.phones[name]
        finally:
            self.lines[name].mends()


def gathers(table: Table) -> Meeting:
    """Who runs the room signs in; nobody else has come yet."""
    olu = facilitator(table.told.stage, "olu@example.org")
    beside = table.page(DESK)
    remembers(beside.context, table.here.url, account=olu, epoch=0)
    screen = table.page(PROJECTOR)
    screen.goto(table.screen_url)
    return Meeting(table, table.control(DESK), beside, screen, {}, {})


def presses(page: Page, name: str, within: Locator | None = None) -> None:
    (within or page).get_by_role("button", name=name).first.click()
