"""The backlog on its way out: safe to open, whole, and in the reader's own language."""

from __future__ import annotations

import csv
from dataclasses import fields, replace
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.formats.backlog_rows import BARE, FULL, TRAPS, cells, every_text, rows
from workshop.formats.csv_file import harmless, write_csv
from workshop.formats.exports import EXPORTS
from workshop.formats.json_file import read_json, write_json
from workshop.formats.markdown_file import escaped, write_markdown
from workshop.formats.rows import BacklogRow, columns
from workshop.formats.xlsx_file import write_xlsx
from workshop.rules.roles import IMPORTED


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_field_of_a_row_has_a_column() -> None:
    bare = cells(BARE)
    for field in fields(BacklogRow):
        if field.name != "number":
            full = getattr(FULL, field.name) or ("legal",)
            value = "something" if full == ("legal",) and field.name != "gates" else full
            value = IMPORTED if field.name == "figures" else value
            other: dict[str, Any] = {field.name: value}
            assert cells(replace(BARE, **other)) != bare, field.name


def test_the_headings_are_the_same_for_every_row_and_none_comes_twice() -> None:
    headings = [heading for heading, _ in columns(FULL)]

    assert headings == [heading for heading, _ in columns(BARE)]
    assert len(set(headings)) == len(headings)


def test_a_csv_file_opens_in_excel_with_its_letters_right() -> None:
    data = write_csv([replace(FULL, title="Überblick für alle")])
    [headings, line] = read_csv(data)
    table = dict(zip(headings, line, strict=True))

    assert data.startswith(b"\xef\xbb\xbf")
    assert table["Idea"] == "Überblick für alle"
    assert table["Advice"] == "Bold bet"
    assert table["Votes: citizens"] == "22"
    assert table["Votes: partners"] == ""
    assert table["Reward, likely"] == "73.0"
    assert table["Chance to reach the reward line (%)"] == "96.4"
    assert table["Needs"] == "Eye camera; A lift"


@pytest.mark.parametrize("trap", TRAPS)
def test_no_csv_cell_can_start_a_formula(trap: str) -> None:
    for line in read_csv(write_csv([every_text(trap)]))[1:]:
        for cell in filter(None, line):
            assert cell.isdigit() or cell.startswith("'")


@pytest.mark.parametrize("text", ["", "One letter", "5 - 3", "a=b", "(+)", "'quoted'", "é+"])
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert harmless(text) == text


@given(st.lists(rows, max_size=3))
@settings(max_examples=40)
def test_whatever_people_wrote_every_csv_line_has_all_its_cells(
    given_rows: list[BacklogRow],
) -> None:
    table = read_csv(write_csv(given_rows))

    assert len(table) == len(given_rows) + 1
    assert {len(line) for line in table} == {len(cells(BARE))}


def test_half_a_surrogate_pair_does_not_stop_any_export() -> None:
    broken = replace(FULL, title="half \ud83d", votes={"citizen": 1})

    for export in EXPORTS.values():
        assert export.write([broken], str)


def test_markdown_groups_ideas_by_advice_and_leaves_out_what_says_nothing() -> None:
    text = write_markdown([BARE, FULL]).decode()

    assert text.index("## Bold bet") < text.index("### B2 One yearly check-up")
    assert text.index("## Not scored yet") < text.index("### One letter")
    assert "- **Problem**: I take three mornings off work" in text
    assert "Votes: partners" not in text
    assert "- **Idea**" not in text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("plain words, with 5 - 3 = 2.", "plain words, with 5 - 3 = 2."),
        ("# loud", "\\# loud"),
        ("- a list", "\\- a list"),
        ("1. a list", "1\\. a list"),
        ("12) a list", "12\\) a list"),
        ("a\n\n# b\n- c", "a \\# b - c"),
        ("*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"),
        ("[a](javascript:x)", "\\[a\\](javascript:x)"),
        ("![a](b)", "\\!\\[a\\](b)"),
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("&lt;", "\\&lt;"),
        ("a | b", "a \\| b"),
        ("see https://x.org", "see https\\://x.org"),
        ("see www.x.org", "see www\\.x.org"),
        ("me@x.org", "me\\@x.org"),
        ("back\\slash", "back\\\\slash"),
    ],
)
def test_what_people_wrote_never_becomes_markup(said: str, written: str) -> None:
    assert escaped(said) == written


def test_headings_and_our_own_words_are_translated_and_peoples_words_are_not() -> None:
    def louder(text: str) -> str:
        return text.upper()

    headings, line = read_csv(write_csv([FULL], louder))
    assert headings[:4] == ["NUMBER", "CODE", "ADVICE", "IDEA"]
    assert line[2:4] == ["BOLD BET", "One yearly check-up"]
    assert "- **PROBLEM**: I take" in write_markdown([FULL], louder).decode()
    assert write_json([FULL], louder) == write_json([FULL])


def test_an_empty_backlog_is_still_a_file() -> None:
    assert len(read_csv(write_csv([]))) == 1
    assert read_json(write_json([])) == []
    assert write_markdown([]).decode() == "# Innovation backlog\n"
    assert load_workbook(BytesIO(write_xlsx([]))).worksheets[0].max_row == 1


def test_every_export_says_what_it_is() -> None:
    assert [(name, one.suffix) for name, one in EXPORTS.items()] == [
        ("xlsx", ".xlsx"),
        ("csv", ".csv"),
        ("json", ".json"),
        ("markdown", ".md"),
        ("jira", "-jira.csv"),
        ("github", "-github.csv"),
        ("trello", "-trello.csv"),
    ]
    assert all("/" in one.mime for one in EXPORTS.values())
