"""Offers and needs at the desk: what looks like a match, what an item needs, who leads it."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import InputRequired

from workshop.acts import guests, needs
from workshop.reads import adoptions, offers
from workshop.rules.offers import ADOPTION_STATES, GUEST_KINDS, NEED_KINDS
from workshop.rules.refusals import REFUSALS, Refused
from workshop.web.choices import choices
from workshop.web.errors import STATUS
from workshop.web.errors import words as said
from workshop.web.forms import Form, words
from workshop.web.guest import new_guest
from workshop.web.house import house, room, who
from workshop.web.moves import whole
from workshop.web.reach import act_on, cards, page_of, workshop_of

FEW: Final = 12
"""So many pairs that look like a match are shown at once, the closest first."""


def _one_of(label: str, rows: dict[str, str]) -> RadioField:
    needed = InputRequired(_(REFUSALS["unknown_choice"]))
    return RadioField(label, choices=choices(rows), validators=[needed])


class NeedForm(Form):
    """Something that an item needs."""

    kind = _one_of(_("What kind of thing is it?"), NEED_KINDS)
    text = words(_("What does it need?"), "need", required=True)


class LinkForm(Form):
    """Somebody who gets a link of their own."""

    kind = _one_of(_("Who is it for?"), GUEST_KINDS)
    name = words(_("Name of the organisation, or of their team"), "title", required=True)


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages these routes."""
    both, post, one = ["GET", "POST"], ["POST"], "/backlog/<int:item_id>"
    pages.add_url_rule("/offers", endpoint="offers", view_func=offers_and_needs)
    pages.add_url_rule(f"{one}/needs", endpoint="needs", view_func=item_needs, methods=both)
    pages.add_url_rule(f"{one}/needs/change", view_func=change_needs, methods=post)
    pages.add_url_rule(f"{one}/lead", view_func=answer_lead, methods=post)
    pages.add_url_rule("/workshops/<slug>/guests", view_func=make_guest, methods=both)


def offers_and_needs() -> str:
    """Everything that is offered and needed, and what looks like a match."""
    seen = cards()
    with house().store.read() as db:
        needed = offers.needs(db, [card.id for card in seen])
        given = offers.open_to(db, sorted({card.workshop_id for card in seen}))
        asked = adoptions.adoptions(db, [card.id for card in seen])
    every = [need for card in seen for need in needed.get(card.id, ())]
    return render_template(
        "offers/desk.html",
        cards=seen,
        by_id={card.id: card for card in seen},
        needed=needed,
        given=given,
        covers=offers.covers(needed),
        fits=offers.suggested(every, given)[:FEW],
        asked=[one for found in asked.values() for one in found if one.state == "asked"],
        may_answer="leader" in who().roles,
        NEED_KINDS=NEED_KINDS,
    )


def item_needs(item_id: int) -> ResponseReturnValue:
    """What one item needs, who offers it, and how whoever sees it through can be reached."""
    form = NeedForm()
    if request.method == "GET":
        return _needs_page(item_id, NeedForm(formdata=None))
    if not form.validate():
        return _needs_page(item_id, form), 422
    try:
        act_on(item_id, needs.add_need, kind=form.kind.data, text=form.text.data or "")
    except Refused as refusal:
        form.text.errors = [said(refusal)]
        return _needs_page(item_id, form), STATUS.get(refusal.code, 409)
    return _back(item_id, gettext("Saved."))


def _needs_page(item_id: int, form: NeedForm, sentence: str = "") -> str:
    page = page_of(item_id)
    with house().store.read() as db:
        needed = offers.needs(db, [item_id]).get(item_id, ())
        given = offers.open_to(db, [page.card.workshop_id])
        contact = offers.item_contact(db, item_id)
        asked = adoptions.adoptions(db, [item_id]).get(item_id, ())
    return render_template(
        "offers/needs.html",
        page=page,
        form=form,
        needed=needed,
        given={one.id: one for one in given},
        fits=offers.suggested(needed, given),
        contact=contact,
        asked=asked,
        sentence=sentence,
        typed=request.form,
        may_answer="leader" in who().roles,
        NEED_KINDS=NEED_KINDS,
        ADOPTION_STATES=ADOPTION_STATES,
    )


def change_needs(item_id: int) -> ResponseReturnValue:
    """Do what a button beside a need asks for; the page it was on comes back."""
    try:
        _change(item_id, request.form.get("deed", ""))
    except Refused as refusal:
        if refusal.code in {"not_found", "bad_value"}:
            raise
        page = _needs_page(item_id, NeedForm(formdata=None), said(refusal))
        return page, STATUS.get(refusal.code, 409)
    if request.form.get("back") == "offers":
        flash(gettext("Saved."))
        return redirect(url_for("leader.offers"), 303)
    return _back(item_id, gettext("Saved."))


def _change(item_id: int, deed: str) -> None:
    workshop_of(item_id)
    if deed == "remove":
        act_on(item_id, needs.remove_need, need_id=_number("need_id"))
    elif deed in {"fits", "aside"}:
        pair = {"need_id": _number("need_id"), "offer_id": _number("offer_id")}
        act_on(item_id, needs.lay_beside, fits=deed == "fits", **pair)
    elif deed in {"yes", "no"}:
        act_on(item_id, needs.answer_for_item, match_id=_number("match_id"), answer=deed)
    elif deed == "reach":
        told = {name: request.form.get(name, "") for name in ("name", "reach")}
        act_on(item_id, needs.set_contact, **told)
    else:
        raise Refused("bad_value")


def _number(name: str) -> int:
    return whole(request.form.get(name, ""))


def answer_lead(item_id: int) -> ResponseReturnValue:
    """Agree that a partner leads an item, decline it or end it; with a reason."""
    account = who().account
    workshop_of(item_id)
    try:
        act_on(
            item_id,
            guests.answer_lead,
            adoption_id=_number("adoption_id"),
            account_id=account.id if account else 0,
            agree=request.form.get("agree") == "yes",
            reason=request.form.get("reason", ""),
        )
    except Refused as refusal:
        if refusal.code in {"not_found", "bad_value", "not_allowed"}:
            raise
        page = _needs_page(item_id, NeedForm(formdata=None), said(refusal))
        return page, STATUS.get(refusal.code, 409)
    return _back(item_id, gettext("Saved."))


def make_guest(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Everybody with a link to this workshop, and a link for one more, shown this one time."""
    if not (who().hosts or "leader" in who().roles):
        abort(404)
    form, link = LinkForm(), ""
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                token = new_guest(room().id, form.name.data or "", form.kind.data)
            except Refused as refusal:
                form.name.errors = [said(refusal)]
            else:
                link = house().settings.public_url + url_for("guest.welcome", token=token)
                form, status = LinkForm(formdata=None), 200
    with house().store.read() as db:
        found = offers.guests(db, room().id)
    page = render_template(
        "offers/links.html", room=room(), form=form, link=link, guests=found, KINDS=GUEST_KINDS
    )
    return page, status


def _back(item_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("leader.needs", item_id=item_id), 303)
