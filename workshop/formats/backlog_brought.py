"""The rows of a backlog file as items that may be stored here: all of them, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from workshop.formats.files import BadFile
from workshop.formats.json_file import read_json
from workshop.formats.rows import BacklogRow
from workshop.rules.brought import (
    COUNTED,
    MOST_ITEMS,
    MOST_MEGABYTES,
    MOST_SENT,
    MOST_WORKSHOPS,
    NUMBERS,
    BroughtItem,
)
from workshop.rules.offers import MOST_NEEDS
from workshop.rules.refusals import N_, Refused
from workshop.rules.wording import LIMITS, clean

WORDS: Final[Mapping[str, str]] = {
    "title": "title",
    "workshop": "title",
    "service": "service",
    "wording": "idea",
    "problem": "problem",
    "owner": "title",
    "reach": "title",
    "next_test": "condition",
    "savings": "condition",
    "reason": "reason",
    "conditions": "condition",
    "change_mind": "condition",
}
"""The fields in words, each with the line of `LIMITS` that bounds it here."""

NEEDED: Final = frozenset({"title"})
ON_ONE_LINE: Final = frozenset({"title", "workshop", "service"})
OF_AN_ANSWER: Final = ("reason", "conditions", "change_mind", "review_on")


def read_brought_backlog(data: bytes) -> tuple[BroughtItem, ...]:
    """Every item of a file that a backlog was saved as.

    Raises:
        BadFile: it is too large, no backlog, or holds an item that we can't take; the sentence
            names the item by its place in the file, and the field.
    """
    if len(data) > MOST_SENT:
        raise BadFile(N_("That’s over %(most)s MB. We can’t take that."), most=MOST_MEGABYTES)
    rows = read_json(data)
    if not rows:
        raise BadFile(N_("There is no item in this file."))
    if len(rows) > MOST_ITEMS:
        raise BadFile(
            N_("There are %(found)s items in it. We take up to %(most)s."),
            found=len(rows),
            most=MOST_ITEMS,
        )
    found = tuple(_item(row, place) for place, row in enumerate(rows, start=1))
    rooms = len({(one.workshop, one.service) for one in found})
    if rooms > MOST_WORKSHOPS:
        raise BadFile(
            N_("Its items come from %(found)s workshops. We take up to %(most)s at once."),
            found=rooms,
            most=MOST_WORKSHOPS,
        )
    return found


def _item(row: BacklogRow, place: int) -> BroughtItem:
    words = {name: _clean(row, name, place) for name in WORDS}
    facts = ("owner", "reach", "next_test", "savings")
    own = ("title", "workshop", "service", "wording", "problem")
    return BroughtItem(
        **{name: words[name] for name in own},
        votes=_votes(row, place),
        supporters=row.supporters,
        facts={
            **{name: words[name] for name in facts},
            "stage": row.stage or "candidate",
            "facet": row.facet or "enhancement",
            "evidence": row.evidence or 0,
            "reversible": row.reversibility or "months",
            "effort": row.effort,
            "unlawful": "unlawful" in row.gates,
            "answer_by": _day(row, "answer_by", place),
        },
        needs=_needs(row, place),
        answer=row.answer,
        **_answer(row, words, place),
        figures=_figures(row),
    )


def _clean(row: BacklogRow, name: str, place: int) -> str:
    limit, multiline = LIMITS[WORDS[name]], name not in ON_ONE_LINE
    try:
        return clean(getattr(row, name), limit, required=name in NEEDED, multiline=multiline)
    except Refused as refusal:
        raise _wrong(place, name, refusal) from None


def _answer(row: BacklogRow, words: Mapping[str, str], place: int) -> dict[str, Any]:
    """What belongs to an answer, as the leaders' form asks for it."""
    if not row.answer:
        for name in OF_AN_ANSWER:
            if getattr(row, name):
                raise BadFile(
                    N_("Item %(place)s: “%(field)s” belongs to an answer, and there is none."),
                    place=place,
                    field=name,
                )
    elif not words["reason"]:
        raise _wrong(place, "reason", Refused("empty"))
    review_on = _day(row, "review_on", place)
    if row.answer == "later" and review_on is None:
        raise _wrong(place, "review_on", Refused("review_needed"))
    return {
        **{name: words[name] for name in ("reason", "conditions", "change_mind")},
        "review_on": review_on,
    }


def _day(row: BacklogRow, name: str, place: int) -> str | None:
    text = getattr(row, name)
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _wrong(place, name, Refused("bad_date")) from None


def _needs(row: BacklogRow, place: int) -> tuple[str, ...]:
    if len(row.needs) > MOST_NEEDS:
        raise _wrong(place, "needs", Refused("too_many_needs", most=MOST_NEEDS))
    try:
        return tuple(clean(text, LIMITS["need"]) for text in row.needs)
    except Refused as refusal:
        raise _wrong(place, "needs", refusal) from None


def _votes(row: BacklogRow, place: int) -> Mapping[str, int]:
    if row.votes.keys() - set(COUNTED):
        raise BadFile(N_("Item %(place)s: we can’t read “%(field)s”."), place=place, field="votes")
    return {group: row.votes[group] for group in COUNTED if row.votes.get(group)}


def _figures(row: BacklogRow) -> dict[str, Any]:
    spreads = ("reward", "risk", "still")
    found = {name: getattr(row, name) for name in NUMBERS}
    plain = {name: asdict(found[name]) if found[name] else None for name in spreads}
    return {**found, **plain, "advice": row.advice, "gates": list(row.gates)}


def _wrong(place: int, field: str, why: Refused) -> BadFile:
    return BadFile(N_("Item %(place)s, “%(field)s”: %(why)s"), place=place, field=field, why=why)
