"""Who runs this room: co-facilitators by account or by link, handing over, and taking back."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import EmailField
from wtforms.validators import DataRequired, Length

from workshop.acts import hosts as acts
from workshop.reads.hosts import hosts
from workshop.rules.refusals import REFUSALS, Refused
from workshop.rules.wording import LIMITS
from workshop.web.commands import fresh_id
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.house import house, room, who
from workshop.web.moves import whole
from workshop.web.reach import perform_once


class HostForm(Form):
    """The address of somebody who has an account here."""

    email = EmailField(
        lazy_gettext("Their work email"),
        validators=[DataRequired(lazy_gettext(REFUSALS["empty"])), Length(max=LIMITS["email"])],
        render_kw={"autocomplete": "off"},
    )


def add_to(pages: Blueprint) -> None:
    """Give the facilitator's pages these routes."""
    base = "/workshops/<slug>/hosts"
    pages.add_url_rule(base, "hosts", host_page)
    pages.add_url_rule(base, view_func=add_host, methods=["POST"])
    pages.add_url_rule(f"{base}/link", view_func=make_host_link, methods=["POST"])
    for ending, endpoint in (("remove", "remove_host"), ("lead", "hand_over")):
        pages.add_url_rule(f"{base}/{ending}", endpoint, _about(endpoint), methods=["POST"])
    pages.add_url_rule(f"{base}/reclaim", view_func=reclaim, methods=["POST"])


def as_whom() -> dict[str, Any]:
    """Who decides, as acts about hosts need to know it."""
    account = who().account
    return {
        "workshop_id": room().id,
        "by": account.id if account else 0,
        "is_admin": "administrator" in who().roles,
    }


def host_page(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Everybody who runs this room, and what may be changed about that."""
    return _page(HostForm(formdata=None))


def add_host(slug: str) -> ResponseReturnValue:
    """Ask somebody with an account to help; what was typed stays where that cannot be."""
    form = HostForm()
    if not form.validate():
        return _page(form), 422
    try:
        perform_once(acts.add_host, **as_whom(), email=form.email.data or "")
    except Refused as refusal:
        form.email.errors = [words(refusal)]
        return _page(form), 409
    flash(_("They run this room with you now."))
    return redirect(url_for("facilitator.hosts", slug=slug), 303)


def make_host_link(slug: str) -> ResponseReturnValue:
    """Make a link for one co-facilitator. It is shown this one time."""
    token = secrets.token_urlsafe(24)
    try:
        house().stage.perform(acts.make_link, **as_whom(), kind="cohost", token=token)
    except Refused as refusal:
        return _told(slug, refusal)
    link = house().settings.public_url + url_for("door.become_host", token=token)
    return _page(HostForm(formdata=None), link)


def _about(endpoint: str) -> Any:  # noqa: ANN401 - a view is any function of the address
    """A view that does one thing about the host named in its form."""
    act = {"remove_host": acts.remove_host, "hand_over": acts.hand_over}[endpoint]

    def view(slug: str) -> ResponseReturnValue:
        try:
            number = whole(request.form.get("account_id", ""))
            perform_once(act, **as_whom(), account_id=number)
        except Refused as refusal:
            return _told(slug, refusal)
        account = who().account
        if act is acts.remove_host and account and account.id == number:
            return redirect(url_for("home.workshops"), 303)
        return redirect(url_for("facilitator.hosts", slug=slug), 303)

    return view


def reclaim(slug: str) -> ResponseReturnValue:
    """The owner leads again."""
    try:
        perform_once(acts.reclaim, **as_whom())
    except Refused as refusal:
        return _told(slug, refusal)
    return redirect(url_for("facilitator.hosts", slug=slug), 303)


def _told(slug: str, refusal: Refused) -> ResponseReturnValue:
    flash(words(refusal))
    return redirect(url_for("facilitator.hosts", slug=slug), 303)


def _page(form: HostForm, link: str = "") -> str:
    with house().store.read() as db:
        found = hosts(db, room())
    account, chief = who().account, "administrator" in who().roles
    number = account.id if account else 0
    return render_template(
        "facilitator/hosts.html",
        room=room(),
        form=form,
        hosts=found,
        me=number,
        leads=chief or number in {room().leader_id, room().facilitator_id},
        owns=chief or number == room().facilitator_id,
        link=link,
        fresh_id=fresh_id,
    )
