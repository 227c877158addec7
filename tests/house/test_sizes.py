"""Files and functions stay small enough to hold in the head."""

from __future__ import annotations

import ast

from tests.house.tree import files, named, python_in

LONGEST_FILE = 250
LONGEST_FUNCTION = 40
WRITTEN_BY_HAND = (".py", ".js", ".mjs", ".css", ".html")

#: "file:function" or "file" -> why it may be longer than the house allows.
EXEMPT: dict[str, str] = {}


def lengths() -> dict[str, int]:
    """The lines of every file that people write and read."""
    return {named(path): len(path.read_text().splitlines()) for path in files(*WRITTEN_BY_HAND)}


def test_no_file_is_longer_than_the_house_allows() -> None:
    long = {name: lines for name, lines in lengths().items() if lines > LONGEST_FILE}
    assert long.keys() <= EXEMPT.keys(), long


def test_no_function_is_longer_than_the_house_allows() -> None:
    long = {}
    for path, tree in python_in("app.py", "hatch_build.py", "workshop/", "tests/"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{named(path)}:{node.name}"] = lines
    assert long.keys() <= EXEMPT.keys(), long


def test_every_exemption_still_stands_for_something() -> None:
    present = lengths()
    assert all(name.split(":")[0] in present and why for name, why in EXEMPT.items()), EXEMPT
