"""What ideas are measured by: the server's own yardstick, and that of a programme."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from workshop.acts.yardsticks import change_yardstick
from workshop.reads import yardsticks
from workshop.reads.yardsticks import YardstickPage
from workshop.rules.refusals import Refused
from workshop.rules.scoring.criteria import ANCHOR_POINTS
from workshop.web.desk import desk
from workshop.web.errors import STATUS, words
from workshop.web.home import account_id
from workshop.web.house import house, who
from workshop.web.reach import perform_once
from workshop.web.spoken import spoken
from workshop.web.yardstick_form import YardstickForm, filled, form_of

pages: Final = Blueprint("yardsticks", __name__)
pages.context_processor(desk)


@pages.route("/yardstick", methods=["GET", "POST"])
def of_server() -> ResponseReturnValue:
    """What ideas are measured by wherever a programme has no yardstick of its own."""
    return _answer(None)


@pages.route("/programmes/<int:programme_id>/yardstick", methods=["GET", "POST"])
def of_programme(programme_id: int) -> ResponseReturnValue:
    """What the ideas of one programme are measured by."""
    with house().store.read() as db:
        owner = yardsticks.owner(db, programme_id)
    leads = "leader" in who().roles
    if owner is None or not (leads or owner == account_id()):
        abort(404)
    return _answer(programme_id)


def _answer(programme_id: int | None) -> ResponseReturnValue:
    """Show a yardstick, or write its next version; what is refused comes back as it was typed."""
    with house().store.read() as db:
        page = yardsticks.yardstick_page(db, programme_id)
    if request.method == "GET":
        return _page(page, filled(page.yard, page.own))
    form = form_of(page.yard)()
    if not form.validate():
        return _page(page, form), 422
    try:
        perform_once(
            change_yardstick,
            account_id=account_id(),
            programme_id=programme_id,
            **form.told(page.yard),
        )
    except Refused as refusal:
        return _page(page, form, words(refusal)), STATUS.get(refusal.code, 409)
    house().reckoner.ask()
    flash(gettext("Saved as a new version. The numbers follow."))
    if programme_id is None:
        return redirect(url_for("yardsticks.of_server"), 303)
    return redirect(url_for("yardsticks.of_programme", programme_id=programme_id), 303)


def _page(page: YardstickPage, form: YardstickForm, refused: str = "") -> str:
    return render_template(
        "leader/yardstick.html",
        page=page,
        form=form,
        refused=refused,
        spoken=spoken(page.yard),
        ANCHOR_POINTS=ANCHOR_POINTS,
    )
