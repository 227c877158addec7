"""The line of a journey: its parts, which the facilitator names before the day or during it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from workshop.acts.journey import set_line
from workshop.reads.journey import legs
from workshop.rules.journey import LEGS
from workshop.rules.refusals import Refused
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house, room


def hang(pages: Blueprint) -> None:
    """Give the facilitator this page."""
    pages.add_url_rule("/workshops/<slug>/journey", view_func=journey, methods=["GET", "POST"])


class LineForm(Form):
    """The parts of the way, one on each line."""

    lines = words_field(_("The parts, one on each line"), "legs", area=True, required=True)


def journey(slug: str) -> ResponseReturnValue:
    """Name the parts anew; what was typed stays on the page when it cannot be taken."""
    form = LineForm(lines="\n".join(_titles()))
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        house().stage.perform(set_line, workshop_id=room().id, lines=form.lines.data or "")
    except Refused as refusal:
        form.lines.errors = [words(refusal)]
        return _page(form), 409
    flash(gettext("Saved."))
    return redirect(url_for("facilitator.control", slug=slug), 303)


def _titles() -> list[str]:
    """The parts as they stand; before there are any, those that every line starts with."""
    with house().store.read() as db:
        found = [leg.title for leg in legs(db, room().id)]
    return found or [gettext(title) for title in LEGS]


def _page(form: LineForm) -> str:
    return render_template("facilitator/journey_line.html", room=room(), form=form)
