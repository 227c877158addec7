"""One's own templates: a plan that is kept, used again, renamed and thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.story import Story, facilitator, story
from workshop.acts import saved_plans, steps, workshops
from workshop.acts.plan import planned
from workshop.acts.stage import Change
from workshop.reads import rooms
from workshop.reads.plans import own_plans, pack_of
from workshop.rules.plans import MOST_PLANS
from workshop.rules.refusals import Refused
from workshop.storage.models import SavedPlan, Step
from workshop.storage.store import Store

ABOUT: dict[str, Any] = {"title": "T", "service": "S", "goal": "G", "better_for": "B"}


def keeps(told: Story, title: str = "Tuesday") -> int:
    change = told.do(saved_plans.save_plan, account_id=told.facilitator, title=title)
    number: int = change.answer["plan"]
    return number


def test_a_workshop_made_of_ones_own_template_has_its_very_steps(store: Store) -> None:
    told = story(store, people=2, problems=1, step="problems")
    step = told.room().steps[3]
    more = {"posters": ["staff"], "view": "themes"}
    told.do(steps.edit_step, step_id=step.id, question="What now?", minutes=3, **more)
    told.do(steps.copy_step, step_id=step.id)
    plan = keeps(told)
    made = told.stage.perform(
        workshops.create_workshop,
        account_id=told.facilitator,
        template="own",
        plan_id=plan,
        **ABOUT,
    )
    with store.read() as db:
        there = rooms.by_id(db, made.answer["workshop"])
        assert there is not None
        assert there.template == "own"
        assert pack_of(there).steps == pack_of(told.room()).steps
        rows = db.query(Step).filter(Step.workshop_id == there.id).order_by(Step.position)
        assert tuple(planned(row) for row in rows) == pack_of(there).steps


def test_a_template_holds_no_word_that_anybody_posted(store: Store) -> None:
    told = story(store, people=2, problems=2, ideas=2, step="vote")
    keeps(told)
    with store.read() as db:
        kept = repr([(row.title, row.steps) for row in db.query(SavedPlan)])
    for words in ("Problem 1", "Idea 2", "RECEIPT", told.room().slug):
        assert words not in kept


def test_templates_are_named_apart_renamed_and_thrown_away(store: Store) -> None:
    told = story(store, step="welcome")
    first, second = keeps(told), keeps(told, "Half a morning")
    with pytest.raises(Refused, match="plan_taken"):
        keeps(told, " Tuesday ")
    own: dict[str, Any] = {"account_id": told.facilitator}
    with pytest.raises(Refused, match="plan_taken"):
        told.stage.perform(saved_plans.rename_plan, **own, plan_id=second, title="Tuesday")
    told.stage.perform(saved_plans.rename_plan, **own, plan_id=first, title="Tuesday")
    told.stage.perform(saved_plans.rename_plan, **own, plan_id=first, title="Wednesday")
    with store.read() as db:
        titles = [plan.title for plan in own_plans(db, told.facilitator)]
    assert titles == ["Half a morning", "Wednesday"]
    told.stage.perform(saved_plans.remove_plan, **own, plan_id=first)
    with pytest.raises(Refused, match="not_found"):
        told.stage.perform(saved_plans.remove_plan, **own, plan_id=first)


def test_nobody_elses_template_can_be_seen_used_or_changed(store: Store) -> None:
    told = story(store, step="welcome")
    plan = keeps(told)
    olu = facilitator(told.stage, "olu@example.org")
    with store.read() as db:
        assert own_plans(db, olu) == ()
    tried: tuple[tuple[Callable[..., Change], dict[str, Any]], ...] = (
        (saved_plans.rename_plan, {"title": "Mine"}),
        (saved_plans.remove_plan, {}),
    )
    for act, more in tried:
        with pytest.raises(Refused, match="not_found"):
            told.stage.perform(act, account_id=olu, plan_id=plan, **more)
    with pytest.raises(Refused, match="not_found"):
        told.stage.perform(
            workshops.create_workshop, account_id=olu, template="own", plan_id=plan, **ABOUT
        )


def test_a_workshop_needs_a_template_or_steps(store: Store) -> None:
    told = story(store, step="welcome")
    for template in ("own", "none", ""):
        with pytest.raises(Refused, match="unknown_choice"):
            told.stage.perform(
                workshops.create_workshop,
                account_id=told.facilitator,
                template=template,
                **ABOUT,
            )


def test_there_are_never_too_many(sqlite_store: Store) -> None:
    told = story(sqlite_store, step="welcome")
    for number in range(MOST_PLANS):
        keeps(told, f"Plan {number}")
    with pytest.raises(Refused, match="too_many_plans"):
        keeps(told)
