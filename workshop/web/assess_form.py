"""The scoring form, made from the criteria and the risk factors of a yardstick."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FormField, HiddenField, RadioField
from wtforms.validators import InputRequired, Optional

from workshop.reads.assessors import Sheet
from workshop.rules.refusals import REFUSALS
from workshop.rules.roles import STANDINGS
from workshop.rules.scoring.assessment import EVIDENCE
from workshop.rules.scoring.risk import REVERSIBILITY
from workshop.rules.scoring.yardstick import Yardstick
from workshop.web.assess_parts import Money, Range, ReachPart, Risk
from workshop.web.choices import choices
from workshop.web.forms import Form


class AssessForm(Form):
    """Everything one assessor says about one item.

    Its parts are `reward_KEY` for each criterion, `risk_KEY` and `still_KEY` for each factor of the
    yardstick; `form_of` makes a class that has them. `round` is the round it was opened in.
    """

    yard: ClassVar[Yardstick]
    round = HiddenField()
    reach = FormField(ReachPart)
    evidence = RadioField(
        _("How much do we know about it?"),
        choices=choices({level: words for level, (words, _width) in enumerate(EVIDENCE)}),
        coerce=int,
        validators=[Optional()],
        validate_choice=False,
    )
    reversible = RadioField(
        _("How hard would it be to undo?"),
        choices=choices({key: row.label for key, row in REVERSIBILITY.items()}),
        validators=[Optional()],
        validate_choice=False,
    )

    def part(self, kind: str, key: str) -> Any:  # noqa: ANN401 - a FormField has the fields of its part
        """One part of the form."""
        return self[f"{kind}_{key}"].form

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Where something needs changing: the question, the field's id and the sentence."""
        asked, watched = self.yard.asked, self.yard.watched
        for kind, table in (("reward", asked), ("risk", watched), ("still", watched)):
            for key, row in table.items():
                for field in self.part(kind, key):
                    if field.errors:
                        radio = field.type == "RadioField"
                        where = f"{field.id}-0" if radio else field.id
                        yield gettext(row.label), where, field.errors[0]
        for field in self.reach.form:
            if field.errors:
                yield gettext("People in a year"), field.id, field.errors[0]

    def answers(self) -> dict[str, Any]:
        """Everything as the act takes it; savings are left out where nobody gave any."""
        asked, watched = self.yard.asked, self.yard.watched
        sent = str(self.round.data or "")
        return {
            "scores": {
                key: self.part("reward", key).told()
                for key in asked
                if not self.part("reward", key).is_empty
            },
            "risks": {key: self.part("risk", key).told() for key in watched},
            "still": {key: self.part("still", key).told() for key in watched},
            "beside": {
                "reach": self.reach.form.told(),
                "evidence": self.evidence.data,
                "reversible": self.reversible.data or "",
            },
            "round_now": int(sent) if sent.isdecimal() else None,
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


def form_of(yard: Yardstick, *, first: bool) -> type[AssessForm]:
    """The form that asks every question of a yardstick; `first` asks who is scoring too."""
    parts: dict[str, Any] = {"yard": yard}
    for key, row in yard.asked.items():
        parts[f"reward_{key}"] = FormField(Range if row.ranked else Money)
    for key in yard.watched:
        parts[f"risk_{key}"] = FormField(Risk)
        parts[f"still_{key}"] = FormField(Risk)
    return type("AssessFormOf", (FirstAssessForm if first else AssessForm,), parts)


def filled(
    yard: Yardstick, sheet: Sheet | None, *, first: bool, standing: str, number: int
) -> AssessForm:
    """The form with what its writer answered before; `standing` is picked on a `first` one."""
    known: dict[str, Any] = {"round": str(number)}
    if sheet:
        parts = (("reward", sheet.scores), ("risk", sheet.risks), ("still", sheet.still))
        known |= {
            f"{kind}_{key}": {name: getattr(one, name) for name in one.__slots__}
            for kind, given in parts
            for key, one in given.items()
        }
        known |= {"evidence": sheet.evidence, "reversible": sheet.reversible}
        if sheet.reach:
            known["reach"] = dict(zip(("low", "likely", "high"), sheet.reach, strict=True))
    if first:
        known["standing"] = standing
    return form_of(yard, first=first)(formdata=None, data=known)
