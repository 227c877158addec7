"""What leaves the plan's page: the plan as one's own template, and as a file."""

from __future__ import annotations

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts.saved_plans import save_plan as keep
from workshop.formats import pack_file
from workshop.reads.plans import pack_of
from workshop.rules.refusals import Refused
from workshop.web.about import about_form
from workshop.web.control import pages
from workshop.web.errors import words
from workshop.web.home import account_id
from workshop.web.house import room
from workshop.web.plan import chosen, page
from workshop.web.reach import perform_once
from workshop.web.saved_plans import TitleForm
from workshop.web.step_form import step_form


@pages.post("/workshops/<slug>/plan/save")
def save_plan(slug: str) -> ResponseReturnValue:
    """Keep the steps as a template of one's own; a refusal stands beside the name."""
    form = TitleForm()
    if form.validate():
        try:
            perform_once(
                keep,
                workshop_id=room().id,
                account_id=account_id(),
                title=form.title.data or "",
            )
        except Refused as refusal:
            form.title.errors = [words(refusal)]
        else:
            flash(_("Kept. You’ll find it when you make your next workshop."))
            return redirect(url_for("facilitator.plan", slug=slug), 303)
    step = chosen(None)
    return page(step, step_form(step), about_form(room()), form), 422


@pages.get("/workshops/<slug>/plan/pack")
def pack(slug: str) -> Response:
    """The plan as a file: steps, questions, permissions, views and times; no people, no posts."""
    answer = Response(pack_file.write_pack(pack_of(room())), mimetype=pack_file.MIME)
    name = f"session-pack-{slug}{pack_file.SUFFIX}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
