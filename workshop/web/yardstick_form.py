"""The form of a yardstick: every question with its words and weight, one more, and the lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DecimalField, FormField, HiddenField, RadioField
from wtforms import Form as Part
from wtforms.validators import InputRequired, Optional

from workshop.rules.refusals import REFUSALS
from workshop.rules.scoring.criteria import Criterion
from workshop.rules.scoring.reworking import WAYS
from workshop.rules.scoring.risk import Factor
from workshop.rules.scoring.yardstick import Yardstick
from workshop.web.choices import choices
from workshop.web.forms import Form, words
from workshop.web.spoken import spoken

ANCHORS = ("at_0", "at_25", "at_50", "at_75", "at_100")
NEW = "new"


class CriterionPart(Part):
    """One question of reward. A new one without a name is left out."""

    label = words(_("Short name"), "often")
    question = words(_("What is asked"), "often")
    weigh = DecimalField(_("How much it counts"), validators=[Optional()], places=None)
    at_0 = words(_("Words at 0"), "often")
    at_25 = words(_("Words at 25"), "often")
    at_50 = words(_("Words at 50"), "often")
    at_75 = words(_("Words at 75"), "often")
    at_100 = words(_("Words at 100"), "often")
    out = BooleanField(_("Ask nobody this any more"))


class FactorPart(Part):
    """One question of risk. A new one without a name is left out."""

    label = words(_("Short name"), "often")
    question = words(_("What is asked about doing it"), "often")
    still = words(_("What is asked about standing still"), "often")
    out = BooleanField(_("Ask nobody this any more"))


class YardstickForm(Form):
    """A whole yardstick. `form_of` hangs a part for every question on it."""

    seen = HiddenField(default="0")
    way = RadioField(
        _("How do you say what counts?"),
        choices=choices(WAYS),
        validators=[InputRequired(_(REFUSALS["unknown_choice"]))],
    )
    reward = DecimalField(_("Reward line, 0 to 100"), validators=[InputRequired()], places=None)
    risk = DecimalField(_("Risk line, 0 to 100"), validators=[InputRequired()], places=None)
    quick = DecimalField(
        _("Quick is up to so many person-months"), validators=[InputRequired()], places=None
    )
    why = words(_("Why this change? One sentence for later"), "evidence", required=True)

    def part(self, kind: str, key: str) -> Any:  # noqa: ANN401 - a FormField has the fields of its part
        """One part of the form."""
        return self[f"{kind}_{key}"].form

    def told(self, yard: Yardstick) -> dict[str, Any]:
        """Everything as the act takes it."""
        seen = str(self.seen.data or "")
        return {
            "criteria": [
                _criterion(self.part("criterion", key), key, yard.criteria.get(key))
                for key in (*yard.criteria, NEW)
                if key != NEW or self.part("criterion", key).label.data
            ],
            "factors": [
                _factor(self.part("factor", key), key, yard.factors.get(key))
                for key in (*yard.factors, NEW)
                if key != NEW or self.part("factor", key).label.data
            ],
            "way": self.way.data,
            "lines": {name: float(self[name].data or 0) for name in ("reward", "risk", "quick")},
            "why": self.why.data or "",
            "seen": int(seen) if seen.isdecimal() else None,
        }


def form_of(yard: Yardstick) -> type[YardstickForm]:
    """The form with a part for every question of `yard`, retired ones too, and for one more."""
    parts: dict[str, Any] = {
        **{f"criterion_{key}": FormField(CriterionPart) for key in (*yard.criteria, NEW)},
        **{f"factor_{key}": FormField(FactorPart) for key in (*yard.factors, NEW)},
    }
    return type("YardstickFormOf", (YardstickForm,), parts)


def filled(yard: Yardstick, seen: int) -> YardstickForm:
    """The form of a yardstick as it stands, in the reader's language."""
    told = spoken(yard)
    known: dict[str, Any] = {
        "seen": str(seen),
        "way": "points",
        "reward": _number(yard.lines.reward),
        "risk": _number(yard.lines.risk),
        "quick": _number(yard.lines.quick),
    }
    for key, row in told.criteria.items():
        known[f"criterion_{key}"] = {
            "label": row.label,
            "question": row.question,
            "weigh": _number(round(row.weight * 100, 2)),
            **dict(zip(ANCHORS, row.anchors, strict=True)),
            "out": key in yard.retired,
        }
    for key, factor in told.factors.items():
        known[f"factor_{key}"] = {
            "label": factor.label,
            "question": factor.question,
            "still": factor.still,
            "out": key in yard.retired,
        }
    return form_of(yard)(formdata=None, data=known)


def _number(value: float) -> Decimal:
    """A number without the noughts behind its point that nobody typed."""
    return Decimal(f"{value:g}")


def _criterion(part: CriterionPart, key: str, row: Criterion | None) -> dict[str, Any]:
    were = (row.label, row.question, *row.anchors) if row else ("",) * 7
    typed = [part[name].data or "" for name in ("label", "question", *ANCHORS)]
    label, question, *anchors = map(_kept, typed, were)
    ranked = row is None or row.ranked
    return {
        "key": "" if key == NEW else key,
        "words": [label, question],
        "anchors": anchors,
        "weigh": float(part.weigh.data or 0) if ranked else 0.0,
        "out": bool(part.out.data),
    }


def _factor(part: FactorPart, key: str, row: Factor | None) -> dict[str, Any]:
    were = (row.label, row.question, row.still) if row else ("",) * 3
    typed = [part[name].data or "" for name in ("label", "question", "still")]
    name = "" if key == NEW else key
    return {"key": name, "words": list(map(_kept, typed, were)), "out": bool(part.out.data)}


def _kept(typed: str, was: str) -> str:
    """What to store: where somebody left our words alone, our words and not their translation."""
    return was if was and typed == gettext(was) else typed
