"""The backlog as JSON: what goes out comes in again, and anything else is told why not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.backlog_rows import BARE, FULL, rows
from workshop.formats.files import BadFile
from workshop.formats.json_file import read_json, write_json
from workshop.formats.rows import BacklogRow


@given(st.lists(rows, max_size=4))
@settings(max_examples=60)
def test_export_then_import_is_the_identity(given_rows: list[BacklogRow]) -> None:
    assert read_json(write_json(given_rows)) == given_rows


def test_json_names_its_format_and_its_version() -> None:
    whole = json.loads(write_json([FULL]))

    assert (whole["format"], whole["version"]) == ("longtable-backlog", 1)
    assert whole["items"][0]["reward"] == {"p10": 64, "p50": 73.04, "p90": 80}


def test_a_field_of_a_later_version_is_left_out_and_a_missing_one_says_nothing() -> None:
    whole = {
        "format": "longtable-backlog",
        "version": 1,
        "items": [{"number": 1, "title": "One letter", "colour": "red"}],
    }

    assert read_json(json.dumps(whole).encode()) == [BARE]


def spoiled(**item: object) -> bytes:
    whole = json.loads(write_json([FULL]))
    whole["items"][0] |= item
    return json.dumps(whole).encode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "1"),
        ("number", True),
        ("title", None),
        ("votes", {"citizen": -1}),
        ("votes", [1]),
        ("supporters", 1.5),
        ("reward", [1, 2, 3]),
        ("reward", {"p10": 3, "p50": 2, "p90": 1}),
        ("reward", {"p10": 3, "p50": 4, "p90": 101}),
        ("risk", {"p10": 3, "p50": 4}),
        ("risk", {"p10": None, "p50": 4, "p90": 5}),
        ("p_reward", 1.1),
        ("evpi", float("nan")),
        ("effort", float("inf")),
        ("evidence", 6),
        ("advice", "hope"),
        ("stage", "dreamt"),
        ("gates", ["hope"]),
        ("gates", "legal"),
        ("needs", [1]),
    ],
)
def test_a_field_that_cannot_be_read_is_named(field: str, value: object) -> None:
    with pytest.raises(BadFile) as bad:
        read_json(spoiled(**{field: value}))
    assert bad.value.remark.words() == f"Item 1: we can’t read “{field}”."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"{\n,", "Line 2: This isn’t JSON we can read."),
        (b"\xff\xfe", "This isn’t JSON we can read."),
        (b"[" * 100_000, "This isn’t JSON we can read."),
        (b"[]", "This isn’t a backlog saved by Longtable."),
        (b'{"format": "other"}', "This isn’t a backlog saved by Longtable."),
        (
            b'{"format": "longtable-backlog", "version": 2}',
            "This backlog was saved by another version. We read version 1.",
        ),
        (
            b'{"format": "longtable-backlog", "version": 1}',
            "This file has no list called “items”.",
        ),
        (
            b'{"format": "longtable-backlog", "version": 1, "items": [1]}',
            "Item 1 isn’t an object.",
        ),
        (
            b'{"format": "longtable-backlog", "version": 1, "items": [{"number": 1}]}',
            "Item 1 needs a number and a title.",
        ),
    ],
)
def test_a_file_that_is_no_backlog_says_so(data: bytes, sentence: str) -> None:
    with pytest.raises(BadFile) as bad:
        read_json(data)
    assert bad.value.remark.words() == sentence
