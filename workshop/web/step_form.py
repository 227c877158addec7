"""The form of one planned step: its question, its time, who takes part, and how a vote counts."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, NumberRange

from workshop.reads.rooms import StepCard
from workshop.rules.permissions import named
from workshop.rules.phases import PHASES, VIEWS
from workshop.rules.plans import LONGEST_STEP, MOST_VOTES
from workshop.rules.roles import GROUPS, VOICES
from workshop.rules.rounds import ROOM_METHODS
from workshop.rules.voting import METHODS
from workshop.web.choices import choices
from workshop.web.forms import Form
from workshop.web.forms import words as words_field

SIMPLE: Final = ("question", "minutes", "view", "method", "budget", "cap", "quadratic", "secret")
VOTE_FIELDS: Final = ("method", "budget", "cap", "quadratic", "secret", "voters")


class StepForm(Form):
    """One step. Fields that its kind does not have are taken off.

    `chosen` stands on a page that asks which groups take part, so that a form with no box ticked
    can be told from one that never asked.
    """

    question = words_field(
        _("What people read on their phone"), "instruction", area=True, required=True
    )
    minutes = IntegerField(_("Minutes"), validators=[InputRequired(), NumberRange(0, LONGEST_STEP)])
    posters = SelectMultipleField(
        _("Write at this step"), choices=choices({group: GROUPS[group] for group in VOICES})
    )
    voters = SelectMultipleField(
        _("Vote at this step"), choices=choices({group: GROUPS[group] for group in VOICES})
    )
    chosen = HiddenField(default="yes")
    view = SelectField(_("Phones show what others wrote"), validators=[DataRequired()])
    method = SelectField(_("Way of voting"), validators=[DataRequired()])
    budget = IntegerField(
        _("Votes for each person"), validators=[InputRequired(), NumberRange(0, MOST_VOTES)]
    )
    cap = IntegerField(
        _("Most votes on one idea"), validators=[InputRequired(), NumberRange(1, MOST_VOTES)]
    )
    quadratic = BooleanField(_("Two votes on one idea cost four, three cost nine"))
    secret = BooleanField(_("Secret vote"))

    def plan(self) -> dict[str, Any]:
        """The fields as `acts.steps.edit_step` takes them."""
        own = {"csrf_token", "command_id", "chosen"}
        given = {field.name: field.data for field in self if field.name not in own}
        if not self.chosen.raw_data:
            given = {name: value for name, value in given.items() if name not in _GROUPS}
        return {**given, "question": self.question.data or ""}


_GROUPS = frozenset({"posters", "voters"})


def step_form(step: StepCard, *, typed: bool = False) -> StepForm:
    """The form of `step`: as it stands, or as this request's form was typed."""
    groups = {"posters": list(named(step.posters)), "voters": list(named(step.voters))}
    stands = {name: getattr(step, name) for name in SIMPLE} | groups
    form = StepForm(**({} if typed else {"formdata": None}), data=stands)
    phase = PHASES[step.phase]
    form.method.choices = list(choices({key: METHODS[key].label for key in ROOM_METHODS}))
    form.view.choices = list(choices({view: VIEWS[view] for view in phase.views}))
    missing = () if phase.votes else VOTE_FIELDS
    if not phase.accepts:
        missing = (*missing, "posters")
    if len(phase.views) == 1:
        missing = (*missing, "view")
    for name in missing:
        delattr(form, name)
    return form
