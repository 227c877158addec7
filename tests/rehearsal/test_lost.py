"""A room that answers and keeps nothing, or counts twice, is found out."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from workshop.rehearsal import afterwards
from workshop.rehearsal.browser import Browser, Lost
from workshop.rehearsal.facilitator import Facilitator
from workshop.rehearsal.figures import Taps
from workshop.rehearsal.findings import Findings, Plan
from workshop.rehearsal.hall import Hall
from workshop.rehearsal.ledger import NOTHING, Wrong, of_person
from workshop.rehearsal.person import Person
from workshop.rehearsal.phone import TurnedDown
from workshop.rehearsal.rehearse import WARM, each_kib
from workshop.rehearsal.visit import Street, Visit
from workshop.rules.voting import RoundRule

DOTS = RoundRule("dots", budget=5, cap=3)


class Room:
    """Acknowledges every mark, and does with it what `keep` says."""

    def __init__(self, keep: str) -> None:
        self.keep = keep
        self.ballots: list[dict[int, int]] = []


class Guest(Person):
    """Somebody whose questions the pretended room answers."""

    def __init__(self, room: Room) -> None:
        super().__init__(Visit(Street("http://127.0.0.1:9")), "guest")
        self.room = room
        self.kept: dict[int, int] = {}
        room.ballots.append(self.kept)
        self.up.set()

    async def ask(self, event: str, data: str) -> dict[str, Any]:
        if event == "mine":
            return {"ok": True, "marks": {str(idea): mark for idea, mark in self.kept.items()}}
        body = json.loads(data)["body"]
        if self.room.keep != "nothing":
            self.kept[body["idea_id"]] = body["value"]
        if self.room.keep == "twice":
            self.kept[99] = 1
        return {"ok": True, "seq": 1, "answer": {}}


class Leader(Facilitator):
    """Tells the ballots of the pretended room, one of them twice where it is told to."""

    room: Room

    async def close_vote(self) -> None:
        """Nothing to close."""

    async def reveal(self) -> None:
        """Nothing to reveal."""

    async def ballots(self) -> dict[str, Any]:
        kept = [{"marks": ballot} for ballot in self.room.ballots if ballot]
        return {"ballots": kept + (kept[:1] if self.room.keep == "again" else [])}


def rehearsed(keep: str) -> Findings:
    """Three people vote once in a room that keeps what it should, or does not."""

    async def hold() -> Findings:
        room, leader = Room(keep), Leader(Browser.__new__(Browser))
        leader.room = room
        hall = Hall(leader, "dots", people=[Guest(room) for _ in range(3)])
        for person in hall.people:
            await person.vote(DOTS, [17, 18], Taps())
        found = Findings(Plan(phones=3, rate=1, seconds=1, keep=True), "http://127.0.0.1:9")
        found.wrong = await afterwards.ask_everybody([hall])
        await afterwards.count([hall], found)
        return found

    return asyncio.run(hold())


def test_a_room_that_keeps_every_vote_once_is_sound() -> None:
    found = rehearsed("everything")
    assert (found.wrong, found.ballots, found.sound) == (Wrong(0, 0), Wrong(0, 0), True)


def test_a_room_that_answers_and_keeps_nothing_has_lost_every_vote() -> None:
    found = rehearsed("nothing")
    assert (found.wrong, found.ballots, found.sound) == (Wrong(3, 0), Wrong(3, 0), False)


def test_a_mark_that_nobody_made_is_told_as_doubled() -> None:
    found = rehearsed("twice")
    assert (found.wrong.doubled, found.sound) == (3, False)


def test_a_ballot_that_is_counted_again_is_told_as_doubled() -> None:
    found = rehearsed("again")
    assert (found.wrong, found.ballots, found.sound) == (Wrong(0, 0), Wrong(0, 1), False)


def test_memory_is_told_of_phones_after_the_warm_up_and_only_of_enough_of_them() -> None:
    assert each_kib(100 * 1024, 6_100 * 1024, 100) == 60.0
    assert each_kib(100, 9_999_999, WARM - 1) is None


class Unheard(Guest):
    """Somebody whose first mark is kept and never answered, and whose second is turned down."""

    async def command(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        if self.kept:
            raise TurnedDown("None left.")
        self.kept[body["idea_id"]] = body["value"]
        raise Lost(f"No answer to {kind} came.")


def test_a_later_no_does_not_make_an_unanswered_mark_a_lost_one() -> None:
    async def come() -> tuple[Unheard, Wrong]:
        person = Unheard(Room("all"))
        for no in (Lost, TurnedDown):
            with pytest.raises(no):
                await person.vote(DOTS, [17], Taps())
        return person, of_person(person.marks, person.unsure, person.kept)

    person, wrong = asyncio.run(come())
    assert person.unsure == person.kept
    assert wrong == NOTHING
