"""Setting a workshop up: what it is about, its steps, and the links people need."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from workshop.acts import workshops
from workshop.reads.rooms import StepCard
from workshop.rules.phases import PHASES
from workshop.rules.refusals import Refused
from workshop.rules.rounds import ROOM_METHODS
from workshop.rules.voting import METHODS
from workshop.web.about import AboutForm, about_form
from workshop.web.control import fresh_id, pages
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house, room

RULE: Final = ("method", "budget", "cap", "quadratic")
"""The fields that only the step of a vote has."""


class StepForm(Form):
    """One step: its question, its minutes and, for a vote, its rule."""

    question = words_field(
        _("What people read on their phone"), "instruction", area=True, required=True
    )
    minutes = IntegerField(
        _("Minutes"), validators=[InputRequired(), NumberRange(0, workshops.LONGEST_STEP)]
    )
    method = SelectField(_("Way of voting"))
    budget = IntegerField(
        _("Votes for each person"),
        validators=[InputRequired(), NumberRange(0, workshops.MOST_VOTES)],
    )
    cap = IntegerField(
        _("Most votes on one idea"),
        validators=[InputRequired(), NumberRange(1, workshops.MOST_VOTES)],
    )
    quadratic = BooleanField(_("Two votes on one idea cost four, three cost nine"))


def step_form(step: StepCard, *, typed: bool = False) -> StepForm:
    """The form of `step`: as it stands, or as this request's form was typed."""
    form = StepForm(**({} if typed else {"formdata": None}), obj=step)
    form.method.choices = [(key, gettext(METHODS[key].label)) for key in ROOM_METHODS]
    if not PHASES[step.phase].votes:
        for name in RULE:
            delattr(form, name)
    return form


@pages.get("/workshops/<slug>/plan")
def plan(slug: str) -> str:  # noqa: ARG001 - the guard has read it already
    """The plan, with one step open for changes: the one in `?step=`, else where the room is."""
    step = _chosen(request.args.get("step", type=int))
    return _page(step, step_form(step), about_form(room()))


@pages.post("/workshops/<slug>/plan/steps/<int:step_id>")
def edit_step(slug: str, step_id: int) -> ResponseReturnValue:
    """Change one step; what was typed stays on the page when it cannot be taken."""
    step = _chosen(step_id)
    form = step_form(step, typed=True)
    if not form.validate():
        return _page(step, form, about_form(room())), 422
    given = {field.name: field.data for field in form if field.name in ("minutes", *RULE)}
    try:
        house().stage.perform(
            workshops.edit_step,
            workshop_id=room().id,
            step_id=step_id,
            question=form.question.data or "",
            **given,
        )
    except Refused as refusal:
        (form.method if refusal.code == "rule_frozen" else form.question).errors = [words(refusal)]
        return _page(step, form, about_form(room())), 409
    flash(gettext("Saved."))
    return redirect(url_for("facilitator.plan", slug=slug, step=step_id), 303)


@pages.post("/workshops/<slug>/plan")
def edit_workshop(slug: str) -> ResponseReturnValue:
    """Change what the workshop is about."""
    form = AboutForm()
    step = _chosen(None)
    if not form.validate():
        return _page(step, step_form(step), form), 422
    try:
        house().stage.perform(workshops.edit_workshop, workshop_id=room().id, **form.about())
    except Refused as refusal:
        form.title.errors = [words(refusal)]
        return _page(step, step_form(step), form), 409
    flash(gettext("Saved."))
    return redirect(url_for("facilitator.plan", slug=slug), 303)


def _chosen(step_id: int | None) -> StepCard:
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


def _page(step: StepCard, form: StepForm, about: AboutForm) -> str:
    return render_template(
        "facilitator/plan.html",
        room=room(),
        step=step,
        form=form,
        about=about,
        minutes=sum(one.minutes for one in room().steps),
        METHODS=METHODS,
        fresh_id=fresh_id,
    )
