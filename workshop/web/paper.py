"""Typing in what people wrote on paper: the sheet's code, then a form as it was printed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import RadioField, StringField

from workshop.acts import paper as acts
from workshop.acts.stage import Change
from workshop.reads import paper
from workshop.reads.paper import SheetCard
from workshop.rules.paper import tidy_code
from workshop.rules.receipts import sheet_receipt
from workshop.rules.refusals import Refused
from workshop.rules.roles import GROUPS, VOICES
from workshop.rules.voting import METHODS
from workshop.web.choices import choices
from workshop.web.errors import STATUS, words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house, room
from workshop.web.moves import whole

pages = Blueprint("paper", __name__, url_prefix="/w/<slug>/paper")


class FindForm(Form):
    """The code on a sheet."""

    code = StringField(render_kw={"autocomplete": "off", "maxlength": 16})


class SheetForm(Form):
    """What every sheet has: the box for the group."""

    group = RadioField(
        lazy_gettext("Which group is ticked?"),
        choices=choices({group: GROUPS[group] for group in VOICES}),
        validate_choice=False,
    )


class WordsForm(SheetForm):
    """A problem or an idea in the words of the sheet."""

    text = words_field(lazy_gettext("What is written"), "problem", area=True, required=True)
    better_for = words_field(lazy_gettext("Better for whom?"), "better_for")


@pages.route("", methods=["GET", "POST"])
def find(slug: str) -> ResponseReturnValue:
    """The six letters of a sheet."""
    form = FindForm()
    if request.method == "GET":
        return _find(form)
    try:
        code = _there(form.code.data or "")
    except Refused as refusal:
        form.code.errors = [words(refusal)]
        return _find(form, STATUS.get(refusal.code, 409))
    return redirect(url_for(".sheet", slug=slug, code=code), 303)


def _there(typed: str) -> str:
    """The code of a sheet of this room.

    Raises:
        Refused: `sheet_unknown`.
    """
    code = tidy_code(typed)
    if _card(code) is None:
        raise Refused("sheet_unknown")
    return code


def _find(form: FindForm, status: int = 200) -> ResponseReturnValue:
    with house().store.read() as db:
        counts = paper.counts(db, room().id)
    return render_template("paper/find.html", room=room(), form=form, counts=counts), status


def _card(code: str) -> SheetCard | None:
    with house().store.read() as db:
        return paper.sheet(db, room(), code)


def _known(code: str) -> SheetCard:
    """The sheet in this address.

    Raises:
        Refused: `not_found`.
    """
    card = _card(code)
    if card is None:
        raise Refused("not_found")
    return card


@pages.route("/<code>", methods=["GET", "POST"])
def sheet(slug: str, code: str) -> ResponseReturnValue:
    """One sheet as it was printed; what was typed stays when it cannot be taken."""
    card = _known(code)
    form = SheetForm() if card.kind == "vote" else WordsForm()
    if request.method == "GET":
        return _page(card, form)
    if not form.validate():
        return _page(card, form, status=422)
    try:
        _enter(card, form)
    except Refused as refusal:
        return _page(card, form, words(refusal), STATUS.get(refusal.code, 409))
    flash(_("Sheet %(code)s is in. Thank you.", code=card.code))
    return redirect(url_for(".find", slug=slug), 303)


def _enter(card: SheetCard, form: SheetForm) -> Change:
    given: dict[str, Any] = {**_whose(card.code), "group": form.group.data or ""}
    if isinstance(form, WordsForm):
        given |= {"text": form.text.data or "", "better_for": form.better_for.data or ""}
        return house().stage.perform(acts.enter_post, kind=card.kind, **given)
    return house().stage.perform(acts.enter_ballot, marks=_marks(), **given)


def _whose(code: str) -> dict[str, Any]:
    key = house().settings.secret_key
    return {
        "workshop_id": room().id,
        "code": code,
        "receipt": sheet_receipt(key, room().id, code),
    }


def _marks() -> dict[int, int]:
    """What was typed beside each idea; an empty box says nothing.

    Raises:
        Refused: `bad_value`.
    """
    typed = {
        whole(name.removeprefix("idea-")): value.strip()
        for name, value in request.form.items()
        if name.startswith("idea-")
    }
    return {idea: whole(value) for idea, value in typed.items() if value}


def _page(
    card: SheetCard, form: SheetForm, sentence: str = "", status: int = 200
) -> ResponseReturnValue:
    with house().store.read() as db:
        ideas = paper.printed(db, room(), card.code) if card.kind == "vote" else ()
    page = render_template(
        "paper/sheet.html",
        room=room(),
        card=card,
        form=form,
        ideas=ideas,
        typed=request.form,
        sentence=sentence,
        METHODS=METHODS,
    )
    return page, status


@pages.post("/<code>/back")
def take_back(slug: str, code: str) -> ResponseReturnValue:
    """Undo a voting sheet, to type it in again."""
    card = _known(code)
    try:
        house().stage.perform(acts.take_back_ballot, **_whose(card.code))
    except Refused as refusal:
        flash(words(refusal))
    else:
        flash(_("Undone. Please type the sheet in again."))
    return redirect(url_for(".sheet", slug=slug, code=code), 303)
