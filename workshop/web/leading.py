"""What a partner does who leads an item: the pilot, what came of it, and how it goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from workshop.acts import decisions, stages, trials
from workshop.acts.stage import Change
from workshop.reads import adoptions, answers, backlog, rooms
from workshop.reads.item_card import ItemCard
from workshop.rules.refusals import Refused
from workshop.rules.stages import PARTNER_BEGINS
from workshop.rules.trials import TRIAL_OUTCOMES
from workshop.web import guest
from workshop.web.errors import STATUS
from workshop.web.errors import words as said
from workshop.web.forms import Form, words
from workshop.web.house import house
from workshop.web.item_forms import NewsForm
from workshop.web.reach import perform_once
from workshop.web.sheets import BESIDE
from workshop.web.stage_forms import PilotForm, ResultForm, planned, trial_form

pages: Final = Blueprint("leading", __name__, url_prefix="/guest/lead/<int:item_id>")


class BeginForm(Form):
    """A pilot begins."""

    reason = words(_("Why now? Everybody can read this"), "reason", area=True, required=True)


FORMS: Final[dict[str, type[Form]]] = {
    "plan": PilotForm,
    "begin": BeginForm,
    "end": ResultForm,
    "news": NewsForm,
}
"""What a partner can say of an item that they lead, by the name of its part of the page."""


@pages.get("")
def led(item_id: int) -> str:
    """An item that the caller leads, or led, with what they can do for it."""
    return _page(_item(item_id))


def _item(item_id: int) -> ItemCard:
    """The item; 404 for whoever never led it."""
    me = guest.me()
    with house().store.read() as db:
        own = {one.item_id for one in adoptions.of_guest(db, me.id) if one.state in LED}
        items = backlog.of_workshop(db, me.workshop_id, now=house().now())
    return next((one for one in items if one.id == item_id and one.id in own), None) or abort(404)


LED: Final = frozenset({"agreed", "ended"})
"""A partner who leads an item no longer still finds its page, which says so."""


def _page(card: ItemCard, open_part: str = "", form: Form | None = None, sentence: str = "") -> str:
    me, pilot = guest.me(), card.trial("pilot")
    with house().store.read() as db:
        room = rooms.by_id(db, me.workshop_id) or abort(404)
        lead = next(one for one in adoptions.of_guest(db, me.id) if one.item_id == card.id)
        told = [one for _number, one in answers.news(db, [card.id])]
    running = pilot if pilot and pilot.ended_at is None else None
    forms = {name: made(formdata=None) for name, made in FORMS.items()}
    forms["plan"] = trial_form("pilot", running)
    if form is not None:
        forms[open_part] = form
    return render_template(
        "offers/led.html",
        guest=me,
        room=room,
        card=card,
        lead=lead,
        news=told,
        pilot=pilot,
        running=running,
        begins=running is not None and card.stage in PARTNER_BEGINS,
        forms_of=forms,
        open_part=open_part,
        sentence=sentence,
        TRIAL_OUTCOMES=TRIAL_OUTCOMES,
    )


def _say(
    item_id: int,
    part: str,
    act: Callable[..., Change],
    given: Callable[[Form], dict[str, Any]],
    done: str,
) -> ResponseReturnValue:
    """Do what a part of the page asks for; its words stay where they are refused."""
    card, form = _item(item_id), FORMS[part]()
    if not form.validate():
        return _page(card, part, form), 422
    own = {"workshop_id": card.workshop_id, "item_id": item_id, "guest_id": guest.me().id}
    try:
        perform_once(act, **own, **given(form))
    except Refused as refusal:
        if refusal.code == "not_found":
            raise
        return _refused(item_id, part, form, refusal)
    flash(done)
    return redirect(url_for("leading.led", item_id=item_id), 303)


def _refused(item_id: int, part: str, form: Form, refusal: Refused) -> ResponseReturnValue:
    beside = BESIDE.get(refusal.code, "")
    if beside in form:
        form[beside].errors = [said(refusal)]
        page = _page(_item(item_id), part, form)
    else:
        page = _page(_item(item_id), part, form, said(refusal))
    return page, STATUS.get(refusal.code, 409)


@pages.post("/pilot")
def plan_pilot(item_id: int) -> ResponseReturnValue:
    """Say beforehand what the pilot will be, and by what it is judged."""
    return _say(item_id, "plan", trials.plan_trial, _plan, gettext("Saved."))


def _plan(form: Form) -> dict[str, Any]:
    return {"kind": "pilot", **planned(form)}


@pages.post("/begin")
def begin_pilot(item_id: int) -> ResponseReturnValue:
    """Say that the planned pilot runs now."""
    done = gettext("The pilot runs now. Everybody can read it.")
    return _say(item_id, "begin", stages.move_stage, _begin, done)


def _begin(form: Form) -> dict[str, Any]:
    return {"to": "pilot", "reason": form["reason"].data or ""}


@pages.post("/result")
def end_pilot(item_id: int) -> ResponseReturnValue:
    """Tell what came of the pilot."""
    pilot = _item(item_id).trial("pilot")
    done = gettext("Everybody can read it now.")

    def result(form: Form) -> dict[str, Any]:
        names = ("outcome", "happened", "learned")
        return {
            "trial_id": pilot.id if pilot else 0,
            **{name: form[name].data or "" for name in names},
        }

    return _say(item_id, "end", trials.end_trial, result, done)


@pages.post("/news")
def tell_news(item_id: int) -> ResponseReturnValue:
    """Tell everybody how it goes on."""
    done = gettext("Everybody can read it now.")
    return _say(item_id, "news", decisions.report_outcome, _news, done)


def _news(form: Form) -> dict[str, Any]:
    return {"text": form["text"].data or "", "done": bool(form["done"].data)}
