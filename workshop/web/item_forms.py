"""The forms of a backlog item: what is known of it, the answer, and what came of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    HiddenField,
    RadioField,
    SelectField,
)
from wtforms.validators import InputRequired, Optional

from workshop.reads.items import ItemPage
from workshop.rules.backlog import ANSWERS, FACETS
from workshop.rules.refusals import REFUSALS
from workshop.rules.scoring.assessment import EVIDENCE
from workshop.rules.scoring.risk import REVERSIBILITY
from workshop.web.choices import choices
from workshop.web.forms import Form, words

WORDED = ("owner", "reach", "next_test", "savings", "worse_off", "remedy")
"""The facts that are written in words, by the names that the act knows them by."""


class Pick(SelectField):
    """One of a table's rows, its words translated when they are shown."""

    def __init__(self, label: str, rows: dict[str, str], **more: Any) -> None:
        super().__init__(label, choices=choices(rows), validators=[InputRequired()], **more)


class SeenForm(Form):
    """A form that says which change its writer had in front of them."""

    seen = HiddenField(default="0")

    @property
    def last_seen(self) -> int:
        """The number of that change, 0 for none."""
        text = str(self.seen.data or "")
        return int(text) if text.isdecimal() else 0


class FactsForm(SeenForm):
    """What is known of an item beside its scores."""

    title = words(_("A short name"), "title", required=True)
    owner = words(_("Who owns it?"), "title")
    answer_by = DateField(_("Answer promised by"), validators=[Optional()])
    effort = DecimalField(_("Work, in person-months"), validators=[Optional()], places=None)
    reach = words(_("How many people would it reach in a year?"), "title")
    facet = Pick(_("What kind of change is it?"), FACETS)
    evidence = Pick(
        _("How much do we know?"),
        {str(level): text for level, (text, _width) in enumerate(EVIDENCE)},
        coerce=int,
    )
    reversible = Pick(
        _("How hard is it to undo?"), {key: row.label for key, row in REVERSIBILITY.items()}
    )
    next_test = words(_("The cheapest next test"), "condition", area=True)
    unlawful = BooleanField(_("It would break the law as it is described"))
    worse_off = words(_("Would any group be worse off?"), "better_for")
    remedy = words(_("What would make it right for them?"), "mitigation", area=True)
    savings = words(_("How it saves money, if it does"), "condition", area=True)

    @classmethod
    def of(cls, page: ItemPage) -> FactsForm:
        """The form of an item as it stands."""
        card = page.card
        known = {name: getattr(card, name) for name in (*WORDED, "title", "facet", "reversible")}
        known |= {"evidence": card.evidence, "unlawful": card.unlawful}
        form = cls(formdata=None, data=known)
        form.seen.data = str(page.last_edit)
        form.answer_by.data = card.answer_day
        form.effort.data = None if card.effort is None else Decimal(f"{card.effort:g}")
        return form

    def facts(self) -> dict[str, Any]:
        """The fields as the act takes them."""
        return {
            **{name: self[name].data or "" for name in (*WORDED, "title")},
            "facet": self.facet.data,
            "reversible": self.reversible.data,
            "evidence": self.evidence.data,
            "effort": float(self.effort.data) if self.effort.data is not None else None,
            "unlawful": bool(self.unlawful.data),
            "answer_by": self.answer_by.data.isoformat() if self.answer_by.data else None,
            "seen": self.last_seen,
        }


class AnswerForm(SeenForm):
    """A leader's answer. The reason is for everybody to read."""

    answer = RadioField(
        _("Your answer"),
        choices=choices(ANSWERS),
        validators=[InputRequired(_(REFUSALS["unknown_choice"]))],
    )
    reason = words(_("Why? Everybody can read this"), "reason", area=True, required=True)
    conditions = words(_("On this condition"), "condition", area=True)
    change_mind = words(_("What would change your mind?"), "condition", area=True)
    review_on = DateField(_("When will you look again?"), validators=[Optional()])

    def told(self) -> dict[str, Any]:
        """The fields as the act takes them."""
        return {
            **{name: self[name].data or "" for name in ("reason", "conditions", "change_mind")},
            "answer": self.answer.data,
            "review_on": self.review_on.data.isoformat() if self.review_on.data else None,
            "seen": self.last_seen,
        }


class NewsForm(Form):
    """What is being done, or was done, in words for everybody."""

    text = words(_("What is happening, in words for everybody"), "answer", area=True, required=True)
    done = BooleanField(_("It’s done: people can see the change now"))
