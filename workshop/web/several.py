"""One change for several ideas at once: each its own act, and each refusal beside its own row."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from workshop.acts import backlog, stages
from workshop.acts.stage import Change
from workshop.reads.item_card import ItemCard
from workshop.reads.views import newest_line
from workshop.rules.backlog import STAGES
from workshop.rules.refusals import N_, REFUSALS, Refused
from workshop.web.choices import choices
from workshop.web.commands import fresh_id
from workshop.web.errors import words as sentence
from workshop.web.filtering import asked_for, the_same_part
from workshop.web.forms import words
from workshop.web.home import account_id
from workshop.web.house import house, who
from workshop.web.item_forms import SeenForm
from workshop.web.reach import cards, form_id, perform_once

NEEDS: Final[dict[str, dict[str, str]]] = {
    "owner": {"owner": "empty"},
    "answer": {"answer_by": "day_needed"},
    "stage": {"to": "unknown_choice", "reason": "empty"},
}
"""What each deed cannot do without, with the refusal where it is missing."""

UNREAD: Final = {"answer_by": "bad_date", "review_on": "bad_date", "to": "unknown_choice"}
"""The fields that a browser fills by itself, with the refusal of anything else in them."""


class SeveralForm(SeenForm):
    """What is to change. Each deed has a button of its own and looks at its own fields."""

    owner = words(_("Who owns them?"), "title")
    answer_by = DateField(_("Answer promised by"), validators=[Optional()])
    to = SelectField(
        _("Where do they go?"), choices=choices({"": N_("Please pick"), **STAGES}), default=""
    )
    reason = words(_("Why? Everybody can read this"), "reason", area=True)
    review_on = DateField(_("When do they come back?"), validators=[Optional()])

    @classmethod
    def fresh(cls) -> SeveralForm:
        """An empty form that knows how new the list beside it is."""
        form = cls(formdata=None)
        with house().store.read() as db:
            form.seen.data = str(newest_line(db))
        return form

    def fits(self, deed: str) -> bool:
        """Whether this deed has what it needs; where not, its fields say so."""
        fine = bool(self.validate())
        for name, code in UNREAD.items():
            if self[name].errors:
                self[name].errors = [sentence(Refused(code))]
        for name, code in NEEDS[deed].items():
            if not self[name].data and not self[name].errors:
                self[name].errors, fine = [sentence(Refused(code))], False
        return fine

    def deed(self, deed: str) -> tuple[Callable[..., Change], dict[str, Any]]:
        """The act, and what it takes beside the item."""
        seen = {"seen": self.last_seen}
        if deed == "owner":
            return backlog.set_owner, {"owner": self.owner.data or "", **seen}
        if deed == "answer":
            return backlog.set_answer_by, {"answer_by": _stored(self.answer_by), **seen}
        said = {"to": self.to.data, "reason": self.reason.data or ""}
        given = {**said, "review_on": _stored(self.review_on), "account_id": account_id()}
        return stages.move_stage, {**given, **seen}


@dataclass(frozen=True, slots=True)
class Left:
    """An idea that could not be changed, or has not been yet; `why` is the sentence, or ""."""

    card: ItemCard
    why: str = ""


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages this route."""
    pages.add_url_rule("/backlog/several", view_func=change_several, methods=["POST"])


def change_several() -> ResponseReturnValue:
    """Do one thing to every idea that was chosen, and tell of each that it could not be done to."""
    form, deed = SeveralForm(), request.form.get("do", "")
    chosen = _chosen(cards())
    if deed not in NEEDS or not chosen:
        no = "" if deed in NEEDS and form.validate() else REFUSALS["unknown_choice"]
        return _page(form, (), [Left(card) for card in chosen], _(no or REFUSALS["pick_ideas"]))
    if not form.fits(deed):
        return _page(form, (), [Left(card) for card in chosen])
    done, left = _done(chosen, *form.deed(deed))
    if done:
        house().reckoner.ask()
    if left:
        return _page(form, done, left)
    flash(ngettext("Changed %(n)s idea.", "Changed %(n)s ideas.", len(done), n=len(done)))
    return redirect(the_same_part("leader.backlog", _anchor="ranked"), 303)


def _chosen(shown: Sequence[ItemCard]) -> list[ItemCard]:
    """The ideas that were chosen, in the order of the list; only those that this caller sees."""
    numbers = set(request.form.getlist("item"))
    return [card for card in shown if str(card.id) in numbers]


def _done(
    chosen: Sequence[ItemCard], act: Callable[..., Change], given: Mapping[str, Any]
) -> tuple[list[ItemCard], list[Left]]:
    """Perform the act on each, in a transaction of its own; what was done and what was not."""
    done, left = [], []
    for card in chosen:
        try:
            perform_once(
                act,
                f"{form_id()}:{card.id}",
                workshop_id=card.workshop_id,
                item_id=card.id,
                **given,
            )
        except Refused as refusal:
            left.append(Left(card, sentence(refusal)))
        else:
            done.append(card)
        # A long list is many commits: whoever else is at the table has a turn between them.
        time.sleep(0)
    return done, left


def _page(
    form: SeveralForm, done: Sequence[ItemCard], left: Sequence[Left], no: str = ""
) -> ResponseReturnValue:
    """What was done and what was not, with the form again; nothing that was typed is lost."""
    form.seen.data, form.command_id.data = SeveralForm.fresh().seen.data, fresh_id()
    page = render_template(
        "leader/several.html",
        several=form,
        done=done,
        left=left,
        no=no,
        filters=asked_for(),
        may_move="leader" in who().roles,
    )
    return page, 409 if done or any(one.why for one in left) else 422


def _stored(field: DateField) -> str | None:
    return field.data.isoformat() if field.data else None
