"""Bringing a vote or a conversation from elsewhere: a workshop of it, whole or not at all."""

from __future__ import annotations

import hashlib
from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from workshop.acts.commands import sender_secret
from workshop.acts.findings import work_out
from workshop.acts.importing import bring_in
from workshop.acts.stage import Change, Once
from workshop.formats import BadFile
from workshop.formats.brought import read_brought
from workshop.rules.imports import MOST_BALLOTS, MOST_IDEAS, MOST_MEGABYTES, Import
from workshop.web.forms import Form
from workshop.web.home import WrongFile, account_id
from workshop.web.house import house, who
from workshop.web.reach import form_id
from workshop.web.saved_plans import around, pages

LIMITS: Final = {"megabytes": MOST_MEGABYTES, "ideas": MOST_IDEAS, "ballots": MOST_BALLOTS}


@pages.get("/workshops/bring")
def bring() -> str:
    """What may be brought, and how large it may be, before anybody picks a file."""
    return _page()


@pages.post("/workshops/bring")
def bring_file() -> ResponseReturnValue:
    """Make a workshop of the file; a bad one is refused with the line that is wrong."""
    files = [(one.filename or "", one.read()) for one in request.files.getlist("files")]
    try:
        found = house().offload(read_brought, files)
    except BadFile as bad:
        line = bad.remark.line
        near = around(files[0][1], line) if len(files) == 1 and _is_text(files[0][1]) else ()
        return _page(WrongFile(bad.remark.words(gettext), line, near)), 422
    made = _made(found, files)
    if made.answer["round"]:
        work_out(house().stage, made.answer["round"], workshop_id=made.answer["workshop"])
    flash(gettext("Made from the file. Look through the steps, then open the doors."))
    return redirect(url_for("facilitator.results", slug=made.answer["slug"]), 303)


def _made(found: Import, files: list[tuple[str, bytes]]) -> Change:
    """Make it once for the hidden id of the form and these very bytes."""
    digest = hashlib.sha256(b"".join(data for _, data in files)).hexdigest()
    secret = sender_secret(who(), house().settings.secret_key)
    return house().stage.perform(
        bring_in,
        once=Once(secret, form_id(), "bring_in", {"sha256": digest}),
        account_id=account_id(),
        brought=found,
        goal=gettext("Go on from what people said elsewhere."),
        better_for=gettext("Everybody who voted there, and those who could not"),
    )


def _is_text(data: bytes) -> bool:
    return not data.startswith(b"PK")


def _page(no: WrongFile | None = None) -> str:
    form = Form(formdata=None)
    return render_template("home/bring.html", form=form, no=no, limits=LIMITS)
