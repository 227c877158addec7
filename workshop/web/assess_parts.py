"""The parts of the scoring form: one question of reward, of risk, of money, of reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, IntegerField, RadioField, SelectMultipleField
from wtforms import Form as Part
from wtforms.validators import InputRequired, Optional, StopValidation

from workshop.rules.refusals import REFUSALS, Refused
from workshop.rules.scoring.assessment import MOST_PEOPLE, Reach, Score
from workshop.rules.scoring.risk import BEARERS, IMPACTS, LIKELIHOODS
from workshop.web.choices import choices
from workshop.web.forms import words

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
    mitigation = words(_("What would make it smaller?"), "mitigation", area=True)
    owner = words(_("Who does that?"), "who")

    def told(self) -> dict[str, Any]:
        """The answer as the act takes it."""
        return {
            "band": self.band.data,
            "impact": self.impact.data,
            "bearers": list(self.bearers.data or ()),
            "mitigation": self.mitigation.data or "",
            "owner": self.owner.data or "",
        }


class People(IntegerField):
    """A whole number of people, however it is typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; a wrong one keeps what was typed and says what is wanted."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext(REFUSALS["reach_range"])) from None
        if self.data is not None and not 0 <= self.data <= MOST_PEOPLE:
            raise ValueError(gettext(REFUSALS["reach_range"]))


class ReachPart(Part):
    """How many people a year it would reach: all three numbers, or none."""

    low = People(_("Low"), validators=[Optional()])
    likely = People(_("Likely"), validators=[Optional()])
    high = People(_("High"), validators=[Optional()])

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check each number, and then their order as the rules do."""
        if not super().validate(extra_validators):
            return False
        given = self.told()
        if given is None and any(field.data is not None for field in self):
            self.low.errors = [gettext(REFUSALS["missing_scores"])]
            return False
        try:
            if given:
                Reach(*given)
        except Refused as refusal:
            self[BESIDE.get(refusal.code, "low")].errors = [refusal.words(gettext)]
            return False
        return True

    def told(self) -> tuple[int, int, int] | None:
        """The three numbers, or None unless all are given."""
        low, likely, high = self.low.data, self.likely.data, self.high.data
        if low is None or likely is None or high is None:
            return None
        return low, likely, high
