"""A revealed round as CSV: the order, who is for what, how sure it is. Small groups stay folded."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Final

from workshop.formats.csv_file import BYTE_ORDER_MARK, MIME, harmless
from workshop.formats.rows import Translate, Value
from workshop.reads.findings import Finding, FindingsCard
from workshop.reads.results import ShownResult, ShownRow
from workshop.rules.fairness.agreement import SHELVES
from workshop.rules.fairness.certainty import BANDS
from workshop.rules.fairness.folding import OTHERS
from workshop.rules.refusals import N_
from workshop.rules.roles import FROM_ELSEWHERE, IMPORTED, MANY, VOICES

__all__ = ["MIME", "write"]

NAMES: Final = {**MANY, **FROM_ELSEWHERE, OTHERS: N_("Others")}
STAYS: Final = {
    **BANDS,
    "gem": N_("Hidden gem"),
    "kept": N_("Kept in"),
    "parked": N_("Parked"),
    "": "",
}
YES: Final = {True: N_("yes"), False: N_("no")}


def write(result: ShownResult, found: FindingsCard | None, translate: Translate) -> bytes:
    """A heading line and one line for each idea, in UTF-8 with a byte order mark."""
    sheet = StringIO(newline="")
    sheet.write(BYTE_ORDER_MARK)
    writer = csv.writer(sheet, quoting=csv.QUOTE_NONNUMERIC)
    lines = [dict(_columns(row, result, found, translate)) for row in result.rows]
    if lines:
        writer.writerow([translate(heading) for heading in lines[0]])
    for line in lines:
        writer.writerow(
            [harmless(cell) if isinstance(cell, str) else cell for cell in line.values()]
        )
    return sheet.getvalue().encode("utf-8", "replace")


def _columns(
    row: ShownRow, result: ShownResult, found: FindingsCard | None, translate: Translate
) -> Iterator[tuple[str, Value]]:
    """Every heading, in order, with what stands under it. A cell too small to be shown is empty."""
    yield N_("Place"), row.place
    yield N_("Idea"), row.text
    yield N_("Points"), row.points
    yield N_("People for it"), row.row.breadth
    for group in (*VOICES, IMPORTED, OTHERS):
        if any(group in one.split for one in result.rows):
            count = row.split.get(group)
            yield NAMES[group], count.people if count else None
    one = found.by_id.get(row.row.idea_id) if found else None
    if found and one:
        yield from _meaning(one, found, translate)


def _meaning(
    one: Finding, found: FindingsCard, translate: Translate
) -> Iterator[tuple[str, Value]]:
    yield N_("People who saw it"), one.seen
    yield N_("Share of people, lowest in 100"), round(one.low, 1)
    yield N_("Share of people, highest in 100"), round(one.high, 1)
    yield N_("On the list, in 100 draws"), one.chance
    yield N_("Where it stays"), translate(STAYS[one.stays]) if one.stays else ""
    yield N_("Do the groups agree?"), translate(SHELVES[one.shelf]) if one.shelf else ""
    yield N_("On the list by most votes"), translate(YES[one.idea_id in found.plain])
    yield N_("On the list by equal shares"), translate(YES[one.idea_id in found.fair])
