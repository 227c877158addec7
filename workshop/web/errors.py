"""Every no and every fault as one clear sentence on a page of its own, with a way onwards."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from workshop.logs import event
from workshop.rules.imports import MOST_MEGABYTES
from workshop.rules.refusals import Refused
from workshop.web.house import house

STATUS: Final[dict[str, int]] = {
    "not_found": 404,
    "not_allowed": 403,
    "not_yours": 403,
    "watching": 403,
    "removed": 403,
    "sign_in": 401,
    "too_fast": 429,
    "too_big": 413,
    "server_busy": 503,
}
"""Codes that have a status of their own. Every other refusal is a 409: right form, wrong time."""


def words(refusal: Refused) -> str:
    """The sentence of a refusal in the reader's language."""
    return refusal.words(_)


def register(app: Flask) -> None:
    """Answer refusals and faults of every route of `app`."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def message(sentence: str, status: int) -> ResponseReturnValue:
    """A page that says one thing."""
    return render_template("public/message.html", sentence=sentence, status=status), status


def _refused(refusal: Refused) -> ResponseReturnValue:
    event("refused", endpoint=request.endpoint, refusal=refusal.code)
    if refusal.code == "sign_in" and request.method == "GET":
        return redirect(url_for("door.sign_in", next=request.path))
    slug = (request.view_args or {}).get("slug")
    if refusal.code == "not_allowed" and slug and request.endpoint == "participant.room":
        flash(_("You have no seat there now. Please join again, or ask the facilitator."))
        return redirect(url_for("door.landing"))
    return message(words(refusal), STATUS.get(refusal.code, 409))


def _stale(_error: CSRFError) -> ResponseReturnValue:
    """A page that was open too long: send the person back to a fresh one, words kept by drafts."""
    flash(_("This page was open for a long time. Please send it again."))
    back = request.referrer or ""
    # To a page of ours and nowhere else: a form on another site must not lead back there.
    ours = urlsplit(back).netloc == request.host
    return redirect(back if ours else url_for("door.landing"))


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and request.endpoint == "plans.bring_file":
        return message(
            _("That’s over %(most)s MB. We can’t take that.", most=MOST_MEGABYTES), status
        )
    sentences = {
        404: _("We can’t find that page."),
        405: _("That page can’t be opened this way."),
        413: _("That’s too much to send at once. Please make it shorter."),
        429: _("That was very quick. Please wait a moment and try again."),
    }
    return message(sentences.get(status, _("Something went wrong. Please try again.")), status)


def _fault(error: Exception) -> ResponseReturnValue:
    event("fault", endpoint=request.endpoint, error=type(error).__name__)
    if house().settings.debug:
        raise error
    return message(_("Something went wrong on our side. Nothing you sent is lost."), 500)
