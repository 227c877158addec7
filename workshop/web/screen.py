"""The projector: one page without a sign-in, opened by a link that only the facilitator has."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, session
from flask.typing import ResponseReturnValue

from workshop.reads import rooms
from workshop.reads.screen import screen_card
from workshop.web.house import house

pages = Blueprint("screen", __name__)

SCREENS_KEPT = 8
"""How many rooms one browser remembers being the screen of."""


@pages.get("/screen/<token>")
def projector(token: str) -> ResponseReturnValue:
    """The room's screen. Whoever holds the link may open it; an unknown one is a 404.

    `?theme=light` is light whatever the control room says, as long as it is in the address.
    """
    with house().store.read() as db:
        room = rooms.by_screen(db, token)
        if room is None:
            abort(404)
        card = screen_card(db, room)
    kept = {slug: held for slug, held in session.get("screens", {}).items() if slug != room.slug}
    session["screens"] = dict([*kept.items(), (room.slug, token)][-SCREENS_KEPT:])
    look = "light" if request.args.get("theme") == "light" else "stage"
    return render_template("screen/projector.html", room=room, card=card, look=look)
