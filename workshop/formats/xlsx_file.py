"""The backlog as an Excel workbook in which no cell is ever a formula."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from workshop.formats.csv_file import harmless
from workshop.formats.rows import BacklogRow, Translate, Value, columns
from workshop.rules.refusals import N_

MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIX: Final = ".xlsx"

SHEET: Final = N_("Backlog")
NARROW: Final = 14
WIDE: Final = 48
LONG_TEXT: Final = 24
LONGEST_TITLE: Final = 31


def write_xlsx(rows: Sequence[BacklogRow], translate: Translate = str) -> bytes:
    """One sheet: a heading row that stays in view, and one row for each item."""
    headings = [translate(heading) for heading, _ in columns(BacklogRow(0, ""))]
    table = [[cell for _, cell in columns(row, translate)] for row in rows]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = translate(SHEET)[:LONGEST_TITLE]
    _dress(sheet, headings, table)
    sheet.append([_heading(sheet, heading) for heading in headings])
    for line in table:
        sheet.append([_cell(sheet, value) for value in line])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _heading(sheet: Worksheet, text: str) -> Cell:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Worksheet, value: Value) -> Cell:
    """A cell to append; text gets its type by hand, or "=" would make openpyxl write a formula."""
    if not isinstance(value, str):
        return Cell(sheet, row=1, column=1, value=value)
    clean = ILLEGAL_CHARACTERS_RE.sub("", value).encode("utf-8", "replace").decode("utf-8")
    cell = Cell(sheet, row=1, column=1, value=clean or None)
    if clean:
        cell.data_type = "s"
        # A cell that looks like a formula stays text even when somebody edits it.
        cell.quotePrefix = harmless(clean) != clean
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _dress(sheet: Worksheet, headings: Sequence[str], table: Sequence[Sequence[Value]]) -> None:
    for column in range(len(headings)):
        texts = [line[column] for line in table]
        longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
        letter = get_column_letter(column + 1)
        sheet.column_dimensions[letter].width = WIDE if longest > LONG_TEXT else NARROW
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(table) + 1}"
