"""A facilitator's own templates, and workshops made from a file that somebody brings."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from workshop.acts import saved_plans
from workshop.acts.workshops import create_workshop
from workshop.formats import BadFile, pack_file
from workshop.reads.plans import own_plans
from workshop.rules.packs import as_fields
from workshop.rules.refusals import Refused
from workshop.rules.templates import OWN, TEMPLATES
from workshop.web.about import AboutForm
from workshop.web.commands import fresh_id
from workshop.web.desk import desk
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.home import WrongFile, account_id, new_page
from workshop.web.house import house
from workshop.web.reach import perform_once

GLANCE: Final = 120

pages: Final = Blueprint("plans", __name__)
pages.context_processor(desk)


class TitleForm(Form):
    """What a template is called."""

    title = words_field(_("Name of the template"), "title", required=True)


@pages.get("/templates")
def own() -> str:
    """The templates that this facilitator keeps."""
    return _page()


@pages.post("/templates/<int:plan_id>/rename")
def rename(plan_id: int) -> ResponseReturnValue:
    """Give one another name; a refusal stands beside it, with what was typed."""
    form = TitleForm()
    title = form.title.data or ""
    try:
        perform_once(saved_plans.rename_plan, account_id=account_id(), plan_id=plan_id, title=title)
    except Refused as refusal:
        if refusal.code == "not_found":
            raise
        form.title.errors = [words(refusal)]
        return _page(form, plan_id), 422
    flash(gettext("Saved."))
    return redirect(url_for("plans.own"), 303)


@pages.post("/templates/<int:plan_id>/remove")
def remove(plan_id: int) -> ResponseReturnValue:
    """Throw one away."""
    perform_once(saved_plans.remove_plan, account_id=account_id(), plan_id=plan_id)
    flash(gettext("Thrown away. Workshops made from it stay as they are."))
    return redirect(url_for("plans.own"), 303)


def _page(form: TitleForm | None = None, wrong: int = 0) -> str:
    with house().store.read() as db:
        found = own_plans(db, account_id())
    return render_template(
        "home/templates.html",
        plans=found,
        form=form or TitleForm(formdata=None),
        wrong=wrong,
        fresh_id=fresh_id,
    )


def around(data: bytes, line: int | None) -> tuple[tuple[int, str], ...]:
    """The wrong line of a file with one on each side, as far as each can be read at a glance."""
    if line is None:
        return ()
    lines = data.decode(errors="replace").split("\n")
    near = range(max(1, line - 1), min(len(lines), line + 1) + 1)
    return tuple((number, lines[number - 1][:GLANCE]) for number in near)


@pages.post("/workshops/import")
def import_pack() -> ResponseReturnValue:
    """Make a workshop from a session pack; a bad one is refused with the line that is wrong."""
    brought = request.files.get("pack")
    data = brought.read() if brought else b""
    try:
        found = pack_file.read_pack(data)
    except BadFile as bad:
        wrong = WrongFile(bad.remark.words(gettext), bad.remark.line, around(data, bad.remark.line))
        return new_page(AboutForm(formdata=None), next(iter(TEMPLATES)), wrong), 422
    made = perform_once(
        create_workshop,
        account_id=account_id(),
        template=OWN,
        title=found.title,
        service=found.service,
        goal=found.goal,
        better_for=found.better_for,
        steps=[as_fields(step) for step in found.steps],
    )
    flash(gettext("Made from the file. Look through the steps, then open the doors."))
    return redirect(url_for("facilitator.plan", slug=made.answer["slug"]), 303)
