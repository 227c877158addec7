"""Asking people to score the ideas of one workshop, each by a link of their own."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from workshop.acts import scoring as acts
from workshop.acts.assessors import invite_assessor as invite
from workshop.reads import assessors
from workshop.reads.assessors import Seatmate
from workshop.rules.refusals import REFUSALS, Refused
from workshop.rules.roles import STANDINGS
from workshop.rules.scoring.panel import FEWEST, SHORTFALLS
from workshop.rules.scoring.rounds import MOVES, STATES
from workshop.web.choices import choices
from workshop.web.commands import fresh_id
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house, room, who
from workshop.web.moves import whole
from workshop.web.panel_seats import day_now
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
    pages.add_url_rule(
        "/workshops/<slug>/assessors/round", view_func=move_scoring, methods=["POST"]
    )


def invite_assessor(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Who scores in this workshop, and a link for one more. The link is shown this one time."""
    _runs_it()
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


def _runs_it() -> None:
    """Leaders and whoever runs this workshop; for everybody else it is not to be found."""
    if not (who().hosts or "leader" in who().roles):
        abort(404)


def move_scoring(slug: str) -> ResponseReturnValue:
    """Close a round, open the next, or say by which day it closes by itself."""
    _runs_it()
    was, to = request.form.get("was", ""), request.form.get("to", "")
    until = request.form.get("until") or None
    item = whole(request.form["item_id"]) if request.form.get("item_id") else None
    if to == was:
        perform_once(acts.set_scoring_day, workshop_id=room().id, was=was, until=until)
    else:
        asked = {"was": was, "to": to, "item_id": item, "until": until}
        perform_once(acts.move_scoring, workshop_id=room().id, **asked)
    house().reckoner.ask()
    flash(gettext("Saved."))
    return redirect(url_for("leader.invite_assessor", slug=slug), 303)


def _token(form: str) -> str:
    """The token of the link that a form asks for: the same when the same form is sent twice."""
    key = house().settings.secret_key
    return hmac.new(key.encode(), f"assessor:{form}".encode(), hashlib.sha256).hexdigest()


def _lacking(panel: Sequence[Seatmate]) -> dict[str, bool]:
    """What the panel lacks before anybody has scored, by keys of `SHORTFALLS`."""
    return {
        "assessors": len(panel) < FEWEST,
        "lived": not any(one.lived for one in panel),
        "frontline": not any(one.frontline for one in panel),
    }


def _page(form: InviteForm, link: str = "", made: int = 0) -> str:
    with house().store.read() as db:
        panel = assessors.panel(db, room().id)
        items = assessors.to_score(db, room().id, day=day_now())
    lacking = [key for key, missing in _lacking(panel).items() if missing]
    return render_template(
        "leader/assessors.html",
        room=room(),
        form=form,
        panel=panel,
        items=items,
        link=link,
        asked=next((one for one in panel if one.id == made), None),
        lacking=lacking,
        leads="leader" in who().roles,
        fresh_id=fresh_id,
        MOVES=MOVES,
        SHORTFALLS=SHORTFALLS,
        STANDINGS=STANDINGS,
        STATES=STATES,
    )
