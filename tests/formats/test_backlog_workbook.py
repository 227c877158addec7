"""The backlog as a workbook: words stay words, and nothing is ever a formula."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import Phase, given, settings
from openpyxl import load_workbook

from tests.formats.backlog_rows import BARE, FULL, TRAPS, cells, every_text, rows
from workshop.formats.rows import BacklogRow
from workshop.formats.xlsx_file import write_xlsx


@pytest.mark.parametrize("trap", TRAPS)
def test_no_cell_of_a_workbook_is_ever_a_formula(trap: str) -> None:
    sheet = load_workbook(BytesIO(write_xlsx([every_text(trap)]))).worksheets[0]

    for line in sheet.iter_rows():
        for cell in line:
            assert cell.data_type in ("s", "n", "inlineStr"), cell.value
    looks_like_one = sheet["D2"]
    assert looks_like_one.quotePrefix


@given(rows)
# Reading workbooks back is slow, and shrinking would do it many thousand times.
@settings(max_examples=25, phases=set(Phase) - {Phase.shrink})
def test_a_workbook_keeps_words_as_words_and_numbers_as_numbers(row: BacklogRow) -> None:
    sheet = load_workbook(BytesIO(write_xlsx([row]))).worksheets[0]

    assert sheet.max_row == 2
    for cell, value in zip(sheet[2], cells(row).values(), strict=True):
        assert isinstance(cell.value, str) == (isinstance(value, str) and cell.value is not None)
        if not isinstance(value, str):
            assert cell.value == pytest.approx(value)


def test_the_headings_of_a_workbook_stay_in_view_and_can_be_filtered() -> None:
    sheet = load_workbook(BytesIO(write_xlsx([FULL, BARE]))).worksheets[0]

    assert sheet.title == "Backlog"
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert [sheet["A1"].value, sheet["D3"].value] == ["Number", "One letter"]
