"""What every form of ours shares: a command id that makes sending it twice harmless."""

from __future__ import annotations

import uuid

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, StopValidation

from workshop.rules.refusals import REFUSALS, Refused
from workshop.rules.wording import LARGEST, LIMITS, clean


class Form(FlaskForm):
    """A form with a token against forgery and an id that makes a second sending harmless."""

    command_id = HiddenField(default=lambda: str(uuid.uuid4()))


class Fits:
    """A validator: the words are of a length and a kind that the act will take."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Say what the act would say, beside the very field.

        Raises:
            StopValidation: with the sentence of the refusal.
        """
        try:
            clean(field.data or "", self.limit, required=False, multiline=True)
        except Refused as refusal:
            raise StopValidation(refusal.words(gettext)) from refusal


def words(
    label: str, limit: str, *, area: bool = False, required: bool = False, **options: object
) -> StringField:
    """A field for a person's own words, bounded as `LIMITS[limit]` says.

    The browser is given the same bound; the act has the last word and counts whole letters.
    """
    kind = TextAreaField if area else StringField
    bound = LIMITS[limit]
    first = DataRequired(lazy_gettext(REFUSALS["empty"])) if required else Optional()
    return kind(
        label,
        validators=[first, Fits(bound)],
        render_kw={"maxlength": bound, **({"rows": 3} if area else {}), **options},
    )


def number(*, required: bool = False, words: str | None = None) -> IntegerField:
    """A number, such as which post a form is about; none that a database could not hold.

    `words` say what to do where it is missing.
    """
    first = InputRequired(words) if required else Optional()
    return IntegerField(validators=[first, NumberRange(-LARGEST, LARGEST)])


def choice(label: str) -> StringField:
    """One of a list that the template draws; the act says whether it is on the list."""
    return StringField(label, validators=[Optional()])
