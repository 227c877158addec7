"""Just do it, for leaders: the lines that staff keep to, what they changed, and stopping it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange

from workshop.acts import just_do as acts
from workshop.reads import just_do
from workshop.rules.just_do import (
    CHANGE_KINDS,
    MOST_DAYS,
    MOST_MONEY,
    MOST_PEOPLE,
)
from workshop.rules.refusals import REFUSALS, Refused
from workshop.web.choices import choices
from workshop.web.errors import STATUS
from workshop.web.errors import words as said
from workshop.web.forms import Form, words
from workshop.web.house import house, who
from workshop.web.reach import host, perform_once
from workshop.web.small_changes import TABLES


def _whole(label: str, most: int) -> IntegerField:
    needed = REFUSALS["not_whole"] % {"least": 0, "most": most}
    checks = [InputRequired(needed), NumberRange(0, most, needed)]
    return IntegerField(label, validators=checks)


class LinesForm(Form):
    """What staff may change by themselves."""

    kinds = SelectMultipleField(
        _("What may staff change by themselves?"),
        choices=choices(CHANGE_KINDS),
        validators=[InputRequired(_(REFUSALS["unknown_choice"]))],
    )
    money = _whole(_("It costs at most"), MOST_MONEY)
    days = _whole(_("It can be undone within so many days"), MOST_DAYS)
    people = _whole(_("It touches at most so many people"), MOST_PEOPLE)
    never = words(_("What is never allowed, one thing a line"), "never", area=True)


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages these routes."""
    both, base = ["GET", "POST"], "/just-do-it"
    pages.add_url_rule(base, endpoint="just_do", view_func=changes)
    pages.add_url_rule(f"{base}/<int:programme_id>", view_func=set_lines, methods=both)
    pages.add_url_rule(f"{base}/changes/<int:change_id>", view_func=stop_change, methods=["POST"])


def changes(sentence: str = "") -> str:
    """Every programme with its lines and what staff changed; nothing waits for a yes."""
    with house().store.read() as db:
        found = just_do.lanes(db, host=host())
    return render_template(
        "just/desk.html",
        lanes=found,
        sentence=sentence,
        typed=request.form,
        may_answer="leader" in who().roles,
        **TABLES,
    )


def set_lines(programme_id: int) -> ResponseReturnValue:
    """Say what staff of a programme may change by themselves."""
    with house().store.read() as db:
        lane = just_do.lane(db, programme_id) or abort(404)
    if request.method == "GET":
        form = LinesForm(formdata=None, data=_known(lane))
        return render_template("just/lines.html", lane=lane, form=form)
    form = LinesForm()
    account = who().account
    status = 422
    if form.validate() and account:
        told = {name: form[name].data for name in ("kinds", "money", "days", "people")}
        own = {"account_id": account.id, "programme_id": programme_id}
        try:
            perform_once(acts.set_lines, **own, **told, never=form.never.data or "")
        except Refused as refusal:
            form.never.errors = [said(refusal)]
            status = STATUS.get(refusal.code, 409)
        else:
            flash(gettext("Saved. Staff can begin."))
            return redirect(url_for("leader.just_do"), 303)
    return render_template("just/lines.html", lane=lane, form=form), status


def _known(lane: just_do.Lane) -> dict[str, Any]:
    if lane.lines is None:
        return {"kinds": ["words", "welcome"], "money": 50, "days": 7, "people": 50}
    known = lane.lines
    told = {"money": known.money, "days": known.days, "people": known.people}
    return {**told, "kinds": list(known.kinds), "never": "\n".join(known.never)}


def stop_change(change_id: int) -> ResponseReturnValue:
    """Stop a change, with a reason that everybody can read."""
    account = who().account
    with house().store.read() as db:
        workshop_id = just_do.workshop_of(db, change_id) or abort(404)
    own = {"account_id": account.id if account else 0, "change_id": change_id}
    try:
        reason = request.form.get("reason", "")
        perform_once(acts.stop_change, workshop_id=workshop_id, **own, reason=reason)
    except Refused as refusal:
        if refusal.code in {"not_found", "not_allowed"}:
            raise
        return changes(said(refusal)), STATUS.get(refusal.code, 409)
    flash(gettext("Stopped. The reason is public now."))
    return redirect(url_for("leader.just_do"), 303)
