"""A participant's phone: the room, what they post and vote, what they said, their seat."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts import seats
from workshop.rules.refusals import Refused
from workshop.web import (
    hear,
    own_changes,
    own_offers,
    pairs,
    pictures,
    reporting,
    rewording,
    rubbing_out,
    saying,
    talk,
)
from workshop.web.carried import forget_seat, remember_seat
from workshop.web.commands import perform
from workshop.web.door import where_from
from workshop.web.errors import words
from workshop.web.house import house
from workshop.web.house import room as this_room
from workshop.web.languages import LANGUAGES
from workshop.web.meaning import meaning_page
from workshop.web.mine import hang as hang_mine
from workshop.web.moves import numbers, whole
from workshop.web.own_order import note_page
from workshop.web.phone import Said, seat, show, spoken
from workshop.web.posting import DoneForm, GroupForm, HandForm, MarkForm
from workshop.web.turns import in_turn

pages = Blueprint("participant", __name__, url_prefix="/w/<slug>")
pages.context_processor(spoken)
saying.add_to(pages)
reporting.hang(pages)
rubbing_out.hang(pages)
hear.hang(pages)
rewording.add_to(pages)
talk.add_to(pages)
pictures.add_to(pages)
pairs.add_to(pages)
own_offers.add_to(pages)
own_changes.add_to_phone(pages)
hang_mine(pages)


def _back(slug: str, place: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".room", slug=slug, _anchor=place), 303)


@pages.get("")
@in_turn
def room(**_path: str) -> ResponseReturnValue:
    """The step the room is at."""
    return show()


@pages.post("/marks")
def set_mark(slug: str) -> ResponseReturnValue:
    """Set one mark, and come back to the idea it was about.

    A form keeps nothing back to send it later, so it has no device: it counts as it arrives.
    """
    form = MarkForm()
    if not form.validate() or form.idea_id.data is None:
        raise Refused("bad_value")
    try:
        body = {"idea_id": form.idea_id.data, "value": form.value.data}
        perform("mark.set", {**body, "method": request.form.get("method", "")})
    except Refused as refusal:
        return show(no=Said(refusal, form.idea_id.data))
    note_page()
    return _back(slug, f"idea-{form.idea_id.data}")


@pages.post("/seen")
def saw_ideas(slug: str) -> ResponseReturnValue:
    """Say that one has looked at the ideas of a page, without a vote for any of them."""
    try:
        perform("ideas.seen", {"idea_ids": numbers(" ".join(request.form.getlist("idea_ids")))})
    except Refused as refusal:
        return show(no=Said(refusal))
    return _back(slug)


@pages.post("/ballot")
def cast_ballot(slug: str) -> ResponseReturnValue:
    """Cast a whole secret ballot; one that is refused comes back with everything on it."""
    ideas, values = (request.form.getlist(f"{name}[]") for name in ("idea_ids", "values"))
    try:
        body = {"idea_ids": list(map(whole, ideas)), "values": list(map(_or_blank, values))}
        perform("ballot.cast", {**body, "method": request.form.get("method", "")})
    except Refused as refusal:
        typed = dict(zip(ideas, values, strict=False))
        return show(no=Said(refusal), typed=typed)
    return _back(slug)


def _or_blank(value: str) -> int | None:
    return whole(value) if value else None


@pages.post("/done")
def set_done(slug: str) -> ResponseReturnValue:
    """Say "I'm done", or take that back."""
    try:
        perform("ballot.done", {"done": bool(DoneForm().done.data)})
    except Refused as refusal:
        return show(no=Said(refusal))
    note_page()
    return _back(slug)


@pages.post("/hand")
def raise_hand(slug: str) -> ResponseReturnValue:
    """Put one's hand up, or take it down."""
    try:
        perform("hand.raise", {"is_raised": bool(HandForm().is_raised.data)})
    except Refused as refusal:
        return show(no=Said(refusal))
    return _back(slug)


@pages.get("/votes")
@in_turn
def findings(slug: str) -> str:
    """What the votes of this room mean, once they are revealed."""
    return meaning_page(this_room(), url_for(".room", slug=slug), _("Back to the room"))


@pages.route("/seat", methods=["GET", "POST"])
def change_group(slug: str) -> ResponseReturnValue:
    """Move to another seat, or get up."""
    form = GroupForm(group=seat().group)
    sentence, status = "", 200
    if form.is_submitted():
        try:
            house().stage.perform(
                seats.change_group,
                workshop_id=this_room().id,
                seat_id=seat().id,
                group=form.group.data or "",
            )
        except Refused as refusal:
            sentence, status = words(refusal), 422
        else:
            return _back(slug)
    page = render_template(
        "participant/seat.html", room=this_room(), seat=seat(), form=form, sentence=sentence
    )
    return page, status


@pages.post("/leave")
def leave(slug: str) -> ResponseReturnValue:
    """Get up. Everything said stays, and the resume code leads back."""
    receipt = seat().receipt
    house().stage.perform(seats.leave, workshop_id=this_room().id, seat_id=seat().id)
    forget_seat(slug, receipt)
    flash(_("You’ve left. Your code brings you back: %(code)s", code=receipt))
    return redirect(url_for("door.landing"), 303)


@pages.post("/language")
def set_language(**_path: str) -> ResponseReturnValue:
    """Speak another language with this person from now on, and go back."""
    language = request.form.get("language", "")
    if language in LANGUAGES:
        session["language"] = language
        house().stage.perform(
            seats.set_language,
            workshop_id=this_room().id,
            seat_id=seat().id,
            language=language,
        )
    return redirect(where_from(), 303)


@pages.get("/move")
def move(**_path: str) -> str:
    """Carry on with another phone: the code as a QR, and a way to sign the old ones out."""
    return render_template("participant/move.html", room=this_room(), seat=seat())


@pages.post("/others")
def sign_out_others(slug: str) -> ResponseReturnValue:
    """Sign out every other device of this seat. This one stays, and so does the code."""
    change = house().stage.perform(
        seats.sign_out_others, workshop_id=this_room().id, seat_id=seat().id
    )
    remember_seat(slug, seat().receipt, change.answer["epoch"])
    flash(_("Done. Only this device is on your seat now."))
    return redirect(url_for(".move", slug=slug), 303)


@pages.post("/kept")
def keep_code(slug: str) -> ResponseReturnValue:
    """The person has written down their code, so it need not stand on top any more."""
    session.pop("fresh", None)
    return _back(slug)
