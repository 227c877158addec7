"""Scoring: the personal link, the ideas to score, and the form. An account is not needed."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts.assessments import assess as assess_act
from workshop.acts.assessors import join_assessors
from workshop.reads import assessors, backlog, identity, rooms, yardsticks
from workshop.rules.refusals import Refused
from workshop.rules.roles import STANDINGS
from workshop.rules.scoring.assessment import EVIDENCE
from workshop.rules.scoring.criteria import ANCHOR_POINTS
from workshop.rules.scoring.risk import BEARERS, IMPACTS, LIKELIHOODS, REVERSIBILITY
from workshop.rules.scoring.rounds import STATES
from workshop.rules.scoring.yardstick import Yardstick
from workshop.web import reasons
from workshop.web.assess_form import AssessForm, FirstAssessForm, filled, form_of
from workshop.web.desk import desk
from workshop.web.errors import STATUS, words
from workshop.web.house import house, who
from workshop.web.languages import pick
from workshop.web.panel_seats import Seat, day_now, seat_at, seat_in
from workshop.web.reach import host, perform_once
from workshop.web.spoken import spoken

pages: Final = Blueprint("assessor", __name__)
pages.context_processor(desk)
reasons.add_to(pages)

#: Where account holders are taken to speak from until they say otherwise.
USUAL_STANDING: Final = {"facilitator": "staff"}


@pages.get("/assess/<token>")
def welcome(token: str) -> str:
    """The first page of a personal link. The browser remembers whose it is."""
    with house().store.read() as db:
        found = identity.assessor(db, token) or abort(404)
        room = rooms.by_id(db, found.workshop_id)
        items = assessors.to_score(db, found.workshop_id, found.id, day=day_now())
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
            me = seat_in(db, room.id)
            found = assessors.to_score(db, room.id, me.id if me else None, day=day_now())
            groups.append((room, found))
    return render_template(
        "assessor/items.html",
        groups=groups,
        me=caller.assessor,
        STANDINGS=STANDINGS,
        STATES=STATES,
    )


@pages.route("/assess/items/<int:item_id>", methods=["GET", "POST"])
def assess(item_id: int) -> ResponseReturnValue:
    """Score one idea. What is refused comes back with every answer still in its place.

    So does what was not sent yet, where somebody picks another language.
    """
    seat = seat_at(item_id)
    first = seat.assessor is None
    yard = _yard(seat)
    if request.method == "GET":
        if not seat.state.scores:
            return redirect(url_for("assessor.talk", item_id=item_id), 303)
        return _page(seat, yard, _filled(seat, yard))
    form = form_of(yard, first=first)()
    if pick():
        return _page(seat, yard, form)
    if not form.validate():
        return _page(seat, yard, form), 422
    try:
        _save(seat, form)
    except Refused as refusal:
        flash(words(refusal))
        return _page(seat, yard, form), STATUS.get(refusal.code, 409)
    house().reckoner.ask()
    flash(_("Your scores for “%(title)s” are saved.", title=seat.item.title))
    return redirect(url_for("assessor.items"), 303)


def _yard(seat: Seat) -> Yardstick:
    with house().store.read() as db:
        return yardsticks.of_workshop(db, seat.item.workshop_id)


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


def _filled(seat: Seat, yard: Yardstick) -> AssessForm:
    """The form with one's own answers; the second round begins from those of the first."""
    account = who().account
    usual = USUAL_STANDING.get(account.role, "leader") if account else ""
    with house().store.read() as db:
        sheet = assessors.sheet(db, seat.item.id, seat.assessor.id) if seat.assessor else None
    first = seat.assessor is None
    return filled(yard, sheet, first=first, standing=usual, number=seat.state.scores)


def _page(seat: Seat, yard: Yardstick, form: AssessForm) -> str:
    """The form, and beside it who else scores; never what they said in the round that is open."""
    item = seat.item
    with house().store.read() as db:
        panel = assessors.panel(db, item.workshop_id, item.id, seat.state.scores or 1)
    return render_template(
        "assessor/assess.html",
        item=item,
        state=seat.state,
        me=seat.assessor,
        form=form,
        panel=panel,
        yard=yard,
        spoken=spoken(yard),
        ANCHOR_POINTS=ANCHOR_POINTS,
        BEARERS=BEARERS,
        EVIDENCE=EVIDENCE,
        IMPACTS=IMPACTS,
        LIKELIHOODS=LIKELIHOODS,
        REVERSIBILITY=REVERSIBILITY,
        STANDINGS=STANDINGS,
    )
