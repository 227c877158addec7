"""A form about one item, on a page of its own: shown, and shown again with what it was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workshop.acts.stage import Change
from workshop.reads.items import ItemPage
from workshop.rules.refusals import Refused
from workshop.web.errors import STATUS, words
from workshop.web.forms import Form
from workshop.web.reach import act_on

BESIDE: Final[dict[str, str]] = {
    "outcome_first": "savings",
    "bad_effort": "effort",
    "bad_date": "answer_by",
    "review_needed": "review_on",
    "review_ahead": "review_on",
    "bad_order": "ends_on",
    "day_needed": "ends_on",
    "pilot_begun": "works_if",
}
"""The field beside which a refusal is shown, by its code; the first field for every other."""


def show(name: str, page: ItemPage, form: Form, refusal: Refused | None = None, **more: Any) -> str:
    """The form `templates/leader/NAME.html`, with the sentence of a refusal beside its field."""
    if refusal:
        wanted = BESIDE.get(refusal.code, "")
        fields = [field for field in form if field.type not in {"HiddenField", "CSRFTokenField"}]
        beside = form[wanted] if wanted in form else fields[0]
        beside.errors = [words(refusal)]
    return render_template(f"leader/{name}.html", page=page, form=form, **more)


def again(
    name: str, page: ItemPage, form: Form, refusal: Refused | None = None, **more: Any
) -> ResponseReturnValue:
    """The form that was sent with what needs changing, nothing of it lost."""
    status = STATUS.get(refusal.code, 409) if refusal else 422
    return show(name, page, form, refusal, **more), status


def back(item_id: int, sentence: str) -> ResponseReturnValue:
    """The item's page, with a sentence that says what was done."""
    flash(sentence)
    return redirect(url_for("leader.item", item_id=item_id), 303)


def tried(item_id: int, act: Callable[..., Change], **given: Any) -> Refused | None:
    """Perform an act on an item; the refusal where it was turned down."""
    try:
        act_on(item_id, act, **given)
    except Refused as refusal:
        if refusal.code in {"not_found", "not_allowed"}:
            raise
        return refusal
    return None
