"""Rubbing out everything one said: from one's own page, or with nothing but the code."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from workshop.acts.erasing import rub_out as erase
from workshop.reads import identity, rooms
from workshop.rules.refusals import Refused
from workshop.web.carried import forget_seat, tidy_receipt
from workshop.web.errors import STATUS, words
from workshop.web.forms import Form
from workshop.web.house import house
from workshop.web.house import room as this_room
from workshop.web.phone import seat
from workshop.web.throttle import Guesses

TYPED = 64
"""The longest code the field takes, however it is spaced."""

WRONG_CODES = Guesses(limit=30)


class SureForm(Form):
    """What cannot be undone is said twice: by coming here, and by this tick."""

    sure = BooleanField(
        lazy_gettext("Yes, rub out everything I said"),
        validators=[InputRequired(lazy_gettext("Please tick this first. It can’t be undone."))],
    )


class CodeForm(SureForm):
    """The same for somebody who has only their code."""

    code = StringField(render_kw={"autocomplete": "off", "maxlength": TYPED})


def hang(pages: Blueprint) -> None:
    """Hang the page of somebody who has a seat."""
    pages.add_url_rule("/rub-out", "rub_out", of_a_seat, methods=["GET", "POST"])


def hang_at_the_door(pages: Blueprint) -> None:
    """Hang the page of somebody who has only their code."""
    pages.add_url_rule("/rub-out", "rub_out", of_a_code, methods=["GET", "POST"])


def of_a_seat(slug: str) -> ResponseReturnValue:
    """What goes and what stays; then it goes."""
    form = SureForm()
    if not form.is_submitted() or not form.validate():
        status = 422 if form.errors else 200
        page = render_template("participant/rub_out.html", room=this_room(), seat=seat(), form=form)
        return page, status
    receipt = seat().receipt
    _erase(this_room().id, seat().id, receipt)
    return _gone(slug, receipt)


def of_a_code() -> ResponseReturnValue:
    """The same by code alone, for somebody who was asked to leave or lost their phone."""
    form = CodeForm()
    if not form.is_submitted() or not form.validate():
        return render_template("door/rub_out.html", form=form), 422 if form.errors else 200
    receipt = tidy_receipt(form.code.data or "")
    with house().store.read() as db:
        found = identity.seat_of_receipt(db, receipt)
        room = rooms.by_id(db, found[0]) if found else None
    if found is None or room is None:
        address, now = str(request.remote_addr), house().now()
        refusal = WRONG_CODES.wrong(address, now, Refused("wrong_resume"))
        form.code.errors = [words(refusal)]
        return render_template("door/rub_out.html", form=form), STATUS.get(refusal.code, 409)
    _erase(*found, receipt)
    return _gone(room.slug, receipt)


def _erase(workshop_id: int, seat_id: int, receipt: str) -> None:
    """Erase it in the database, on disk, and in what this process has rendered."""
    house().stage.perform(erase, workshop_id=workshop_id, seat_id=seat_id, receipt=receipt)
    house().fragments.forget()
    house().alike.forget()
    house().offload(house().store.scrub)


def _gone(slug: str, receipt: str) -> ResponseReturnValue:
    """Back to the first page. Drafts on this device go too, unless others write on it as well."""
    alone = len(session.get("seats", {})) <= 1 and not session.get("helped")
    forget_seat(slug, receipt)
    flash(_("Everything you said is rubbed out. Thank you for coming."))
    answer = redirect(url_for("door.landing"), 303)
    if alone:
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
