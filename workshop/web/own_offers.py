"""What I can give: a participant's own offers, who asked for them, and how to be reached."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workshop.acts.offers import Giver
from workshop.reads import offers
from workshop.rules.refusals import Refused
from workshop.web.commands import same_person
from workshop.web.errors import STATUS, words
from workshop.web.giving import OfferForm, change, offer
from workshop.web.house import house
from workshop.web.house import room as this_room
from workshop.web.phone import seat


def add_to(pages: Blueprint) -> None:
    """Give the participant these routes."""
    pages.add_url_rule("/offers", view_func=own_offers)
    pages.add_url_rule("/offers", view_func=make_offer, methods=["POST"])
    pages.add_url_rule("/offers/change", view_func=change_offer, methods=["POST"])


def own_offers(**_path: str) -> str:
    """What I can give."""
    return _page(OfferForm())


def _page(form: OfferForm, sentence: str = "") -> str:
    with house().store.read() as db:
        mine = offers.of_receipt(db, this_room().id, seat().receipt)
    return render_template(
        "offers/phone.html",
        room=this_room(),
        seat=seat(),
        form=form,
        mine=mine,
        sentence=sentence,
        wide=this_room().programme_id is not None,
    )


def _giver() -> Giver:
    return {"seat_id": seat().id, "receipt": seat().receipt, "guest_id": 0}


def make_offer(slug: str) -> ResponseReturnValue:
    """Offer something; what was typed stays where it has to be changed."""
    same_person()
    form = OfferForm()
    if offer(form, this_room().id, _giver()):
        return redirect(url_for(".own_offers", slug=slug), 303)
    return _page(form), 422


def change_offer(slug: str) -> ResponseReturnValue:
    """Take an offer back, say how to be reached, or answer whoever asks for it."""
    same_person()
    try:
        change(this_room().id, _giver())
    except Refused as refusal:
        if refusal.code in {"not_found", "bad_value"}:
            raise
        return _page(OfferForm(formdata=None), words(refusal)), STATUS.get(refusal.code, 409)
    return redirect(url_for(".own_offers", slug=slug), 303)
