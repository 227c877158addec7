"""Bringing in a backlog that was saved elsewhere: looked at, then stored whole or not at all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from workshop.acts.bringing import bring_backlog
from workshop.acts.commands import sender_secret
from workshop.acts.stage import Change, Once
from workshop.formats import BadFile
from workshop.formats.backlog_brought import read_brought_backlog
from workshop.rules.brought import MOST_ITEMS, MOST_MEGABYTES, BroughtItem
from workshop.rules.refusals import N_
from workshop.web.forms import Form
from workshop.web.home import account_id
from workshop.web.house import house, who
from workshop.web.reach import cards, form_id

LIMITS: Final = {"megabytes": MOST_MEGABYTES, "items": MOST_ITEMS}

LISTED: Final = 12
"""So many items stand on the page that shows what a file holds; the rest is counted."""


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages this route."""
    pages.add_url_rule("/backlog/bring", view_func=bring, methods=["GET", "POST"])


def bring() -> ResponseReturnValue:
    """Pick a file; see what it would bring; bring it. Nothing is stored before the last step."""
    if request.method == "GET":
        return _page()
    sent = request.files.get("file")
    looked_at = "backlog" in request.form
    data = request.form["backlog"].replace("\r\n", "\n").encode() if looked_at else b""
    if sent is not None and sent.filename:
        data, looked_at = sent.read(), False
    try:
        found = _read(data)
    except BadFile as bad:
        return _page(no=bad.remark.words(gettext)), 422
    if not looked_at:
        return _page(found, data.decode("utf-8-sig"))
    made = _made(found, data)
    flash(_told(made))
    slugs = made.answer["slugs"]
    there = url_for(".backlog", workshop=slugs[0] if len(slugs) == 1 else None)
    return redirect(there, 303)


def _read(data: bytes) -> tuple[BroughtItem, ...]:
    if not data:
        raise BadFile(N_("Please pick a file first."))
    found: tuple[BroughtItem, ...] = house().offload(read_brought_backlog, data)
    return found


def _made(found: Sequence[BroughtItem], data: bytes) -> Change:
    """Bring it once for the hidden id of the form and these very bytes."""
    digest = hashlib.sha256(data).hexdigest()
    secret = sender_secret(who(), house().settings.secret_key)
    return house().stage.perform(
        bring_backlog,
        once=Once(secret, form_id(), "bring_backlog", {"sha256": digest}),
        account_id=account_id(),
        items=found,
        untitled=gettext("Backlog from a file"),
        goal=gettext("Go on with what people chose elsewhere."),
        better_for=gettext("Everybody who took part there"),
        moved=gettext("It had got this far before it came here in a file."),
    )


def _told(made: Change) -> str:
    ideas, rooms = made.answer["items"], len(made.answer["slugs"])
    return str(
        gettext(
            "In the backlog now: %(ideas)s from %(workshops)s.",
            ideas=ngettext("%(n)s idea", "%(n)s ideas", ideas, n=ideas),
            workshops=ngettext("%(n)s workshop", "%(n)s workshops", rooms, n=rooms),
        )
    )


def _page(found: Sequence[BroughtItem] = (), text: str = "", no: str = "") -> str:
    """The page; with `found`, what a file would bring, and its `text` to be sent again."""
    here = {(card.title, card.workshop) for card in cards()} if found else set()
    return render_template(
        "leader/bring.html",
        form=Form(formdata=None),
        limits=LIMITS,
        no=no,
        text=text,
        found=found,
        listed=found[:LISTED],
        rooms=Counter(one.workshop for one in found),
        answers=sum(bool(one.answer) for one in found),
        scored=sum(one.scored for one in found),
        twice=sum((one.title, one.workshop) in here for one in found),
    )
