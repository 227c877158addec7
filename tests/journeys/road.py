"""A room whose vote is over, and what is told of it beside the browsers, at the server's time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.journeys.people import DESK
from tests.journeys.table import Table, remembers
from tests.revealed import risks, scores
from tests.story import facilitator
from workshop.acts import appraisals, assessments, assessors, just_do, programmes, scoring
from workshop.acts.stage import Change
from workshop.factory import server_clock
from workshop.reads.backlog import backlog


class Road:
    """The room, its told acts at the time that the server has too, and everybody's pages."""

    def __init__(self, table: Table) -> None:
        self.table, self.told = table, table.told
        self.ruth = facilitator(self.told.stage, "ruth@example.org", role="leader")

    def do(self, act: Callable[..., Change], **given: Any) -> dict[str, Any]:
        """An act in the room."""
        self.told.clock.now = server_clock()
        return self.told.do(act, **given).answer

    def desk(self, account: int) -> Page:
        """The desk of somebody who signs in."""
        page = self.table.page(DESK)
        remembers(page.context, self.table.here.url, account=account, epoch=0)
        return page

    def opens(self, page: Page, path: str) -> None:
        page.goto(f"{self.table.here.url}{path}")

    def items(self) -> dict[str, int]:
        """The numbers of the backlog's items, by their titles."""
        with self.table.store.read() as db:
            return {card.title: card.id for card in backlog(db, now=server_clock())}

    def moves_scoring(self, was: str, to: str) -> None:
        """Move the scoring on and work the numbers out."""
        self.do(scoring.move_scoring, was=was, to=to)
        appraisals.work_out(self.told.stage)

    def three_score(self, bearers: list[str]) -> None:
        """Three people score every item alone; `bearers` would bear each harm."""
        for standing in ("staff", "leader", "partner"):
            own = {"name": standing, "standing": standing, "token": f"link-{standing}"}
            number = self.do(assessors.invite_assessor, **own)["assessor"]
            feared = {key: {**risk, "bearers": bearers} for key, risk in risks().items()}
            for item in self.items().values():
                answer = {"scores": scores(), "risks": feared, "still": risks(3, 4)}
                self.do(assessments.assess, item_id=item, assessor_id=number, **answer)

    def staff_just_do(self, text: str) -> None:
        """Leaders set lines; a nurse makes a small change inside them and tells how it went."""
        own: dict[str, Any] = {"account_id": self.told.facilitator}
        stage, nurse = self.told.stage, self.told.people[1]
        made = stage.perform(programmes.make_programme, **own, title="Checks", service="Checks")
        number = made.answer["programme"]
        self.do(programmes.put_in_programme, **own, programme_id=number)
        lines: dict[str, Any] = {"kinds": ["words"], "money": 50, "days": 7, "people": 40}
        stage.perform(just_do.set_lines, account_id=self.ruth, programme_id=number, **lines)
        giver = {"seat_id": nurse.seat, "receipt": nurse.receipt, "guest_id": 0}
        inside = {"money": "yes", "days": "yes", "people": "yes", "harm": "no"}
        said_so = {"kind": "words", "text": text, "answers": inside}
        change = self.do(just_do.start_change, giver=giver, **said_so)["change"]
        came = {"outcome": "keep", "happened": "Eleven fewer calls in a week."}
        self.do(just_do.tell_change, giver=giver, change_id=change, **came)
