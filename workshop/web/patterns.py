"""Votes that look as if one person had cast many: the facilitator looks, and decides."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from workshop.acts import patterns
from workshop.rules.refusals import Refused
from workshop.web.care import account_id, care_page
from workshop.web.control import pages
from workshop.web.errors import STATUS, words
from workshop.web.house import room
from workshop.web.moves import whole
from workshop.web.reach import perform_once


@pages.post("/workshops/<slug>/patterns")
def decide_pattern(slug: str) -> ResponseReturnValue:
    """Set the votes of a pattern aside or leave them in; a refusal keeps the reason."""
    asked = request.form.get("pattern", "")
    reason = request.form.get("reason", "")
    try:
        perform_once(
            patterns.decide,
            workshop_id=room().id,
            round_id=whole(request.form.get("round_id", "")),
            pattern=asked,
            decision=request.form.get("decision", ""),
            reason=reason,
            account_id=account_id(),
        )
    except Refused as refusal:
        status = STATUS.get(refusal.code, 409)
        return care_page(slug, wrong=(asked, words(refusal), reason)), status
    flash(gettext("Saved. You can take it back until the counts are shown."))
    return redirect(url_for("facilitator.care", slug=slug, _anchor="patterns"), 303)


@pages.post("/workshops/<slug>/patterns/back")
def take_pattern_back(slug: str) -> ResponseReturnValue:
    """Take a decision back."""
    try:
        perform_once(
            patterns.take_back,
            workshop_id=room().id,
            decided_id=whole(request.form.get("decided_id", "")),
            account_id=account_id(),
        )
    except Refused as refusal:
        flash(words(refusal))
    return redirect(url_for("facilitator.care", slug=slug, _anchor="patterns"), 303)
