"""So that everybody can take part: helpers, the join card, and those who have no device at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, IntegerField, RadioField
from wtforms.validators import InputRequired

from workshop.acts import paper as acts
from workshop.acts import seats
from workshop.acts.handcounts import count_hands
from workshop.reads import paper
from workshop.rules.paper import MOST_HANDS, SHEETS
from workshop.rules.receipts import sheet_receipt
from workshop.rules.refusals import Refused
from workshop.rules.wifi import wifi
from workshop.web.choices import choices
from workshop.web.commands import fresh_id
from workshop.web.control import pages
from workshop.web.errors import STATUS, words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house, room
from workshop.web.moves import whole
from workshop.web.reach import perform_once

WELCOMES: Final = {
    "cy": "Mae sedd yma i chi",
    "pl": "Jest tu miejsce dla Ciebie",
    "ar": "لك مكان معنا",
    "ur": "یہاں آپ کی جگہ ہے",
    "es": "Aquí tienes un sitio",
    "fr": "Il y a une place pour vous",
    "uk": "Тут є місце для вас",
    "bn": "এখানে আপনার আসন আছে",
}
"""The card's first sentence in every language at once: a reader does not pick one on paper."""

HYPHENS: Final = 2
"""In the name of a field for hands: hands-17-citizen."""


class PaperForm(Form):
    """How many sheets to print, and of which kind."""

    kind = RadioField(lazy_gettext("Which sheets?"), choices=choices(SHEETS), default="vote")
    many = IntegerField(lazy_gettext("How many?"), default=10, validators=[InputRequired()])


class CardForm(Form):
    """The Wi-Fi of the room. It goes onto the printed card and is kept nowhere."""

    network = words_field(lazy_gettext("Name of the Wi-Fi"), "wifi", autocomplete="off")
    password = words_field(lazy_gettext("Its password"), "wifi", autocomplete="off")
    hidden = BooleanField(lazy_gettext("The network is hidden"))


@pages.get("/workshops/<slug>/everybody")
def everybody(slug: str) -> str:  # noqa: ARG001 - the guard has read it already
    """How people without a phone of their own take part."""
    return _page(PaperForm(formdata=None))


def _page(form: PaperForm) -> str:
    with house().store.read() as db:
        counts = paper.counts(db, room().id)
    return render_template(
        "facilitator/everybody.html",
        room=room(),
        fresh_id=fresh_id,
        counts=counts,
        paper=form,
        card=CardForm(formdata=None),
    )


@pages.route("/workshops/<slug>/card", methods=["GET", "POST"])
def join_card(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """The join card, ready to print. The Wi-Fi is typed for each printing and never stored."""
    form = CardForm()
    ready = request.method == "GET" or form.validate()
    page = render_template(
        "facilitator/join_card.html",
        room=room(),
        form=form,
        WELCOMES=WELCOMES,
        wifi=wifi(form.network.data or "", form.password.data or "", hidden=form.hidden.data)
        if ready
        else "",
    )
    return page, 200 if ready else 422


@pages.post("/workshops/<slug>/sheets")
def print_sheets(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """Make sheets and show them, ready to print. Sending the form twice makes the same ones."""
    form = PaperForm()
    if not form.validate():
        return _page(form), 422
    try:
        made = perform_once(
            acts.print_sheets, workshop_id=room().id, kind=form.kind.data, many=form.many.data
        )
    except Refused as refusal:
        form.many.errors = [words(refusal)]
        return _page(form), STATUS.get(refusal.code, 409)
    return _printed(form.kind.data, made.answer["codes"])


def _printed(kind: str, codes: list[str]) -> str:
    key = house().settings.secret_key
    with house().store.read() as db:
        sheets = [
            (
                code,
                sheet_receipt(key, room().id, code),
                paper.ballot(db, room(), code) if kind == "vote" else (),
            )
            for code in codes
        ]
    return render_template("facilitator/sheets.html", room=room(), kind=kind, sheets=sheets)


@pages.route("/workshops/<slug>/show-of-hands", methods=["GET", "POST"])
def hands(slug: str) -> ResponseReturnValue:
    """Count hands: for each idea and group a number, kept apart from every ballot."""
    opened = room().last_round
    if opened is None:
        raise Refused("no_vote_now")
    if request.method == "GET":
        with house().store.read() as db:
            known = paper.hands(db, opened.id)
        return _hands(
            {
                f"hands-{card}-{group}": str(people)
                for card, found in known.items()
                for group, people in found.people.items()
            }
        )
    try:
        house().stage.perform(
            count_hands, workshop_id=room().id, round_id=opened.id, counted=_counted()
        )
    except Refused as refusal:
        return _hands(request.form, words(refusal)), STATUS.get(refusal.code, 409)
    flash(_("The hands are counted. They show beside the result, apart from the votes."))
    return redirect(url_for("facilitator.hands", slug=slug), 303)


def _counted() -> dict[tuple[int, str], int]:
    """The numbers of the form: (idea, group) -> hands; an empty field is nobody.

    Raises:
        Refused: `bad_value`.
    """
    typed = [
        (name.split("-"), value.strip())
        for name, value in request.form.items()
        if name.startswith("hands-") and name.count("-") == HYPHENS
    ]
    return {(whole(idea), group): whole(value) for (_, idea, group), value in typed if value}


def _hands(typed: Mapping[str, str], sentence: str = "") -> str:
    opened = room().last_round
    with house().store.read() as db:
        ideas = paper.ballot(db, room())
        known = paper.hands(db, opened.id) if opened else {}
    return render_template(
        "facilitator/hands.html",
        room=room(),
        ideas=ideas,
        in_parts={card for card, found in known.items() if found.at_least},
        typed=typed,
        sentence=sentence,
        fresh_id=fresh_id,
        most=MOST_HANDS,
    )


@pages.post("/workshops/<slug>/helpers")
def set_helpers(slug: str) -> ResponseReturnValue:
    """Make the helpers' link, or end it for every device that has it."""
    welcome = bool(request.form.get("welcome"))
    try:
        house().stage.perform(seats.set_helpers, workshop_id=room().id, welcome=welcome)
    except Refused as refusal:
        flash(words(refusal))
    else:
        flash(_("Helpers can come in now.") if welcome else _("The helpers’ link is closed."))
    return redirect(url_for("facilitator.everybody", slug=slug), 303)
