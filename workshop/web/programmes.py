"""Programmes: several workshops about one service, and ideas carried from one to the next."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from workshop.acts import programmes as acts
from workshop.reads import programmes, rooms
from workshop.reads.programmes import ProgrammeCard
from workshop.rules.refusals import Refused
from workshop.web.commands import fresh_id
from workshop.web.desk import desk
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.home import account_id
from workshop.web.house import house
from workshop.web.moves import whole
from workshop.web.reach import perform_once

pages: Final = Blueprint("programmes", __name__)
pages.context_processor(desk)


class ProgrammeForm(Form):
    """What a programme is called, and which service its workshops are about."""

    title = words_field(_("Name of the programme"), "title", required=True)
    service = words_field(_("Which service is it about?"), "service", required=True)


@pages.route("/programmes", methods=["GET", "POST"])
def mine() -> ResponseReturnValue:
    """One's own programmes, and a new one; what was typed stays when it cannot be made."""
    form = ProgrammeForm()
    if request.method == "GET":
        return _list(form)
    if not form.validate():
        return _list(form), 422
    try:
        made = perform_once(acts.make_programme, account_id=account_id(), **_words(form))
    except Refused as refusal:
        form.title.errors = [words(refusal)]
        return _list(form), 409
    number = made.answer["programme"]
    return redirect(url_for("programmes.programme", programme_id=number), 303)


def _list(form: ProgrammeForm) -> str:
    with house().store.read() as db:
        found = programmes.programmes(db, account_id())
    return render_template("home/programmes.html", programmes=found, form=form)


def _words(form: ProgrammeForm) -> dict[str, str]:
    return {"title": form.title.data or "", "service": form.service.data or ""}


@pages.get("/programmes/<int:programme_id>")
def programme(programme_id: int) -> str:
    """One programme: its workshops in order, and how ideas went from one to the next."""
    card = _one(programme_id)
    form = ProgrammeForm(formdata=None, data={"title": card.title, "service": card.service})
    return _page(card, form)


@pages.post("/programmes/<int:programme_id>")
def edit(programme_id: int) -> ResponseReturnValue:
    """Change what a programme is called."""
    card, form = _one(programme_id), ProgrammeForm()
    if not form.validate():
        return _page(card, form), 422
    perform_once(
        acts.edit_programme, account_id=account_id(), programme_id=programme_id, **_words(form)
    )
    flash(gettext("Saved."))
    return redirect(url_for("programmes.programme", programme_id=programme_id), 303)


@pages.post("/programmes/<int:programme_id>/workshops")
def put(programme_id: int) -> ResponseReturnValue:
    """Put a workshop of one's own into the programme, or take it out again."""
    card = _one(programme_id)
    number = whole(request.form.get("workshop", ""))
    wanted = None if request.form.get("out") else card.id
    perform_once(
        acts.put_in_programme,
        workshop_id=number,
        account_id=account_id(),
        programme_id=wanted,
    )
    flash(gettext("Saved."))
    return redirect(url_for("programmes.programme", programme_id=programme_id), 303)


def _one(programme_id: int) -> ProgrammeCard:
    """A programme of the caller's own; anybody else's is not to be found."""
    with house().store.read() as db:
        return programmes.programme(db, account_id(), programme_id) or abort(404)


def _page(card: ProgrammeCard, form: ProgrammeForm) -> str:
    with house().store.read() as db:
        own = rooms.hosted_by(db, account_id())
    return render_template(
        "home/programme.html",
        programme=card,
        form=form,
        loose=[room for room in own if room.programme_id is None],
        fresh_id=fresh_id,
    )


def carried(count: int) -> str:
    """How many ideas came along, in words."""
    if not count:
        return str(gettext("Those ideas are here already."))
    told = ngettext("%(n)s idea came along.", "%(n)s ideas came along.", count, n=count)
    return str(told)
