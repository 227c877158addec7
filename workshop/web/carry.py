"""Bringing ideas along: the facilitator picks those of earlier workshops of the programme."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts.carrying import carry_ideas
from workshop.reads.programmes import carriable
from workshop.rules.refusals import Refused
from workshop.web.commands import fresh_id
from workshop.web.control import pages
from workshop.web.errors import words
from workshop.web.house import house, room, who
from workshop.web.moves import whole
from workshop.web.programmes import carried
from workshop.web.reach import perform_once


@pages.get("/workshops/<slug>/carry")
def carry(slug: str) -> str:  # noqa: ARG001 - the guard has read it already
    """Every idea that may come along, workshop by workshop, the best-placed first."""
    return _page()


@pages.post("/workshops/<slug>/carry")
def carry_over(slug: str) -> ResponseReturnValue:
    """Bring the picked ideas along; what was picked stays picked when they cannot come."""
    picked = sorted({whole(typed) for typed in request.form.getlist("idea_id")})
    if not picked:
        return _page(_("Please pick an idea first.")), 422
    try:
        account, is_admin = _by()
        given = {"workshop_id": room().id, "by": account, "is_admin": is_admin}
        made = perform_once(carry_ideas, **given, idea_ids=picked)
    except Refused as refusal:
        return _page(words(refusal), frozenset(picked)), 409
    flash(carried(made.answer["carried"]))
    return redirect(url_for("facilitator.carry", slug=slug), 303)


def _page(no: str = "", picked: frozenset[int] = frozenset()) -> str:
    account, is_admin = _by()
    with house().store.read() as db:
        found = carriable(db, room(), account, everyone=is_admin)
    return render_template(
        "facilitator/carry.html",
        room=room(),
        others=found,
        no=no,
        picked=picked,
        fresh_id=fresh_id,
    )


def _by() -> tuple[int, bool]:
    """The account that asks, and whether it may do so everywhere. A remote is nobody elsewhere."""
    caller = who()
    here = caller.account is not None and caller.account.role != "remote"
    account_id = caller.account.id if caller.account and here else 0
    return account_id, "administrator" in caller.roles
