"""A rehearsal as its acts see it: begun, played by one person, and ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from tests.story import Person, Story
from workshop.acts import marking, rehearsals, seats
from workshop.acts.stage import Change
from workshop.acts.wiping import wipe_ended
from workshop.reads.rehearsals import RehearsalCard, rehearsal
from workshop.storage.models import Base
from workshop.storage.store import Store

CANARY = "REHEARSEDWORDS"


def begins(told: Story, **more: Any) -> Change:
    """Press the button."""
    given = {
        "account_id": told.facilitator,
        "title": f"{CANARY} Living well",
        "people": 30,
        "seconds": 60,
        "token": f"a remote at {told.clock.now}",
        "ground": {"address": "https://table.example"},
        **more,
    }
    return told.do(rehearsals.begin, **given)


@dataclass
class Copy(Story):
    """The throwaway room as a story of its own."""

    slug: str = ""


def copy_of(told: Story, begun: Change) -> Copy:
    """The room that was begun."""
    number, slug = begun.workshop_id or 0, begun.answer["room"]
    return Copy(told.stage, told.clock, number, told.facilitator, slug=slug)


def found(told: Story) -> RehearsalCard | None:
    """What the facilitator sees of the last rehearsal, if there was one."""
    with told.stage.store.read() as db:
        return rehearsal(db, told.workshop, told.clock())


def card(told: Story) -> RehearsalCard:
    """The same, where there was one."""
    there = found(told)
    assert there is not None
    return there


def counts(store: Store) -> dict[str, int]:
    """How many rows each table has."""
    with store.read() as db:
        return {
            name: db.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def plays(copy: Story) -> Person:
    """Somebody comes in, says something at each step, and votes."""
    seat = copy.do(seats.take_seat, group="citizen", receipt=f"{CANARY}-CODE", name=CANARY)
    who = Person(seat.answer["seat"], "citizen", f"{CANARY}-CODE")
    copy.people.append(who)
    for phase, kind in (("welcome", "goal"), ("problems", "problem"), ("ideas", "idea")):
        copy.moves_to(phase)
        copy.ideas = [copy.posts(who, kind, f"{CANARY} {kind}")]
    copy.moves_to("vote")
    copy.do(marking.set_mark, seat_id=who.seat, idea_id=copy.ideas[0], value=2)
    copy.reveals()
    copy.moves_to("next")
    copy.posts(who, "pledge", f"{CANARY} pledge")
    return who


def ends(told: Story, copy: Copy, outcome: str = "held") -> Change:
    """Come to the end, whatever that was, and wipe what is left."""
    change = told.do(rehearsals.end, room=copy.slug, outcome=outcome)
    wipe_ended(told.stage)
    return change
