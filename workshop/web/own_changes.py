"""Just do it, for somebody of the staff: on a phone with a seat, or by a link of one's own."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop.acts.offers import Giver
from workshop.reads import just_do, rooms
from workshop.web import guest
from workshop.web.commands import same_person
from workshop.web.house import house
from workshop.web.house import room as this_room
from workshop.web.moves import whole
from workshop.web.phone import seat
from workshop.web.small_changes import ClaimForm, claim, page_values, tell


def add_to_phone(pages: Blueprint) -> None:
    """Give the participant these routes."""
    pages.add_url_rule("/just-do-it", view_func=own_changes)
    pages.add_url_rule("/just-do-it", view_func=start_change, methods=["POST"])
    pages.add_url_rule("/just-do-it/tell", view_func=tell_change, methods=["POST"])


def add_to_guest(pages: Blueprint) -> None:
    """Give those with a link these routes."""
    base = "/guest/just-do-it"
    pages.add_url_rule(base, endpoint="own_changes", view_func=guest_changes)
    pages.add_url_rule(
        base, endpoint="start_change", view_func=guest_start_change, methods=["POST"]
    )
    pages.add_url_rule(
        f"{base}/tell", endpoint="tell_change", view_func=guest_tell_change, methods=["POST"]
    )


def _giver() -> Giver:
    return {"seat_id": seat().id, "receipt": seat().receipt, "guest_id": 0}


def _phone(form: ClaimForm, sentence: str = "") -> str:
    with house().store.read() as db:
        mine = just_do.of_receipt(db, this_room().id, seat().receipt)
    values = page_values(this_room().id, form, sentence)
    return render_template("just/phone.html", room=this_room(), seat=seat(), mine=mine, **values)


def own_changes(**_path: str) -> str:
    """What I changed by myself, and what I may change."""
    return _phone(ClaimForm())


def start_change(slug: str) -> ResponseReturnValue:
    """Begin a change inside the lines; what was typed stays where it is outside."""
    same_person()
    form = ClaimForm()
    sentence = claim(form, this_room().id, _giver())
    if sentence:
        return _phone(form, sentence), 422
    return redirect(url_for(".own_changes", slug=slug), 303)


def tell_change(slug: str) -> ResponseReturnValue:
    """Tell what came of my own change."""
    same_person()
    sentence = tell(this_room().id, _giver(), _number())
    if sentence:
        return _phone(ClaimForm(formdata=None), sentence), 422
    return redirect(url_for(".own_changes", slug=slug), 303)


def _number() -> int:
    return whole(request.form.get("change_id", ""))


def _guest(form: ClaimForm, sentence: str = "") -> str:
    me = guest.me()
    with house().store.read() as db:
        mine = just_do.of_guest(db, me.id)
        room = rooms.by_id(db, me.workshop_id) or abort(404)
    values = page_values(me.workshop_id, form, sentence)
    return render_template("just/guest.html", guest=me, room=room, mine=mine, **values)


def guest_changes() -> str:
    """What a team changed by itself, and what it may change."""
    return _guest(ClaimForm())


def guest_start_change() -> ResponseReturnValue:
    """Begin a change inside the lines."""
    form = ClaimForm()
    sentence = claim(form, guest.me().workshop_id, guest.giver())
    if sentence:
        return _guest(form, sentence), 422
    return redirect(url_for("guest.own_changes"), 303)


def guest_tell_change() -> ResponseReturnValue:
    """Tell what came of a team's own change."""
    sentence = tell(guest.me().workshop_id, guest.giver(), _number())
    if sentence:
        return _guest(ClaimForm(formdata=None), sentence), 422
    return redirect(url_for("guest.own_changes"), 303)


# Once, whenever the house is built: a blueprint takes no routes after it has been registered.
add_to_guest(guest.pages)
