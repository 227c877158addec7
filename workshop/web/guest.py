"""Whoever comes by a link of their own: what they offer, who asked, and what they would lead."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from workshop.acts import guests as acts
from workshop.acts.offers import Giver
from workshop.reads import adoptions, backlog, offers, rooms
from workshop.rules.offers import ADOPTION_STATES
from workshop.rules.refusals import Refused
from workshop.rules.roles import GuestCard
from workshop.web.errors import STATUS, words
from workshop.web.forms import words as words_field
from workshop.web.giving import OfferForm, change, offer
from workshop.web.house import house, who
from workshop.web.moves import whole
from workshop.web.reach import form_id, perform_once

pages: Final = Blueprint("guest", __name__)


class GuestForm(OfferForm):
    """An offer of somebody who has no seat: an organisation, or a person."""

    organisation = words_field(_("Your organisation, or your first name"), "title", required=True)


def new_guest(workshop_id: int, name: str, kind: str = "partner") -> str:
    """Give somebody a link; its token. The same form sent twice gives the same one.

    Raises:
        Refused: what the act refuses.
    """
    key = house().settings.secret_key
    token = hmac.new(key.encode(), f"guest:{form_id()}".encode(), hashlib.sha256).hexdigest()
    perform_once(acts.make_guest, workshop_id=workshop_id, kind=kind, name=name, token=token)
    return token


def offered(form: GuestForm, workshop_id: int) -> str:
    """Make somebody's first offer; the link to their page, or "" where words need changing."""
    if not form.validate():
        return ""
    try:
        token = new_guest(workshop_id, form.organisation.data or "")
    except Refused as refusal:
        form.organisation.errors = [words(refusal)]
        return ""
    with house().store.read() as db:
        guest = offers.guest(db, token) or abort(404)
    giver = Giver(seat_id=0, receipt="", guest_id=guest.id)
    made = offer(form, workshop_id, giver, f"{form_id()}:offer")
    return house().settings.public_url + url_for("guest.welcome", token=token) if made else ""


@pages.get("/guest/<token>")
def welcome(token: str) -> ResponseReturnValue:
    """A personal link. The browser remembers whose it is."""
    with house().store.read() as db:
        if offers.guest(db, token) is None:
            abort(404)
    session["guest"] = token
    session.permanent = True
    return redirect(url_for("guest.home"), 303)


@pages.get("/guest")
def home() -> str:
    """What a guest offers, who asked for it, and what they lead or would lead."""
    return _page(OfferForm())


def me() -> GuestCard:
    """The caller. Only on routes whose policy asks for a guest."""
    found = who().guest
    if found is None:
        raise Refused("not_allowed")
    return found


def _page(form: OfferForm, sentence: str = "", lead: dict[str, str] | None = None) -> str:
    guest = me()
    with house().store.read() as db:
        room = rooms.by_id(db, guest.workshop_id) or abort(404)
        mine = offers.of_guest(db, guest.id)
        items = backlog.of_workshop(db, room.id, now=house().now())
        asked = {one.item_id: one for one in reversed(adoptions.of_guest(db, guest.id))}
    return render_template(
        "offers/guest.html",
        guest=guest,
        room=room,
        form=form,
        mine=mine,
        items=items,
        asked=asked,
        sentence=sentence,
        lead=lead or {},
        wide=room.programme_id is not None,
        ADOPTION_STATES=ADOPTION_STATES,
    )


def giver() -> Giver:
    """The caller as the one who offers."""
    return {"seat_id": 0, "receipt": "", "guest_id": me().id}


@pages.post("/guest/offers")
def make_offer() -> ResponseReturnValue:
    """Offer something more."""
    form = OfferForm()
    if offer(form, me().workshop_id, giver()):
        return redirect(url_for("guest.home"), 303)
    return _page(form), 422


@pages.post("/guest/offers/change")
def change_offer() -> ResponseReturnValue:
    """Take an offer back, say how to be reached, or answer whoever asks for it."""
    try:
        change(me().workshop_id, giver())
    except Refused as refusal:
        if refusal.code in {"not_found", "bad_value"}:
            raise
        return _page(OfferForm(formdata=None), words(refusal)), STATUS.get(refusal.code, 409)
    return redirect(url_for("guest.home"), 303)


@pages.post("/guest/lead")
def ask_to_lead() -> ResponseReturnValue:
    """Ask to lead an item; a leader has to agree."""
    item, why = request.form.get("item_id", ""), request.form.get("why", "")
    try:
        own = {"item_id": whole(item), "guest_id": me().id}
        perform_once(acts.ask_to_lead, workshop_id=me().workshop_id, **own, why=why)
    except Refused as refusal:
        if refusal.code in {"not_found", "bad_value"}:
            raise
        page = _page(OfferForm(formdata=None), words(refusal), {"item": item, "why": why})
        return page, STATUS.get(refusal.code, 409)
    flash(gettext("Thank you. A leader answers you here."))
    return redirect(url_for("guest.home"), 303)
