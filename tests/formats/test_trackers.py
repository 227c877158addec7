"""Files for Jira, GitHub and Trello, read back as their importers read them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.backlog_rows import BARE, FULL, TRAPS, every_text, rows
from workshop.formats.csv_file import harmless
from workshop.formats.rows import BacklogRow
from workshop.formats.trackers import (
    GITHUB,
    JIRA,
    JOINER,
    TRELLO,
    write_github,
    write_jira,
    write_trello,
)

WRITERS = [(write_jira, JIRA), (write_github, GITHUB), (write_trello, TRELLO)]
Writer = Callable[[Sequence[BacklogRow]], bytes]


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode(), newline="")))


def first(writer: Writer, heads: Sequence[str], row: BacklogRow) -> dict[str, str]:
    found, line = read(writer([row]))
    assert tuple(found) == tuple(heads)
    return dict(zip(found, line, strict=True))


def test_jira_gets_a_task_with_its_day_and_a_label_in_each_column() -> None:
    heads, line = read(write_jira([FULL]))
    assert heads[:4] == ["Summary", "Issue Type", "Description", "Due Date"]
    assert line[:2] == ["B2 One yearly check-up", "Task"]
    assert line[3:] == ["2027-01-16", "longtable", "advice-bold", "stage-pilot", "facet-mission"]
    assert heads[4:] == ["Labels"] * 4
    assert "*Problem*: I take three mornings off work" in line[2]
    assert line[2].startswith("*Longtable*: 14\n")


def test_github_gets_a_title_a_body_and_labels() -> None:
    told = first(write_github, GITHUB, FULL)
    assert told["title"] == "B2 One yearly check-up"
    assert told["labels"] == "longtable,advice-bold,stage-pilot,facet-mission"
    assert "\n\n**Problem**: I take three mornings off work" in told["body"]


def test_trello_gets_a_card_on_the_list_of_its_stage() -> None:
    told = first(write_trello, TRELLO, replace(FULL, review_on="2027-03-01"))
    assert told["Card Name"] == "B2 One yearly check-up"
    assert told["List Name"] == "Pilot running"
    assert told["Due Date"] == "2027-03-01", "after an answer it is the next look that counts"
    assert first(write_trello, TRELLO, BARE)["Due Date"] == ""
    assert first(write_trello, TRELLO, BARE)["List Name"] == "Idea"


def test_terms_of_an_answer_are_in_every_file() -> None:
    row = replace(FULL, reason="Why not", conditions="On Fridays", change_mind="Six weeks")
    for writer, _heads in WRITERS:
        text = writer([row]).decode()
        for words in ("Why not", "On Fridays", "Six weeks"):
            assert words in text


@pytest.mark.parametrize(("writer", "heads"), WRITERS)
@given(given_rows=st.lists(rows, max_size=4))
def test_every_line_has_every_cell_and_no_cell_is_a_formula(
    writer: Writer, heads: Sequence[str], given_rows: list[BacklogRow]
) -> None:
    found, *lines = read(writer(given_rows))
    assert tuple(found) == tuple(heads)
    assert len(lines) == len(given_rows)
    for line in lines:
        assert len(line) == len(heads)
        assert all(harmless(cell) == cell for cell in line)


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize(("writer", "heads"), WRITERS)
def test_no_trap_goes_off(writer: Writer, heads: Sequence[str], trap: str) -> None:
    for line in read(writer([every_text(trap)])):
        assert all(harmless(cell) == cell for cell in line), heads


@pytest.mark.parametrize(
    "said",
    ["@nadia please", "see #12", "GH-12", "mail me@x.org", "https://x.org/a", "![a](b)", "`x`"],
)
def test_nobody_is_called_and_no_ticket_is_named_on_github(said: str) -> None:
    body = first(write_github, GITHUB, replace(BARE, problem=said))["body"]
    # What GitHub looks through once it has read the Markdown: the backslashes are gone by then.
    shown = re.sub(r"\\([^\w\s])", r"\1", body)
    assert not re.search(r"@\w", shown)
    assert not re.search(r"#\d", shown)
    assert not re.search(r"(?i)\bgh-\d", shown)
    assert "https:" not in body
    assert "![" not in body
    assert shown.replace(JOINER, "").count(said) == 1, "and nothing of it is lost"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("{html}x{html}", "\\{html\\}x\\{html\\}"),
        ("[a|http://x.org]", f"\\[a\\|http{JOINER}://x.org\\]"),
        ("!a.png!", "\\!a.png\\!"),
        ("[~nadia]", "\\[\\~nadia\\]"),
        ("h1. loud\n* list", "h1. loud \\* list"),
        ("a check-up -not- ??now??", "a check-up \\-not\\- \\??now\\??"),
        ("@nadia", f"@{JOINER}nadia"),
        ("www.x.org", f"www{JOINER}.x.org"),
    ],
)
def test_what_people_wrote_is_no_markup_in_jira(said: str, written: str) -> None:
    told = first(write_jira, JIRA, replace(BARE, problem=said))["Description"]
    assert f"*Problem*: {written}" in told.split("\n")


def test_a_long_name_fits_into_a_summary() -> None:
    told = first(write_jira, JIRA, replace(BARE, title="word " * 100))
    assert len(told["Summary"]) <= 255
