"""The forms by which an item goes on: another stage, a test or a pilot, evidence, desk talk."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, RadioField
from wtforms.validators import InputRequired, Optional

from workshop.reads.item_card import ItemCard
from workshop.reads.progress import TrialCard
from workshop.rules.backlog import STAGES
from workshop.rules.refusals import REFUSALS
from workshop.rules.scoring.assessment import EVIDENCE
from workshop.rules.stages import choices as next_stages
from workshop.rules.trials import TRIAL_OUTCOMES, TRIAL_WORDS
from workshop.web.choices import choices
from workshop.web.forms import Form, words
from workshop.web.item_forms import Pick, SeenForm


def _one_of(label: str, rows: dict[str, str]) -> RadioField:
    needed = InputRequired(_(REFUSALS["unknown_choice"]))
    return RadioField(label, choices=choices(rows), validators=[needed])


class StageForm(SeenForm):
    """Where an item goes next, and why. The reason is for everybody to read."""

    to = _one_of(_("Where does it go?"), STAGES)
    reason = words(_("Why? Everybody can read this"), "reason", area=True, required=True)
    review_on = DateField(_("When does it come back?"), validators=[Optional()])

    @classmethod
    def about(cls, card: ItemCard, **given: Any) -> StageForm:
        """The form with the stages that this item may go to."""
        form = cls(**given)
        may = next_stages(card.stage, scored=card.appraisal is not None)
        form.to.choices = choices({key: STAGES[key] for key in may})
        return form

    def told(self) -> dict[str, Any]:
        """The fields as the act takes them."""
        return {
            "to": self.to.data,
            "reason": self.reason.data or "",
            "review_on": _stored(self.review_on),
            "seen": self.last_seen,
        }


class TestForm(Form):
    """The cheapest thing that would teach more."""

    what = words(_("What will you try?"), "condition", area=True, required=True)
    who = words(_("Who does it?"), "title", required=True)
    works_if = words(_("We’ll know it works if"), "condition")
    ends_on = DateField(_("By which day?"), validators=[InputRequired(_(REFUSALS["day_needed"]))])


class PilotForm(Form):
    """The idea itself, in one place, for a time."""

    place = words(_("Where?"), "title", required=True)
    who = words(_("Who takes part?"), "title", required=True)
    begins_on = DateField(_("First day"), validators=[InputRequired(_(REFUSALS["day_needed"]))])
    ends_on = DateField(_("Last day"), validators=[InputRequired(_(REFUSALS["day_needed"]))])
    works_if = words(_("We’ll know it works if"), "condition", area=True, required=True)
    stop_if = words(_("We’ll stop if"), "condition", area=True, required=True)
    what = words(_("What will be different?"), "condition", area=True)


TRIAL_FORMS: dict[str, type[Form]] = {"test": TestForm, "pilot": PilotForm}


def trial_form(kind: str, card: TrialCard | None) -> Form:
    """The form of a kind of trial; `card` is one that was planned and has not ended."""
    if card is None:
        return TRIAL_FORMS[kind](formdata=None)
    days = {name: _day(getattr(card, name)) for name in ("begins_on", "ends_on")}
    said = {name: getattr(card, name) for name in TRIAL_WORDS}
    return TRIAL_FORMS[kind](formdata=None, data={**said, **days})


def planned(form: Form) -> dict[str, Any]:
    """What was planned, as the act takes it."""
    said = {name: form[name].data or "" for name in TRIAL_WORDS if name in form}
    days = {name: _stored(form[name]) for name in ("begins_on", "ends_on") if name in form}
    return {**said, **days}


class ResultForm(Form):
    """What came of a test or a pilot, in the past tense."""

    outcome = _one_of(_("Did it work?"), TRIAL_OUTCOMES)
    happened = words(_("What happened?"), "happened", area=True, required=True)
    learned = words(_("What did you learn?"), "learned", area=True, required=True)


class EvidenceForm(Form):
    """A piece of evidence and how strong it is."""

    text = words(_("What do we know?"), "evidence", area=True, required=True)
    source = words(_("Where can others read it?"), "source")
    strength = Pick(
        _("How strong is it?"),
        {str(level): text for level, (text, _width) in enumerate(EVIDENCE)},
        coerce=int,
    )
    counts = BooleanField(_("This is now how much we know of the idea"))


class TalkForm(Form):
    """Something said at the desk."""

    text = words(_("What do you want the others to know?"), "desk_note", area=True, required=True)


def _stored(field: DateField) -> str | None:
    return field.data.isoformat() if field.data else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
