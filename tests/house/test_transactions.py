"""What runs inside a write transaction neither waits, nor renders, nor speaks: read in the source.

`tests/storage/test_nothing_yields.py` watches the same while it runs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import called, imported, named, python_in

INSIDE = ("workshop/acts/", "workshop/rules/", "workshop/storage/models/")
"""Whole folders whose code runs inside a transaction."""

MAY_BE_USED_INSIDE = {
    "__future__", "abc", "base64", "collections", "contextlib", "dataclasses", "datetime", "enum",
    "fractions", "functools", "hashlib", "hmac", "ipaddress", "itertools", "json", "math", "numpy",
    "operator", "re", "secrets", "sqlalchemy", "statistics", "string", "types", "typing",
    "unicodedata", "zlib",
}  # fmt: skip
"""Libraries that only think. Whoever adds one has looked: it neither waits nor speaks."""

FLOORS_INSIDE = {"acts", "rules", "storage", "metrics"}
"""Ours. Metrics only count, in memory."""

WAITS_OR_SPEAKS = {
    "acquire", "changed", "connect", "emit", "get_nowait", "input", "join_thread", "listen",
    "open", "print", "put_nowait", "recv", "render_template", "request", "result", "seat_gone",
    "send", "sendall", "sleep", "start_background_task", "submit", "system", "tell", "urlopen",
    "wait", "write_text",
}  # fmt: skip

WRITERS = {
    "workshop/acts/stage.py": "performs every act",
    "workshop/seeding/telling.py": "tells a whole story in one transaction, before anybody is here",
    "workshop/storage/health.py": "asks whether the door lets anything through at all",
}
"""Who may call the write door itself, and why; everybody else performs an act."""


def _handed(tree: ast.AST, verb: str, owner: str) -> Iterator[ast.expr]:
    """The first thing given to `verb` of whatever is called `owner`, as in `store.write(act)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) == verb and node.args:
            assert isinstance(node, ast.Call)
            if isinstance(node.func, ast.Attribute) and _last(node.func.value) == owner:
                yield node.args[0]


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_what_runs_inside_a_transaction_uses_only_what_thinks() -> None:
    found = {}
    for path, tree in python_in(*INSIDE):
        names = {name for name in imported(tree) if not name.startswith("workshop.")}
        ours = {name.split(".")[1] for name in imported(tree) if name.startswith("workshop.")}
        extra = {name.split(".")[0] for name in names} - MAY_BE_USED_INSIDE - {"workshop"}
        found[named(path)] = sorted(extra | ours - FLOORS_INSIDE)
    assert {name: extra for name, extra in found.items() if extra} == {}


def test_the_write_door_is_used_by_a_closed_list() -> None:
    using = {
        named(path)
        for path, tree in python_in("app.py", "workshop/")
        if any(_handed(tree, "write", "store"))
    }
    assert using == WRITERS.keys()


def test_nothing_that_is_handed_to_the_write_door_waits_or_speaks() -> None:
    looked, found = 0, []
    for path, tree in python_in(*WRITERS):
        within = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        for work in _handed(tree, "write", "store"):
            body = within.get(_last(work), work)
            looked += 1
            found += [
                f"{named(path)}:{node.lineno}: {called(node)}()"
                for node in ast.walk(body)
                if isinstance(node, ast.Call) and called(node) in WAITS_OR_SPEAKS
            ]
    assert looked == len(WRITERS)
    assert found == []


def test_nothing_but_a_named_act_is_performed() -> None:
    """A function made on the spot, by a page or a command, would be looked at by nobody here."""
    found = []
    for path, tree in python_in("app.py", "workshop/"):
        if named(path).startswith("workshop/acts/"):
            continue
        local = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        found += [
            f"{named(path)}:{act.lineno}"
            for act in _handed(tree, "perform", "stage")
            if isinstance(act, ast.Lambda) or (isinstance(act, ast.Name) and act.id in local)
        ]
    assert found == []


def test_no_act_waits_or_speaks() -> None:
    found = [
        f"{named(path)}:{node.lineno}: {called(node)}()"
        for path, tree in python_in("workshop/acts/")
        if named(path) != "workshop/acts/stage.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in WAITS_OR_SPEAKS
    ]
    assert found == []
