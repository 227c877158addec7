"""A helper's device: one person writes for several, each on a seat of their own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts import seats
from workshop.acts.stage import Once
from workshop.reads import rooms
from workshop.rules.refusals import Refused
from workshop.rules.roles import SeatCard
from workshop.web import carried
from workshop.web.door import SeatForm
from workshop.web.errors import STATUS, words
from workshop.web.house import house
from workshop.web.house import room as this_room
from workshop.web.languages import LANGUAGES, locale
from workshop.web.phone import spoken
from workshop.web.whose import people_here

pages = Blueprint("helping", __name__)
pages.context_processor(spoken)


@pages.get("/help/<token>")
def come_in(token: str) -> ResponseReturnValue:
    """Become a helper's device: opened by the link or QR that the facilitator shows."""
    with house().store.read() as db:
        room = rooms.by_helper(db, token)
    if room is None:
        raise Refused("not_found")
    carried.become_helper(room.slug, token)
    return redirect(url_for(".people", slug=room.slug))


@pages.get("/w/<slug>/people")
def people(slug: str) -> str:  # noqa: ARG001 - the guard has read it already
    """Everybody this device writes for."""
    return render_template("helping/people.html", **_here())


@pages.route("/w/<slug>/people/new", methods=["GET", "POST"])
def add(slug: str) -> ResponseReturnValue:
    """Somebody sits down at this device: a seat and a code of their own."""
    if request.method == "GET":
        session["next_receipt"] = carried.next_receipt()
        return _new(SeatForm(group="citizen", language=locale()))
    form = SeatForm()
    if not form.validate():
        return _new(form, status=422)
    try:
        _sit_down(slug, form)
    except Refused as refusal:
        return _new(form, words(refusal), STATUS.get(refusal.code, 409))
    return redirect(url_for("participant.room", slug=slug), 303)


def _sit_down(slug: str, form: SeatForm) -> None:
    if len(carried.helped(slug)) >= carried.MOST_HELPED:
        raise Refused("too_many_people", most=carried.MOST_HELPED)
    receipt = carried.next_receipt()
    language = form.language.data if form.language.data in LANGUAGES else "en"
    house().stage.perform(
        seats.take_seat,
        once=Once(receipt, slug, "seat.take", {}),
        workshop_id=this_room().id,
        group=form.group.data,
        receipt=receipt,
        name=form.name.data or "",
        language=language,
        channel="helper",
    )
    session.pop("next_receipt", None)
    carried.remember_seat(slug, receipt)
    session["fresh"] = slug
    session["language"] = language


def _new(form: SeatForm, sentence: str = "", status: int = 200) -> ResponseReturnValue:
    page = render_template("helping/new.html", form=form, sentence=sentence, **_here())
    return page, status


@pages.post("/w/<slug>/people/switch")
def switch(slug: str) -> ResponseReturnValue:
    """Go over to another person on this device: their page, their words, their ballot."""
    seat = _picked()
    carried.remember_seat(slug, seat.receipt, carried.epoch_of(seat.receipt))
    session.pop("fresh", None)
    session["language"] = seat.language
    return redirect(url_for("participant.room", slug=slug), 303)


@pages.post("/w/<slug>/people/off")
def take_off(slug: str) -> ResponseReturnValue:
    """Take one person off this device. Their seat stays, and their code brings them back."""
    seat = _picked()
    carried.forget_seat(slug, seat.receipt)
    code = seat.receipt
    flash(_("That person is off this device. Their code brings them back: %(code)s", code=code))
    return redirect(url_for(".people", slug=slug), 303)


@pages.get("/w/<slug>/people/codes")
def slips(slug: str) -> str:  # noqa: ARG001 - the guard has read it already
    """Everybody's code on a slip of paper, to be cut out and taken home."""
    return render_template("helping/slips.html", **_here())


def _here() -> dict[str, Any]:
    return {"room": this_room(), "people": people_here(), "most": carried.MOST_HELPED}


def _picked() -> SeatCard:
    """The person on this device whom the form names.

    Raises:
        Refused: `unknown_choice` for a seat that this device does not hold.
    """
    wanted = request.form.get("seat", "")
    for person in people_here():
        if str(person.seat.id) == wanted:
            return person.seat
    raise Refused("unknown_choice")
