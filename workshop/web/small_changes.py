"""Small changes by staff: the form, the questions made of the lines, and telling how it went."""

from __future__ import annotations

from typing import Any, Final

from flask import flash, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import InputRequired

from workshop.acts import just_do as acts
from workshop.acts.offers import Giver
from workshop.reads import just_do
from workshop.rules.just_do import CHANGE_KINDS, CHANGE_OUTCOMES, CHANGE_STATES, questions
from workshop.rules.refusals import REFUSALS, Refused
from workshop.web.choices import choices
from workshop.web.errors import words as said
from workshop.web.forms import Form, words
from workshop.web.house import house
from workshop.web.reach import perform_once

TABLES: Final[dict[str, Any]] = {
    "KINDS": CHANGE_KINDS,
    "OUTCOMES": CHANGE_OUTCOMES,
    "STATES": CHANGE_STATES,
}
"""Words that every page about small changes shows."""


class ClaimForm(Form):
    """A change that somebody makes."""

    kind = RadioField(
        _("What kind of change is it?"),
        choices=choices(CHANGE_KINDS),
        validators=[InputRequired(_(REFUSALS["unknown_choice"]))],
    )
    text = words(_("What will you do differently?"), "small_change", area=True, required=True)


def claim(form: ClaimForm, workshop_id: int, giver: Giver) -> str:
    """Begin the change of a form; the sentence of what is wrong, or "" where it has begun."""
    if not form.validate():
        return " "
    own = {"kind", "text", "csrf_token", "command_id", "for_seat"}
    answers = {name: value for name, value in request.form.items() if name not in own}
    told = {"kind": form.kind.data, "text": form.text.data or "", "answers": answers}
    try:
        perform_once(acts.start_change, workshop_id=workshop_id, giver=giver, **told)
    except Refused as refusal:
        if refusal.code in {"not_found", "watching"}:
            raise
        return said(refusal)
    flash(gettext("Go ahead. Tell us how it went."))
    return ""


def tell(workshop_id: int, giver: Giver, change_id: int) -> str:
    """Tell what came of one's own change; the sentence of what is wrong, or ""."""
    told = {name: request.form.get(name, "") for name in ("outcome", "happened")}
    own = {"workshop_id": workshop_id, "giver": giver, "change_id": change_id}
    try:
        perform_once(acts.tell_change, **own, **told)
    except Refused as refusal:
        if refusal.code == "not_found":
            raise
        return said(refusal)
    flash(gettext("Thank you. Everybody can read how it went."))
    return ""


def page_values(workshop_id: int, form: ClaimForm, sentence: str) -> dict[str, Any]:
    """What the page of a maker shows: the lines, the questions, and the form as it was filled."""
    with house().store.read() as db:
        lines = just_do.lines_for(db, just_do.programme_of(db, workshop_id))
    return {
        "form": form,
        "lines": lines,
        "questions": questions(lines) if lines else (),
        "sentence": sentence.strip(),
        "typed": request.form,
        **TABLES,
    }
