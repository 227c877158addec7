"""The small buttons of the plan: add a step, copy it, move it, take it out, put it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts import steps
from workshop.acts.stage import Change
from workshop.reads import rooms
from workshop.rules.phases import PHASES
from workshop.rules.refusals import Refused
from workshop.web.control import pages
from workshop.web.errors import words
from workshop.web.house import house, room
from workshop.web.moves import maybe, whole
from workshop.web.plan import chosen
from workshop.web.reach import perform_once


@pages.post("/workshops/<slug>/plan/steps")
def add_step(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Add a step of a kind, after another one or at the end."""
    given = {
        "phase": request.form.get("phase", ""),
        "after": maybe(request.form.get("after", "")),
    }
    return _changed(steps.add_step, _("Added “%(step)s” as step %(place)s."), **given)


@pages.post("/workshops/<slug>/plan/steps/<int:step_id>/copy")
def copy_step(slug: str, step_id: int) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Plan a step once more."""
    said = _("Copied “%(step)s”. The copy is step %(place)s.")
    return _changed(steps.copy_step, said, step_id=step_id)


@pages.post("/workshops/<slug>/plan/steps/<int:step_id>/move")
def shift_step(slug: str, step_id: int) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Give a step another place. `position` counts from 0."""
    step = chosen(step_id)
    place = whole(request.form.get("position", ""))
    said = _("“%(step)s” is now step %(place)s of %(steps)s.")
    return _changed(steps.move_in_plan, said, step_id=step.id, position=place)


@pages.post("/workshops/<slug>/plan/steps/<int:step_id>/out")
def take_out_step(slug: str, step_id: int) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Take a step out of the plan and lay it aside."""
    said = _("Taken out. You can put it back below the steps.")
    return _changed(steps.take_out, said, step_id=step_id)


@pages.post("/workshops/<slug>/plan/steps/<int:step_id>/back")
def put_back_step(slug: str, step_id: int) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Put a step that was taken out at the end of the plan."""
    said = _("“%(step)s” is back as step %(place)s.")
    return _changed(steps.put_back, said, step_id=step_id)


def _changed(act: Callable[..., Change], said: str, **given: Any) -> ResponseReturnValue:
    """Do it, say what came of it, and go back to the plan.

    Raises:
        Refused: `not_found` for a step of another workshop, or of none.
    """
    open_now = request.args.get("step", type=int)
    try:
        made = perform_once(act, workshop_id=room().id, **given)
    except Refused as refusal:
        if refusal.code == "not_found":
            raise
        flash(words(refusal))
        return _back(open_now)
    with house().store.read() as db:
        after = rooms.by_id(db, room().id)
    steps_now = {step.id: step for step in after.steps} if after else {}
    step = steps_now.get(made.answer["step"])
    place = step.position + 1 if step else 0
    name = _(PHASES[step.phase].label) if step else ""
    flash(said % {"step": name, "place": place, "steps": len(steps_now)})
    opens = act in {steps.add_step, steps.copy_step, steps.put_back}
    return _back(made.answer["step"] if opens else open_now if open_now in steps_now else None)


def _back(step_id: int | None) -> ResponseReturnValue:
    return redirect(url_for("facilitator.plan", slug=room().slug, step=step_id), 303)
