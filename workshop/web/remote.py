"""The facilitator's own phone as a remote, and the link that opens it there."""

from __future__ import annotations

import secrets

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workshop.acts.hosts import make_link
from workshop.reads import hands, people
from workshop.reads.columns import control_board
from workshop.reads.screen import screen_card
from workshop.rules.hosting import LINKS, MINUTE_MS
from workshop.rules.refusals import Refused
from workshop.web.commands import fresh_id
from workshop.web.errors import words
from workshop.web.hosts import as_whom
from workshop.web.house import house, room


def add_to(pages: Blueprint) -> None:
    """Give the facilitator's pages these routes."""
    pages.add_url_rule("/workshops/<slug>/remote", view_func=remote)
    pages.add_url_rule("/workshops/<slug>/remote", view_func=remote_link, methods=["POST"])


def remote(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Next, back, time, reveal, spotlight and blank, for one thumb."""
    here = room()
    with house().store.read() as db:
        heads = people.headcount(db, here.id, here.counted_step)
        return render_template(
            "facilitator/remote.html",
            room=here,
            board=control_board(db, here.id, here.step.phase),
            heads=heads,
            card=screen_card(db, here, heads),
            hands=hands.hands(db, here),
            progress=people.progress(db, here, heads),
            fresh_id=fresh_id,
        )


def remote_link(slug: str) -> ResponseReturnValue:
    """Show a square for one's own phone. It works once, for ten minutes."""
    token = secrets.token_urlsafe(24)
    try:
        house().stage.perform(make_link, **as_whom(), kind="remote", token=token)
    except Refused as refusal:
        flash(words(refusal))
        return redirect(url_for("facilitator.control", slug=slug), 303)
    link = house().settings.public_url + url_for("door.open_remote", token=token)
    minutes = LINKS["remote"] // MINUTE_MS
    return render_template("facilitator/remote_link.html", room=room(), link=link, minutes=minutes)
