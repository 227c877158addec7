"""Every setting and every field of the log is known, and docs/settings.md tells them all."""

from __future__ import annotations

import ast

from tests.house.tree import ROOT, called, named, python_in, text_of
from workshop.logs import FIELDS
from workshop.settings.__main__ import table
from workshop.settings.table import PREFIX, ROWS


def test_the_page_about_settings_is_the_table_in_the_code() -> None:
    assert table() in (ROOT / "docs/settings.md").read_text(), (
        "print it anew with: python -m workshop.settings"
    )


def test_every_setting_is_explained_in_sentences() -> None:
    short = [name for name, row in ROWS.items() if not row.metadata["says"].endswith(".")]
    assert short == []


def test_no_code_reads_a_variable_that_is_not_a_setting() -> None:
    named_in_code = {
        text
        for _, tree in python_in("app.py", "workshop/")
        for node in ast.walk(tree)
        if (text := text_of(node))
        and text.startswith(PREFIX)
        and text.isupper()
        and " " not in text
    }
    for_tests = {PREFIX, f"{PREFIX}TEST_", f"{PREFIX}REQUIRE_SERVICES"}
    assert named_in_code - ROWS.keys() - for_tests == set()


def test_every_event_in_the_log_uses_only_fields_from_the_closed_list() -> None:
    unknown = []
    for path, tree in python_in("app.py", "workshop/"):
        if "workshop.logs" not in {
            node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
        }:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "event":
                given = {word.arg or "**" for word in node.keywords} - {"level"}
                unknown += [f"{named(path)}:{node.lineno} {name}" for name in given - FIELDS.keys()]
                assert node.args, f"{named(path)}:{node.lineno} names no event"
                assert text_of(node.args[0]), f"{named(path)}:{node.lineno}: the name is not fixed"
    assert unknown == []
