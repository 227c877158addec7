"""Asking people to score the ideas of one workshop, each by a link of their own."""

from __future__ import annotations

import hashlib
import hmac

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from workshop.acts.assessments import invite_assessor as invite
from workshop.reads import assessors
from workshop.rules.refusals import REFUSALS, Refused
from workshop.rules.roles import STANDINGS
from workshop.web.choices import choices
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house, room, who
from workshop.web.reach import form_id, perform_once


class InviteForm(Form):
    """Somebody who is asked to score."""

    name = words_field(_("Name, or what they do"), "title", required=True)
    standing = RadioField(
        _("Where do they speak from?"),
        choices=choices(STANDINGS),
        validators=[InputRequired(_(REFUSALS["unknown_choice"]))],
    )
    lived = BooleanField(_("They have lived through it themselves"))
    frontline = BooleanField(_("They do this work with people every day"))


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages this route."""
    pages.add_url_rule(
        "/workshops/<slug>/assessors", view_func=invite_assessor, methods=["GET", "POST"]
    )


def invite_assessor(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Who scores in this workshop, and a link for one more. The link is shown this one time."""
    if not (who().hosts or "leader" in who().roles):
        abort(404)
    form = InviteForm()
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form), 422
    token = _token(form_id())
    asked = {name: form[name].data for name in ("name", "standing", "lived", "frontline")}
    try:
        made = perform_once(invite, workshop_id=room().id, token=token, **asked)
    except Refused as refusal:
        form.name.errors = [words(refusal)]
        return _page(form), 409
    link = house().settings.public_url + url_for("assessor.welcome", token=token)
    return _page(InviteForm(formdata=None), link, made.answer["assessor"])


def _token(form: str) -> str:
    """The token of the link that a form asks for: the same when the same form is sent twice."""
    key = house().settings.secret_key
    return hmac.new(key.encode(), f"assessor:{form}".encode(), hashlib.sha256).hexdigest()


def _page(form: InviteForm, link: str = "", made: int = 0) -> str:
    with house().store.read() as db:
        panel = assessors.panel(db, room().id)
        items = assessors.to_score(db, room().id)
    return render_template(
        "leader/assessors.html",
        room=room(),
        form=form,
        panel=panel,
        items=items,
        link=link,
        asked=next((one for one in panel if one.id == made), None),
        STANDINGS=STANDINGS,
    )
