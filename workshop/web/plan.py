"""Setting a workshop up: what it is about, its steps, and the links people need."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from workshop.acts import steps, workshops
from workshop.reads.plans import aside
from workshop.reads.rooms import StepCard
from workshop.rules.refusals import Refused
from workshop.rules.voting import METHODS
from workshop.web.about import AboutForm, about_form
from workshop.web.commands import fresh_id
from workshop.web.control import pages
from workshop.web.errors import words
from workshop.web.house import house, room
from workshop.web.reach import perform_once
from workshop.web.saved_plans import TitleForm
from workshop.web.step_form import StepForm, step_form

BESIDE: Final = {"rule_frozen": "method", "nobody_votes": "voters", "unknown_method": "method"}
"""The field that a refusal stands beside; any other stands beside the question."""


@pages.get("/workshops/<slug>/plan")
def plan(slug: str) -> str:  # noqa: ARG001 - the guard has read it already
    """The plan, with one step open for changes: the one in `?step=`, else where the room is."""
    step = chosen(request.args.get("step", type=int))
    return page(step, step_form(step), about_form(room()))


@pages.post("/workshops/<slug>/plan/steps/<int:step_id>")
def edit_step(slug: str, step_id: int) -> ResponseReturnValue:
    """Change one step; what was typed stays on the page when it cannot be taken."""
    step = chosen(step_id)
    form = step_form(step, typed=True)
    if not form.validate():
        return page(step, form, about_form(room())), 422
    try:
        perform_once(steps.edit_step, workshop_id=room().id, step_id=step_id, **form.plan())
    except Refused as refusal:
        name = BESIDE.get(refusal.code, "question")
        field = form[name if name in form else "question"]
        field.errors = [words(refusal)]
        return page(step, form, about_form(room())), 409
    flash(gettext("Saved."))
    return redirect(url_for("facilitator.plan", slug=slug, step=step_id), 303)


@pages.post("/workshops/<slug>/plan")
def edit_workshop(slug: str) -> ResponseReturnValue:
    """Change what the workshop is about."""
    form = AboutForm()
    step = chosen(None)
    if not form.validate():
        return page(step, step_form(step), form), 422
    try:
        house().stage.perform(workshops.edit_workshop, workshop_id=room().id, **form.about())
    except Refused as refusal:
        form.title.errors = [words(refusal)]
        return page(step, step_form(step), form), 409
    flash(gettext("Saved."))
    return redirect(url_for("facilitator.plan", slug=slug), 303)


def chosen(step_id: int | None) -> StepCard:
    """The step with this number in this workshop; without one, the step the room is at.

    Raises:
        Refused: `not_found`.
    """
    if step_id is None:
        return room().step
    found = [step for step in room().steps if step.id == step_id]
    if not found:
        raise Refused("not_found")
    return found[0]


def page(step: StepCard, form: StepForm, about: AboutForm, keep: TitleForm | None = None) -> str:
    """The plan with `step` open in `form`; `keep` is the form that keeps it as a template."""
    with house().store.read() as db:
        laid_aside = aside(db, room().id)
    return render_template(
        "facilitator/plan.html",
        room=room(),
        step=step,
        form=form,
        about=about,
        minutes=sum(one.minutes for one in room().steps),
        laid_aside=laid_aside,
        keep=keep or TitleForm(formdata=None),
        METHODS=METHODS,
        fresh_id=fresh_id,
    )
