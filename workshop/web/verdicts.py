"""What the facilitator decides about a counted vote: how long the list is, and what stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, Field
from wtforms.validators import Optional

from workshop.acts.findings import work_out
from workshop.acts.verdicts import give_verdict as give
from workshop.acts.verdicts import take_verdict_back as take_back
from workshop.rules.refusals import Refused
from workshop.web.control import pages
from workshop.web.errors import words as sentence
from workshop.web.forms import Form, number, words
from workshop.web.house import house, room
from workshop.web.moves import maybe, whole
from workshop.web.results import results_page

#: Which field of the form a refusal is about.
FIELD_OF: Final[Mapping[str, str]] = {
    "empty": "reason",
    "too_long": "reason",
    "not_text": "reason",
    "review_needed": "review_on",
    "review_ahead": "review_on",
}


class VerdictForm(Form):
    """Park an idea until a day, or keep it in; the button that was pressed says which."""

    round_id = number(required=True)
    idea_id = number(required=True)
    reason = words(_("Why? Everybody can read this."), "verdict", area=True, required=True)
    review_on = DateField(_("Look again on"), validators=[Optional()])


def fresh_verdict(round_id: int) -> VerdictForm:
    """An empty form about a round, its fields named apart from those of other rounds."""
    form = VerdictForm(formdata=None, data={"round_id": round_id})
    for field in form:
        field.id = f"{field.name}-{round_id}"
        field.label.field_id = field.id
    return form


@pages.context_processor
def verdict_forms() -> dict[str, Any]:
    """What the results page calls to draw the form."""
    return {"fresh_verdict": fresh_verdict}


@pages.post("/workshops/<slug>/results/size")
def choose_size(slug: str) -> ResponseReturnValue:
    """Work everything out anew for a list of another length; without one, as far as is missing."""
    try:
        number_of_round = whole(request.form.get("round_id", ""))
        work_out(
            house().stage,
            number_of_round,
            maybe(request.form.get("size", "")),
            workshop_id=room().id,
        )
    except Refused as refusal:
        flash(sentence(refusal))
    return redirect(url_for("facilitator.results", slug=slug), 303)


@pages.post("/workshops/<slug>/results/verdict")
def give_verdict(slug: str) -> ResponseReturnValue:
    """Park an idea or keep it in, with a reason for everybody; a refusal keeps the words."""
    form = VerdictForm()
    if not form.validate():
        return results_page(form), 422
    try:
        house().stage.perform(
            give,
            workshop_id=room().id,
            round_id=form.round_id.data,
            idea_id=form.idea_id.data,
            kind=request.form.get("kind", ""),
            reason=form.reason.data or "",
            review_on=form.review_on.data.isoformat() if form.review_on.data else None,
        )
    except Refused as refusal:
        _beside(form, refusal)
        return results_page(form), 409
    flash(gettext("Done. Everybody can read your reason."))
    return redirect(url_for("facilitator.results", slug=slug), 303)


def _beside(form: VerdictForm, refusal: Refused) -> None:
    """Put the sentence of a refusal beside the field that it is about."""
    field: Field = form[FIELD_OF.get(refusal.code, "idea_id")]
    field.errors = [sentence(refusal)]


@pages.post("/workshops/<slug>/results/verdict/back")
def take_verdict_back(slug: str) -> ResponseReturnValue:
    """Let an idea stand where its count puts it."""
    try:
        house().stage.perform(
            take_back,
            workshop_id=room().id,
            round_id=whole(request.form.get("round_id", "")),
            idea_id=whole(request.form.get("idea_id", "")),
        )
    except Refused as refusal:
        flash(sentence(refusal))
    return redirect(url_for("facilitator.results", slug=slug), 303)
