"""The talk between the two rounds: how far apart people are, and why they see it their way."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, HiddenField

from workshop.acts.scoring import give_reason
from workshop.reads import scoring, yardsticks
from workshop.rules.refusals import Refused
from workshop.rules.roles import STANDINGS
from workshop.rules.scoring.risk import IMPACTS, LIKELIHOODS
from workshop.rules.scoring.rounds import require_talk
from workshop.web.commands import fresh_id
from workshop.web.errors import STATUS
from workshop.web.errors import words as refused
from workshop.web.forms import Form, words
from workshop.web.house import house
from workshop.web.panel_seats import Seat, day_now, seat_at
from workshop.web.reach import perform_once
from workshop.web.spoken import spoken


class ReasonForm(Form):
    """Something to say about one question."""

    question = HiddenField()
    text = words(lazy_gettext("Why do you see it your way?"), "evidence", area=True, required=True)
    unnamed = BooleanField(lazy_gettext("Say it without my name"))


def add_to(pages: Blueprint) -> None:
    """Give the assessors' pages these routes."""
    address = "/assess/items/<int:item_id>/talk"
    pages.add_url_rule(address, view_func=talk)
    pages.add_url_rule(address, endpoint="say_why", view_func=say_why, methods=["POST"])


def talk(item_id: int) -> ResponseReturnValue:
    """What people answered in the rounds that may be seen; while the first is open, the form."""
    seat = seat_at(item_id)
    if not seat.state.counts:
        return redirect(url_for("assessor.assess", item_id=item_id), 303)
    return _page(seat, ReasonForm(formdata=None))


def say_why(item_id: int) -> ResponseReturnValue:
    """Say something about one question; what cannot be kept comes back with its sentence."""
    seat = seat_at(item_id)
    form = ReasonForm()
    require_talk(seat.state)
    if not form.validate():
        return _page(seat, form), 422
    if seat.assessor is None:
        raise Refused("score_first")
    try:
        perform_once(
            give_reason,
            workshop_id=seat.item.workshop_id,
            item_id=seat.item.id,
            assessor_id=seat.assessor.id,
            question=form.question.data or "",
            text=form.text.data or "",
            unnamed=bool(form.unnamed.data),
        )
    except Refused as refusal:
        flash(refused(refusal))
        return _page(seat, form), STATUS.get(refusal.code, 409)
    flash(gettext("Thank you. Everybody on the panel can read it."))
    there = url_for("assessor.talk", item_id=item_id, _anchor=f"q-{form.question.data}")
    return redirect(there, 303)


def _page(seat: Seat, form: ReasonForm) -> str:
    item = seat.item
    with house().store.read() as db:
        found = scoring.talk(db, item.workshop_id, item.id, day=day_now())
        yard = yardsticks.of_workshop(db, item.workshop_id)
    return render_template(
        "assessor/talk.html",
        item=item,
        state=seat.state,
        me=seat.assessor,
        talk=found,
        form=form,
        fresh=ReasonForm(formdata=None),
        spoken=spoken(yard),
        fresh_id=fresh_id,
        IMPACTS=IMPACTS,
        LIKELIHOODS=LIKELIHOODS,
        STANDINGS=STANDINGS,
    )
