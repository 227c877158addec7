"""So that everybody can take part: helpers, the join card, and those who have no device at all."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts import seats
from workshop.rules.refusals import Refused
from workshop.web.control import fresh_id, pages
from workshop.web.errors import words
from workshop.web.house import house, room


@pages.get("/workshops/<slug>/everybody")
def everybody(slug: str) -> str:  # noqa: ARG001 - the guard has read it already
    """How people without a phone of their own take part."""
    return render_template("facilitator/everybody.html", room=room(), fresh_id=fresh_id)


@pages.post("/workshops/<slug>/helpers")
def set_helpers(slug: str) -> ResponseReturnValue:
    """Make the helpers' link, or end it for every device that has it."""
    welcome = bool(request.form.get("welcome"))
    try:
        house().stage.perform(seats.set_helpers, workshop_id=room().id, welcome=welcome)
    except Refused as refusal:
        flash(words(refusal))
    else:
        flash(_("Helpers can come in now.") if welcome else _("The helpers’ link is closed."))
    return redirect(url_for("facilitator.everybody", slug=slug), 303)
