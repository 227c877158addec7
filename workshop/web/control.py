"""The control room: everything the facilitator needs while people are in the room."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from markupsafe import Markup

from workshop.acts import running
from workshop.reads import care, exposure, hands, people, posts, voices
from workshop.reads.columns import control_board
from workshop.reads.journey import journey_card
from workshop.reads.patterns import patterns_card
from workshop.reads.pledges import pledges_card, what_helped
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard
from workshop.reads.screen import screen_card
from workshop.reads.sorting import sorting_card, suggested
from workshop.rules.plans import MOST_VOTES
from workshop.rules.refusals import Refused
from workshop.rules.voting import METHODS
from workshop.web import hosts, moves, remote
from workshop.web.commands import fresh_id, perform
from workshop.web.desk import desk
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house, room
from workshop.web.journey import hang as hang_journey

pages = Blueprint("facilitator", __name__)
pages.context_processor(desk)
moves.add_to(pages)
hang_journey(pages)
hosts.add_to(pages)
remote.add_to(pages)


class ThemeForm(Form):
    """A new heading for the board."""

    title = words_field(_("New theme"), "theme")


@pages.get("/workshops/<slug>")
def control(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """The control room, or the plan while the doors have never been open."""
    if room().state == "upcoming":
        return redirect(url_for("facilitator.plan", slug=room().slug))
    return _page(ThemeForm(formdata=None))


@pages.post("/workshops/<slug>/themes")
def add_theme(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Add a theme; a refusal keeps the words in the field."""
    form = ThemeForm()
    try:
        perform("theme.add", {"title": request.form.get("title", "")})
    except Refused as refusal:
        form.title.errors = [words(refusal)]
        return _page(form), 422
    return redirect(url_for("facilitator.control", slug=room().slug), 303)


@pages.post("/workshops/<slug>/start")
def start(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Open the doors and begin at the first step."""
    _run(partial(running.start, address=str(request.remote_addr)))
    return redirect(url_for("facilitator.control", slug=room().slug), 303)


@pages.post("/workshops/<slug>/finish")
def finish(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """End the meeting and go to what it chose."""
    _run(running.finish)
    return redirect(url_for("facilitator.results", slug=room().slug), 303)


def _run(act: Any) -> None:  # noqa: ANN401 - an act is any function that takes a session and names
    try:
        house().stage.perform(act, workshop_id=room().id)
    except Refused as refusal:
        flash(words(refusal))


def _page(form: ThemeForm) -> str:
    seen = _seen()
    phase, aside = room().step.phase, seen["sorting"].aside
    suggestions = house().offload(suggested, seen["board"], phase, aside)
    return render_template(
        "facilitator/control.html", theme_form=form, suggestions=suggestions, view=_view(), **seen
    )


def _view() -> str:
    """Whether the board is looked at as a board or as a list; the last choice is kept."""
    asked = request.args.get("view")
    if asked in {"board", "list"} and asked != session.get("view", "board"):
        session["view"] = asked
    return "list" if session.get("view") == "list" else "board"


def _seen() -> dict[str, Any]:
    """All that the control room shows, read in one consistent look."""
    here = room()
    with house().store.read() as db:
        heads = people.headcount(db, here.id, here.counted_step)
        return {
            "room": here,
            "questions": posts.board(db, here.id, {"question"}, ("shown", "hidden")),
            "board": control_board(db, here.id, here.step.phase),
            "promises": pledges_card(db, here.id) if _is_late(here) else None,
            "helped": what_helped(db, here.id) if _is_late(here) else (),
            "journey": journey_card(db, here) if here.step.phase == "journey" else None,
            "heads": heads,
            "voices": voices.voices(db, here, heads),
            "sorting": sorting_card(db, here, request.args.get("inside", type=int)),
            "seats": people.seats(db, here.id),
            "queue": care.queue(db, here.id),
            "card": screen_card(db, here, heads),
            "hands": hands.hands(db, here),
            "few": exposure.few(db, here, heads),
            "progress": people.progress(db, here, heads),
            "patterns": patterns_card(db, here),
            "online": house().online(here.id),
            "paint": paint,
            "fresh_id": fresh_id,
            "METHODS": METHODS,
            "MOST_VOTES": MOST_VOTES,
        }


def _is_late(here: RoomCard) -> bool:
    """Whether the room has come so far that the promises people take home have their place."""
    return here.step.phase == "next" or here.state == "finished"


def paint(post: PostCard) -> Markup:
    """A card of the board, as everybody who runs the room sees it."""
    return house().fragments.card(post, room().slug, "control", str(get_locale() or "en"))
