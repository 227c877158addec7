"""The door of the room machine: does what was drawn in the product, and asks the judge about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import event

from tests.acts.hosting import HOST, Sent, Words
from tests.acts.judge import Judge
from tests.acts.oracle import Room, Step
from tests.acts.witness import Witness
from tests.story import Clock, facilitator
from tests.tables import laid
from workshop.acts import running, seats, steps, workshops
from workshop.acts.commands import do, sender_secret
from workshop.acts.stage import Change, Stage
from workshop.reads import identity
from workshop.rules.refusals import Refused
from workshop.rules.roles import Who
from workshop.storage.store import Store

PHASES = [
    *("welcome", "problems", "themes", "ideas", "vote", "results"),
    *("ideas", "vote", "results", "next"),
]
"""The steps of half a day."""

KEY = "a key of the house"


def _hurried(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


class Door(RuleBasedStateMachine):
    """A running room in a fresh file, and the judge beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        file = Path(self.folder.name) / "room.sqlite3"
        self.store = Store(laid(file), gather=0)
        # Nobody cuts the power here, and waiting for the disk is most of the time it takes.
        event.listen(self.store.engine, "connect", _hurried)
        self.raw = sqlite3.connect(file)
        self.clock = Clock()
        self.herald = Witness(lambda: int(self._stored_seq()))
        self.stage = Stage(self.store, self.clock)
        self.workshop, self.slug, self.host = 0, "", 0
        self.receipts: dict[int, str] = {}
        self.pages: dict[int, Who] = {}
        self.names = self.number = 0
        self.weighed: set[int] = set()
        self.marked: list[Sent] = []
        self.judge = Judge(Room([Step(phase) for phase in PHASES]))

    def teardown(self) -> None:
        self.raw.close()
        self.store.close()
        self.folder.cleanup()

    def begin(self, methods: dict[int, tuple[str, int, int]]) -> None:
        """Open the doors of a half-day workshop whose votes have these methods."""
        self.host = facilitator(self.stage)
        made = self.stage.perform(
            workshops.create_workshop,
            account_id=self.host,
            template="half-day",
            title="A room",
            service="A service",
            goal="A goal",
            better_for="Everybody",
        )
        self.workshop, self.slug = made.answer["workshop"], made.answer["slug"]
        for position, (method, budget, cap) in methods.items():
            asked = "SELECT id FROM step WHERE workshop_id = ? AND position = ?"
            step = self.raw.execute(asked, (self.workshop, position)).fetchone()[0]
            self.stage.perform(
                steps.edit_step,
                workshop_id=self.workshop,
                step_id=step,
                question="Which?",
                minutes=5,
                method=method,
                budget=budget,
                cap=cap,
            )
            self.judge.room.steps[position] = Step("vote", method, budget, cap)
        started = self.stage.perform(running.start, workshop_id=self.workshop)
        self.judge.room.seq = started.seq
        self.stage.herald = self.herald

    # ------------------------------------------------------------------ coming and going

    def join(self, group: str) -> int | None:
        receipt = f"RECEIPT-{len(self.receipts)}"
        if no := self.judge.no_join():
            self._refused(seats.take_seat, no, group=group, receipt=receipt)
            return None
        seat: int = self._done(seats.take_seat, group=group, receipt=receipt).answer["seat"]
        self.receipts[seat] = receipt
        self.judge.joins(seat, group)
        self.pages[seat] = self._who(seat)
        return seat

    def regroup(self, seat: int, group: str) -> None:
        if self.judge.room.people[seat].removed:
            self._refused(seats.change_group, {"removed"}, seat_id=seat, group=group)
            return
        self._done(seats.change_group, seat_id=seat, group=group)
        self.judge.room.people[seat].group = group
        self.judge.room.seq += 1

    def leave(self, seat: int) -> None:
        if self.judge.room.people[seat].removed:
            self._refused(seats.leave, {"removed"}, seat_id=seat)
            return
        self._done(seats.leave, seat_id=seat)
        assert self.herald.gone == [seat]
        self.judge.room.seq += 1

    def finish(self) -> None:
        if no := self.judge.ended():
            self._refused(running.finish, no)
            return
        self._done(running.finish)
        self.judge.finishes()

    def _done(self, act: Callable[..., Change], **given: Any) -> Change:
        self._before()
        change = self.stage.perform(act, workshop_id=self.workshop, **given)
        assert change.seq == self.judge.room.seq + 1
        self._told(change)
        return change

    def _refused(self, act: Callable[..., Change], why: set[str], **given: Any) -> None:
        version = self._before()
        with pytest.raises(Refused) as no:
            self.stage.perform(act, workshop_id=self.workshop, **given)
        assert no.value.code in why
        self._unchanged(version)

    # ------------------------------------------------------------------ commands

    def send(self, sender: int, kind: str, body: Words) -> Words | None:
        """Send a new command; its answer, or None where it was refused."""
        self.names += 1
        return self.tries(Sent(sender, kind, body, f"command {self.names}"))

    def sent(self, sender: int, kind: str, body: Words, device: str, number: int) -> None:
        """Send a new command from a device; it may be sent again."""
        self.names += 1
        self.marked.append(Sent(sender, kind, body, f"command {self.names}", device, number))
        self.tries(self.marked[-1])

    def tries(self, sent: Sent) -> Words | None:
        """Do a command in the product; the judge says what must come of it."""
        version, why_not = self._before(), self.judge.why_not(sent)
        if why_not:
            with pytest.raises(Refused) as no:
                self._do(sent)
            assert no.value.code in why_not, sent
            self._unchanged(version)
            return None
        again = self.judge.before(sent)
        change = self._do(sent)
        expected = self.judge.does(sent, change.answer)
        assert change.answer == expected, (sent, change.answer, expected)
        assert change.seq == (again[1] if again else self.judge.room.seq)
        self._told(change, sent)
        if again:
            self._unchanged(version)
        for position, vote in self.judge.room.votes.items():
            vote.number = vote.number or self._round_at(position)
        return expected

    def _do(self, sent: Sent) -> Change:
        """As the gateway does it: who speaks is read from the database, never from the command.

        A vote may be begun on the word of the page that was opened, and proves it itself.
        """
        opened = self.pages.get(sent.sender)
        votes = sent.kind == "mark.set" and opened is not None and "voice" in opened.roles
        who = opened if votes and opened else self._who(sent.sender)
        outbox = {"device": sent.device, "number": sent.number} if sent.kind == "mark.set" else {}
        return do(
            self.stage,
            sent.kind,
            {**sent.body, **outbox},
            who=who,
            workshop_id=self.workshop,
            secret=sender_secret(who, KEY),
            command_id=sent.known,
        )

    def _who(self, sender: int) -> Who:
        cookie: dict[str, Any] = {"account": self.host, "epoch": 0}
        audience = "control" if sender == HOST else "phone"
        if sender != HOST:
            cookie = {"seats": {self.slug: self.receipts[sender]}}
        with self.store.read() as db:
            who = identity.bearer(db, cookie, self.workshop, self.slug, audience)
        if sender != HOST and who.seat is None:
            raise Refused("removed")
        return who

    # ------------------------------------------------------------------ what is stored

    def _before(self) -> int:
        """Forget what the herald heard; a number that every committed change raises."""
        self.herald.seen.clear()
        self.herald.gone.clear()
        self.clock.pass_minutes(0.01)
        return int(self.raw.execute("PRAGMA data_version").fetchone()[0])

    def _unchanged(self, version: int) -> None:
        assert int(self.raw.execute("PRAGMA data_version").fetchone()[0]) == version

    def _told(self, change: Change, sent: Sent | None = None) -> None:
        """Pages were told once, and what they were told of was stored by then.

        After the first reveal of a vote they are told once more: of what its count means.
        """
        first: set[int] = set()
        if sent and sent.kind == "round.move" and sent.body["to"] == "revealed":
            first = {sent.body["round_id"]} - self.weighed
        assert len(self.herald.seen) == 1 + len(first)
        assert self.herald.seen[0] >= change.seq
        self.weighed |= first
        self.judge.room.seq += len(first)

    def _stored_seq(self) -> int:
        asked = self.raw.execute("SELECT seq FROM workshop WHERE id = ?", (self.workshop,))
        return int(asked.fetchone()[0])

    def _round_at(self, position: int) -> int:
        asked = "SELECT r.id FROM round r JOIN step s ON s.id = r.step_id WHERE s.position = ?"
        found = self.raw.execute(asked, (position,)).fetchone()
        return int(found[0])
