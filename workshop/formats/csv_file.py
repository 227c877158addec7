"""The backlog as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Final

from workshop.formats.rows import BacklogRow, Translate, Value, columns

MIME: Final = "text/csv; charset=utf-8"
SUFFIX: Final = ".csv"

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel reads the file in the machine's old code page."""

FORMULA_SIGNS: Final = "=+-@\uff1d\uff0b\uff0d\uff20"
"""What a spreadsheet may take for the start of a formula; the full-width signs count as well."""

BREAKS: Final = ("\t", "\r", "\n")


def write_csv(rows: Sequence[BacklogRow], translate: Translate = str) -> bytes:
    """A heading line and one line for each row, in UTF-8 with a byte order mark."""
    sheet = StringIO(newline="")
    sheet.write(BYTE_ORDER_MARK)
    writer = csv.writer(sheet, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([translate(heading) for heading, _ in columns(BacklogRow(0, ""))])
    for row in rows:
        writer.writerow([_cell(cell) for _, cell in columns(row, translate)])
    # Text from a browser may hold half a surrogate pair, which UTF-8 cannot carry.
    return sheet.getvalue().encode("utf-8", "replace")


def _cell(cell: Value) -> Value:
    return harmless(cell) if isinstance(cell, str) else cell


def harmless(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet could take it for a formula.

    Blanks and other unprintable signs in front do not help a formula past, and a cell that begins
    with a tab or a line break is taken for dangerous whatever follows.
    """
    if text.startswith(BREAKS):
        return f"'{text}"
    seen = next((sign for sign in text if sign.isprintable() and not sign.isspace()), "")
    return f"'{text}" if seen and seen in FORMULA_SIGNS else text
