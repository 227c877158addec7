"""Rooms whose plan asks some people and not others, and plans that are kept for later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from workshop.acts import carrying, programmes, saved_plans, steps
from workshop.reads.posts import board
from workshop.seeding import Story, read

if TYPE_CHECKING:
    from tests.journeys.rooms import Rooms

Telling = Callable[["Rooms", str, Story], None]


def plan(told: Rooms, tell: Telling) -> None:
    """A citizen reads along while staff write; another sees only what they wrote themselves."""
    whole = read("leaving-hospital")
    for name, group, view in (("reading", "staff", "themes"), ("alone", "citizen", "own")):
        tell(told, name, replace(whole, until="ideas"))
        step = told.rooms[name].step
        new = {"question": step.question, "minutes": 9, "posters": [group], "view": view}
        told.do(name, steps.edit_step, step_id=step.id, **new)
        told.read(name, told.rooms[name].id)
        told.sit(name)
    kept = {"account_id": told.facilitator, "title": "My Tuesday workshop, with a walk in between"}
    told.plan = int(told.do("upcoming", saved_plans.save_plan, **kept)["plan"])
    _programme(told)


def _programme(told: Rooms) -> None:
    """Three workshops of a programme; one idea of the first has come along to the second."""
    own = {"account_id": told.facilitator}
    made = told.stage.perform(
        programmes.make_programme, **own, title="A year of coming home", service="Hospitals"
    )
    told.programme = made.answer["programme"]
    for name in ("results", "upcoming", "empty"):
        told.do(name, programmes.put_in_programme, **own, programme_id=told.programme)
    with told.stage.store.read() as db:
        ideas = [post.id for post in board(db, told.rooms["results"].id, ("idea",))]
    told.do("upcoming", carrying.carry_ideas, idea_ids=ideas[:1])
