"""The care log as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import Final, Protocol

from workshop.formats.csv_file import BYTE_ORDER_MARK, MIME, harmless
from workshop.formats.rows import Translate
from workshop.rules.care import DEEDS, HELD_FOR, LEAVING, MODES, REASONS
from workshop.rules.keeping import PERIODS
from workshop.rules.refusals import N_

__all__ = ["MIME", "write"]


class Line(Protocol):
    """One line of the log, as `reads.care` has it."""

    @property
    def kind(self) -> str:
        """A key of `DEEDS`."""

    @property
    def post_id(self) -> int | None:
        """The post it was done to."""

    @property
    def seat_id(self) -> int | None:
        """The seat it was done to."""

    @property
    def by(self) -> str:
        """Who did it, "" for the workshop's own rules."""

    @property
    def reason(self) -> str:
        """A key of what the kind takes for a reason."""

    @property
    def at(self) -> int:
        """When, in milliseconds since 1970."""


HEADINGS: Final = (N_("When"), N_("What"), N_("Post"), N_("Seat"), N_("Who"), N_("Why"))

WHY: Final = {
    "post.held": HELD_FOR,
    "seat.removed": LEAVING,
    "care.changed": MODES,
    "keep.changed": {str(days): label for days, label in PERIODS.items()},
}
"""What the reason of a kind of line is a key of; of every other kind, `REASONS`."""


def why(line: Line) -> str:
    """The reason of a line as a sentence to be translated."""
    return WHY.get(line.kind, REASONS).get(line.reason, "")


def write(lines: Sequence[Line], translate: Translate = str) -> bytes:
    """A heading line and one line for everything that was done, the latest first."""
    sheet = StringIO(newline="")
    sheet.write(BYTE_ORDER_MARK)
    writer = csv.writer(sheet, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([translate(heading) for heading in HEADINGS])
    for line in lines:
        at = datetime.fromtimestamp(line.at / 1000, UTC).isoformat(timespec="seconds")
        by = harmless(line.by) if line.by else translate(N_("The rules of care"))
        reason = why(line)
        writer.writerow(
            [
                at,
                translate(DEEDS[line.kind]),
                line.post_id or "",
                line.seat_id or "",
                by,
                translate(reason) if reason else "",
            ]
        )
    return sheet.getvalue().encode("utf-8", "replace")
