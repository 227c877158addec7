"""The smaller answers of a card, made clean and put where a post keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from workshop.rules.cards import (
    DOES_FIELDS,
    EVIDENCE,
    LIMIT_OF,
    NEED_FIELDS,
    WORDS,
    does_of,
    fields_of,
    needs_of,
)
from workshop.rules.refusals import Refused
from workshop.rules.tongues import TONGUES
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Picture, PledgeAnswer, Post

EMPTY: Final[dict[str, Any]] = {
    **dict.fromkeys(WORDS, ""),
    "evidence": "",
    "does": (),
    "needs": (),
}
"""Every smaller answer of a post, unanswered."""

KNOWN: Final = frozenset({*LIMIT_OF, "evidence", "language"})


def put(row: Post, given: Mapping[str, str]) -> None:
    """Put the answers of a form into `row`. What was not asked stays as it was.

    Raises:
        Refused: `too_long`, `not_text`, or `unknown_choice` for evidence or a language that is
            not on the list.
    """
    if unknown := given.keys() - KNOWN:
        raise TypeError(f"a post has no {sorted(unknown)}")
    said = {
        name: clean(words, LIMITS[LIMIT_OF[name]], required=False)
        for name, words in given.items()
        if name in LIMIT_OF
    }
    for name in WORDS:
        if name in said:
            setattr(row, name, said[name])
    if said.keys() & {*DOES_FIELDS, *NEED_FIELDS}:
        fields = fields_of(row.does or (), row.needs or ()) | said
        row.does, row.needs = does_of(fields), needs_of(fields)
    if "evidence" in given:
        row.evidence = _one_of(given["evidence"], {"", *EVIDENCE})
    if given.get("language"):
        row.language = _one_of(given["language"], {row.language, *TONGUES})


def _one_of(value: str, known: set[str]) -> str:
    if value not in known:
        raise Refused("unknown_choice")
    return value


def blank(db: Session, row: Post) -> None:
    """Take all that was written on a card off it, its picture and what was told of it later."""
    row.leg_id = row.feeling = None
    db.execute(delete(Picture).where(Picture.post_id == row.id))
    db.execute(delete(PledgeAnswer).where(PledgeAnswer.post_id == row.id))
    row.text = ""
    for name, nothing in EMPTY.items():
        setattr(row, name, nothing)
