"""The backlog as JSON: a versioned schema that reads back into an equal backlog."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from workshop.formats.backlog_fields import LISTS, SPREADS, fits
from workshop.formats.files import BadFile
from workshop.formats.rows import BacklogRow, Translate
from workshop.rules.refusals import N_
from workshop.rules.scoring.simulation import Spread

MIME: Final = "application/json"
SUFFIX: Final = ".json"

NAME: Final = "longtable-backlog"
VERSION: Final = 1
"""Goes up when a file of the old version could be misread; new optional fields do not count."""


def write_json(rows: Sequence[BacklogRow], _translate: Translate = str) -> bytes:
    """`{"format", "version", "items"}` in UTF-8; keys and codes are never translated."""
    whole = {"format": NAME, "version": VERSION, "items": [asdict(row) for row in rows]}
    text = json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8", "replace")


def read_json(data: bytes) -> list[BacklogRow]:
    """The rows of a file that `write_json` wrote, here or elsewhere; all of them or none.

    Raises BadFile with one sentence that names the item and the field.
    """
    whole = _parsed(data)
    if not isinstance(whole, dict) or whole.get("format") != NAME:
        raise BadFile(N_("This isn’t a backlog saved by Longtable."))
    if whole.get("version") != VERSION:
        raise BadFile(
            N_("This backlog was saved by another version. We read version %(version)s."),
            version=VERSION,
        )
    items = whole.get("items")
    if not isinstance(items, list):
        raise BadFile(N_("This file has no list called “items”."))
    return [_row(item, place) for place, item in enumerate(items, start=1)]


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as wrong:
        raise BadFile(N_("This isn’t JSON we can read."), line=wrong.lineno) from None
    except (RecursionError, ValueError):
        raise BadFile(N_("This isn’t JSON we can read.")) from None


def _row(item: object, place: int) -> BacklogRow:
    """Read one item; fields that we do not know are left out, missing ones say nothing."""
    if not isinstance(item, dict):
        raise BadFile(N_("Item %(place)s isn’t an object."), place=place)
    given: dict[str, Any] = {}
    for field in fields(BacklogRow):
        if field.name in item:
            value = item[field.name]
            if not fits(field.name, value):
                raise BadFile(
                    N_("Item %(place)s: we can’t read “%(field)s”."), place=place, field=field.name
                )
            given[field.name] = _made(field.name, value)
    if not given.keys() >= {"number", "title"}:
        raise BadFile(N_("Item %(place)s needs a number and a title."), place=place)
    return BacklogRow(**given)


def _made(name: str, value: Any) -> object:  # noqa: ANN401 - `fits` has looked at it
    if name in SPREADS and value is not None:
        return Spread(**value)
    return tuple(value) if name in LISTS else value
