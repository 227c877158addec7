"""Offering something, the same way for everybody: on a phone, by a link, on a public page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import flash, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from workshop.acts import offers as acts
from workshop.acts.offers import Giver
from workshop.rules.offers import OFFER_KINDS
from workshop.rules.refusals import REFUSALS, Refused
from workshop.web.choices import choices
from workshop.web.errors import words as said
from workshop.web.forms import Form, words
from workshop.web.moves import whole
from workshop.web.reach import perform_once


class OfferForm(Form):
    """What somebody can give, and how to reach them."""

    kind = RadioField(
        _("What is it?"),
        choices=choices(OFFER_KINDS),
        validators=[InputRequired(_(REFUSALS["unknown_choice"]))],
    )
    text = words(_("What can you give?"), "offer", area=True, required=True)
    name = words(_("What should we call you?"), "name")
    reach = words(_("How can we reach you?"), "reach")
    wide = BooleanField(_("For all workshops about this service"))

    def told(self) -> dict[str, Any]:
        """The fields as the act takes them."""
        told = {name: self[name].data or "" for name in ("kind", "text", "name", "reach")}
        return {**told, "wide": bool(self.wide.data)}


def offer(form: OfferForm, workshop_id: int, giver: Giver, number: str = "") -> bool:
    """Make the offer of a form; False where it has to be changed first, nothing of it lost.

    `number` is the command's id where the form's own has been used for something else.
    """
    if not form.validate():
        return False
    try:
        told = {"workshop_id": workshop_id, "giver": giver, **form.told()}
        perform_once(acts.make_offer, number, **told)
    except Refused as refusal:
        if refusal.code in {"not_found", "watching", "removed"}:
            raise
        form.text.errors = [said(refusal)]
        return False
    flash(gettext("Thank you. Your offer is on the table."))
    return True


def change(workshop_id: int, giver: Giver) -> None:
    """Do what a button beside one of the caller's own offers asks for.

    Raises:
        Refused: `bad_value` for a button that is none, and what the act refuses.
    """
    doing = CHANGES.get(request.form.get("deed", ""))
    if doing is None:
        raise Refused("bad_value")
    doing(workshop_id, giver)


def _withdraw(workshop_id: int, giver: Giver) -> None:
    perform_once(acts.withdraw_offer, workshop_id=workshop_id, giver=giver, offer_id=_number())
    flash(gettext("Your offer is gone, and your details with it."))


def _reach(workshop_id: int, giver: Giver) -> None:
    told = {name: request.form.get(name, "") for name in ("name", "reach")}
    own = {"workshop_id": workshop_id, "giver": giver, "offer_id": _number()}
    perform_once(acts.change_contact, **own, **told)
    flash(gettext("Saved."))


def _answer(answer: str) -> Callable[[int, Giver], None]:
    def doing(workshop_id: int, giver: Giver) -> None:
        number = whole(request.form.get("match_id", ""))
        own = {"workshop_id": workshop_id, "giver": giver, "match_id": number}
        change = perform_once(acts.answer_match, **own, answer=answer)
        if change.answer["both"]:
            flash(gettext("You both said yes. Now you see how to reach each other."))
        elif answer == "yes":
            flash(gettext("You said yes. Your details go on when the others say yes too."))
        else:
            flash(gettext("You said no. Nobody sees your details."))

    return doing


def _number() -> int:
    return whole(request.form.get("offer_id", ""))


CHANGES: Final[dict[str, Callable[[int, Giver], None]]] = {
    "withdraw": _withdraw,
    "reach": _reach,
    "yes": _answer("yes"),
    "no": _answer("no"),
}
"""What the buttons beside an offer do."""
