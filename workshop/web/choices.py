"""The rows of a table as the choices of a field, their words translated when they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind


def choices(rows: Mapping[Any, str]) -> list[SelectChoice]:
    """A choice for each key, labelled with the words that are marked for translation beside it."""
    return [SelectChoice(key, lazy_gettext(words)) for key, words in rows.items()]
