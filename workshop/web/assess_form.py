"""The scoring form, made from the tables of criteria and risk factors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Field,
    FormField,
    IntegerField,
    RadioField,
    SelectMultipleField,
)
from wtforms import Form as Part
from wtforms.validators import InputRequired, Optional, StopValidation

from workshop.reads.assessors import Sheet
from workshop.rules.refusals import REFUSALS, Refused
from workshop.rules.roles import STANDINGS
from workshop.rules.scoring.assessment import Score
from workshop.rules.scoring.criteria import CRITERIA
from workshop.rules.scoring.risk import BEARERS, FACTORS, IMPACTS, LIKELIHOODS
from workshop.web.choices import choices
from workshop.web.forms import Form, words

#: Beside which of the three numbers a refused range is shown.
BESIDE = {"low_over_likely": "low", "likely_over_high": "likely"}
_unanswered = InputRequired(_(REFUSALS["missing_scores"]))


class Points(IntegerField):
    """A whole number from 0 to 100, however it is typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; a wrong one keeps what was typed and says what is wanted."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext(REFUSALS["score_range"])) from None
        if self.data is not None and not 0 <= self.data <= 100:
            raise ValueError(gettext(REFUSALS["score_range"]))


class Range(Part):
    """Low, likely and high on one criterion, and why."""

    low = Points(_("Low"), validators=[_unanswered])
    likely = Points(_("Likely"), validators=[_unanswered])
    high = Points(_("High"), validators=[_unanswered])
    why = words(_("Why? One sentence others can argue with"), "evidence", area=True)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check each number, and then their order as the rules do."""
        if not super().validate(extra_validators):
            return False
        if self.is_empty:
            return True
        return self._in_order()

    @property
    def is_empty(self) -> bool:
        """Whether none of the three numbers is given."""
        return all(self[name].data is None for name in ("low", "likely", "high"))

    def _in_order(self) -> bool:
        given = [self[name].data for name in ("low", "likely", "high")]
        if None in given:
            self.low.errors = [gettext(REFUSALS["missing_scores"])]
            return False
        try:
            Score(*given)
        except Refused as refusal:
            self[BESIDE.get(refusal.code, "low")].errors = [refusal.words(gettext)]
            return False
        return True

    def told(self) -> dict[str, Any]:
        """The answer as the act takes it."""
        return {name: self[name].data for name in ("low", "likely", "high")} | {
            "why": self.why.data or ""
        }


class Money(Range):
    """The same about savings. It may be left out, and an amount needs its mechanism."""

    low = Points(_("Low"), validators=[Optional()])
    likely = Points(_("Likely"), validators=[Optional()])
    high = Points(_("High"), validators=[Optional()])
    why = words(_("How does it save money?"), "evidence", area=True)

    def validate_why(self, field: Field) -> None:
        """An amount without a mechanism is a wish."""
        if not self.is_empty and not (field.data or "").strip():
            raise StopValidation(gettext(REFUSALS["savings_how"]))


class Risk(Part):
    """How likely one harm is, how bad, who bears it and what would make it smaller."""

    band = RadioField(
        _("How likely is that, after what’s planned?"),
        choices=choices({key: row.words for key, row in LIKELIHOODS.items()}),
        coerce=int,
        validators=[_unanswered],
    )
    impact = RadioField(
        _("If it happens, how bad is it?"),
        choices=choices({key: row.words for key, row in IMPACTS.items()}),
        coerce=int,
        validators=[_unanswered],
    )
    bearers = SelectMultipleField(_("Who bears it?"), choices=choices(BEARERS))
    mitigation = words(_("What would make it smaller, and who does that?"), "mitigation", area=True)

    def told(self) -> dict[str, Any]:
        """The answer as the act takes it."""
        return {
            "band": self.band.data,
            "impact": self.impact.data,
            "bearers": list(self.bearers.data or ()),
            "mitigation": self.mitigation.data or "",
        }


class AssessForm(Form):
    """Everything one assessor says about one item.

    Its parts are `reward_KEY` for each criterion, `risk_KEY` and `still_KEY` for each factor.
    """

    def part(self, kind: str, key: str) -> Any:  # noqa: ANN401 - a FormField has the fields of its part
        """One part of the form."""
        return self[f"{kind}_{key}"].form

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Where something needs changing: the question, the field's id and the sentence."""
        for kind, table in (("reward", CRITERIA), ("risk", FACTORS), ("still", FACTORS)):
            for key, row in table.items():
                for field in self.part(kind, key):
                    if field.errors:
                        radio = field.type == "RadioField"
                        yield row.label, f"{field.id}-0" if radio else field.id, field.errors[0]

    def answers(self) -> dict[str, Any]:
        """Everything as the act takes it; savings are left out where nobody gave any."""
        return {
            "scores": {
                key: self.part("reward", key).told()
                for key in CRITERIA
                if not self.part("reward", key).is_empty
            },
            "risks": {key: self.part("risk", key).told() for key in FACTORS},
            "still": {key: self.part("still", key).told() for key in FACTORS},
        }


class FirstAssessForm(AssessForm):
    """The first scoring of somebody who signs in: they say where they speak from."""

    standing = RadioField(
        _("Where do you speak from?"),
        choices=choices(STANDINGS),
        validators=[InputRequired(_(REFUSALS["unknown_choice"]))],
    )
    lived = BooleanField(_("I’ve lived through this myself"))
    frontline = BooleanField(_("I do this work with people every day"))


def _hang_parts() -> None:
    for key, criterion in CRITERIA.items():
        setattr(AssessForm, f"reward_{key}", FormField(Range if criterion.ranked else Money))
    for key in FACTORS:
        setattr(AssessForm, f"risk_{key}", FormField(Risk))
        setattr(AssessForm, f"still_{key}", FormField(Risk))


_hang_parts()


def filled(sheet: Sheet | None, *, first: bool, standing: str) -> AssessForm:
    """The form with what its writer answered before; `standing` is picked on a `first` one."""
    known: dict[str, Mapping[str, Any]] = {}
    if sheet:
        parts = (("reward", sheet.scores), ("risk", sheet.risks), ("still", sheet.still))
        known = {
            f"{kind}_{key}": {name: getattr(one, name) for name in one.__slots__}
            for kind, given in parts
            for key, one in given.items()
        }
    if first:
        return FirstAssessForm(formdata=None, data={**known, "standing": standing})
    return AssessForm(formdata=None, data=known)
