"""Rooms whose plan asks some people and not others, and plans that are kept for later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.journeys.rehearsed import rehearsal_visits, rehearse
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
    rehearse(told)


def _programme(told: Rooms) -> None:
    """Three workshops of a programme; one idea of the first has come along to the second."""
    own: dict[str, Any] = {"account_id": told.facilitator}
    made = told.stage.perform(
        programmes.make_programme, **own, title="A year of coming home", service="Hospitals"
    )
    told.programme = made.answer["programme"]
    for name in ("results", "upcoming", "empty"):
        told.do(name, programmes.put_in_programme, **own, programme_id=told.programme)
    with told.stage.store.read() as db:
        ideas = [post.id for post in board(db, told.rooms["results"].id, ("idea",))]
    told.do("upcoming", carrying.carry_ideas, idea_ids=ideas[:1], by=told.facilitator)


def plan_visits(told: Rooms) -> Iterator[tuple[str, str, str, int]]:
    """Planning a workshop, what is kept of a plan, and programmes: who, where, what is sent, how.

    What is sent is an empty form; the last is the status that is expected in the end.
    """
    me, upcoming = "facilitator", told.rooms["upcoming"]
    here = f"/workshops/{upcoming.slug}"
    vote = next(step for step in upcoming.steps if step.phase == "vote")
    yield me, f"{here}/plan", "", 200
    yield me, f"{here}/plan?step={vote.id}", "", 200
    yield me, f"{here}/plan", f"{here}/plan/steps/{vote.id}", 422
    for name in ("ideas", "finished"):
        yield me, f"/workshops/{told.rooms[name].slug}/plan", "", 200
    yield "administrator", "/templates", "", 200
    yield me, "/templates", f"/templates/{told.plan}/rename", 422
    yield me, "/workshops/new", "/workshops/import", 422
    for path in ("/programmes", f"/programmes/{told.programme}"):
        yield me, path, "", 200
        yield me, path, path, 422
    yield "administrator", "/programmes", "", 200
    yield me, f"/workshops/new?programme={told.programme}", "", 200
    yield from rehearsal_visits(told)
    for name in ("upcoming", "ideas", "ended"):
        yield me, f"/workshops/{told.rooms[name].slug}/carry", "", 200
    yield me, f"{here}/carry", f"{here}/carry", 422
