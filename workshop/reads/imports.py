"""What is told of the file that a workshop was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from workshop.storage.models import Imported


@dataclass(frozen=True, slots=True)
class ImportCard:
    """A file that somebody brought.

    Attributes:
        source: a key of `formats.FORMATS`.
        people: how many cast a ballot in it; none of them has a seat.
        remarks: (sentence, values, line) of everything odd in it.
        facts: what it says of the ideas by their numbers.
    """

    source: str
    people: int
    remarks: tuple[tuple[str, Mapping[str, Any], int | None], ...]
    facts: Mapping[str, Any]


def import_card(db: Session, workshop_id: int) -> ImportCard | None:
    """The file that a workshop was made of, None for a workshop of its own."""
    row = db.get(Imported, workshop_id)
    if row is None:
        return None
    remarks = tuple((one["sentence"], one["values"], one["line"]) for one in row.remarks)
    return ImportCard(row.source, row.people, remarks, row.facts)
