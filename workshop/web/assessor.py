"""Scoring: the personal link, the ideas to score, and the form. An account is not needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts.appraisals import work_out
from workshop.acts.assessments import assess as assess_act
from workshop.acts.assessments import join_assessors
from workshop.reads import assessors, backlog, identity, rooms
from workshop.reads.assessors import ToScore
from workshop.reads.items import standings
from workshop.rules.refusals import Refused
from workshop.rules.roles import STANDINGS, AssessorCard
from workshop.rules.scoring.assessment import EVIDENCE
from workshop.rules.scoring.criteria import ANCHOR_POINTS, CRITERIA
from workshop.rules.scoring.risk import BEARERS, FACTORS, IMPACTS, LIKELIHOODS
from workshop.web.assess_form import AssessForm, FirstAssessForm, filled
from workshop.web.desk import desk
from workshop.web.errors import STATUS, words
from workshop.web.house import house, who
from workshop.web.reach import host, perform_once

pages: Final = Blueprint("assessor", __name__)
pages.context_processor(desk)

#: Where account holders are taken to speak from until they say otherwise.
USUAL_STANDING: Final = {"facilitator": "staff"}


@dataclass(frozen=True, slots=True)
class Seat:
    """Who is scoring this item: somebody with a link, or an account that may have no seat yet."""

    item: ToScore
    assessor: AssessorCard | None
    by_link: bool


@pages.get("/assess/<token>")
def welcome(token: str) -> str:
    """The first page of a personal link. The browser remembers whose it is."""
    with house().store.read() as db:
        found = identity.assessor(db, token) or abort(404)
        room = rooms.by_id(db, found.workshop_id)
        items = assessors.to_score(db, found.workshop_id, found.id)
    session["assessor"] = token
    session.permanent = True
    return render_template(
        "assessor/welcome.html", me=found, room=room, items=items, STANDINGS=STANDINGS
    )


@pages.get("/assess/items")
def items() -> str:
    """The ideas to score: those of one's own workshop, or all that an account may see."""
    caller = who()
    groups = []
    with house().store.read() as db:
        if caller.assessor:
            rooms_here = [rooms.by_id(db, caller.assessor.workshop_id)]
        else:
            cards = backlog.backlog(db, now=house().now(), host=host())
            numbers = dict.fromkeys(card.workshop_id for card in cards)
            rooms_here = [rooms.by_id(db, number) for number in numbers]
        for room in filter(None, rooms_here):
            me = _seat_in(db, room.id)
            groups.append((room, assessors.to_score(db, room.id, me.id if me else None)))
    return render_template(
        "assessor/items.html", groups=groups, me=caller.assessor, STANDINGS=STANDINGS
    )


@pages.route("/assess/items/<int:item_id>", methods=["GET", "POST"])
def assess(item_id: int) -> ResponseReturnValue:
    """Score one idea. What is refused comes back with every answer still in its place."""
    seat = _seat(item_id)
    first = seat.assessor is None
    if request.method == "GET":
        return _page(seat, _filled(seat))
    form = FirstAssessForm() if first else AssessForm()
    if not form.validate():
        return _page(seat, form), 422
    try:
        _save(seat, form)
    except Refused as refusal:
        flash(words(refusal))
        return _page(seat, form), STATUS.get(refusal.code, 409)
    work_out(house().stage, item_id, house().offload)
    flash(_("Your scores for “%(title)s” are saved.", title=seat.item.title))
    return redirect(url_for("assessor.items"), 303)


def _save(seat: Seat, form: AssessForm) -> None:
    """Keep an assessor's answers; whoever signs in and scores first takes a seat on the panel."""
    number = seat.assessor.id if seat.assessor else _take_seat(seat, form)
    perform_once(
        assess_act,
        workshop_id=seat.item.workshop_id,
        item_id=seat.item.id,
        assessor_id=number,
        **form.answers(),
    )


def _take_seat(seat: Seat, form: AssessForm) -> int:
    account = who().account
    if account is None or not isinstance(form, FirstAssessForm):
        abort(404)
    made = house().stage.perform(
        join_assessors,
        workshop_id=seat.item.workshop_id,
        account_id=account.id,
        standing=form.standing.data,
        lived=bool(form.lived.data),
        frontline=bool(form.frontline.data),
    )
    return int(made.answer["assessor"])


def _seat_in(db: Any, workshop_id: int) -> AssessorCard | None:  # noqa: ANN401 - a reading session
    """This caller's seat on the panel of a workshop: by their link, else by their account."""
    caller = who()
    if caller.assessor and caller.assessor.workshop_id == workshop_id:
        return caller.assessor
    return assessors.of_account(db, workshop_id, caller.account.id) if caller.account else None


def _seat(item_id: int) -> Seat:
    """Who scores this item; 404 where it is not for this caller."""
    caller = who()
    with house().store.read() as db:
        item = assessors.one_to_score(db, item_id, None) or abort(404)
        by_link = bool(caller.assessor and caller.assessor.workshop_id == item.workshop_id)
        seen = caller.account and backlog.visible(db, item_id, host=host())
        if not (by_link or seen):
            abort(404)
        me = _seat_in(db, item.workshop_id)
        item = assessors.one_to_score(db, item_id, me.id) or item if me else item
    return Seat(item, me, by_link)


def _filled(seat: Seat) -> AssessForm:
    account = who().account
    usual = USUAL_STANDING.get(account.role, "leader") if account else ""
    with house().store.read() as db:
        sheet = assessors.sheet(db, seat.item.id, seat.assessor.id) if seat.assessor else None
    return filled(sheet, first=seat.assessor is None, standing=usual)


def _page(seat: Seat, form: AssessForm) -> str:
    """The form, and beside it who else scores; what they said only once one has scored oneself."""
    item = seat.item
    with house().store.read() as db:
        panel = assessors.panel(db, item.workshop_id, item.id)
        others = standings(db, item.id) if item.scored else ()
    return render_template(
        "assessor/assess.html",
        item=item,
        me=seat.assessor,
        form=form,
        panel=panel,
        others=others,
        ANCHOR_POINTS=ANCHOR_POINTS,
        BEARERS=BEARERS,
        CRITERIA=CRITERIA,
        EVIDENCE=EVIDENCE,
        FACTORS=FACTORS,
        IMPACTS=IMPACTS,
        LIKELIHOODS=LIKELIHOODS,
        STANDINGS=STANDINGS,
    )
