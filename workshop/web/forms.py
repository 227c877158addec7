"""What every form of ours shares: a command id that makes sending it twice harmless."""

from __future__ import annotations

import uuid

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from workshop.rules.wording import LIMITS


class Form(FlaskForm):
    """A form with a token against forgery and an id that makes a second sending harmless."""

    command_id = HiddenField(default=lambda: str(uuid.uuid4()))


def words(label: str, limit: str, *, area: bool = False, **options: object) -> StringField:
    """A field for a person's own words, bounded as `LIMITS[limit]` says.

    The browser is given the same bound; the act has the last word and counts whole letters.
    """
    kind = TextAreaField if area else StringField
    bound = LIMITS[limit]
    return kind(
        label,
        validators=[Length(max=bound * 4)],
        render_kw={"maxlength": bound, **({"rows": 3} if area else {}), **options},
    )
