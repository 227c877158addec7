"""What import-linter cannot see: which libraries the rules use, and what an act may not do."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.house.tree import called, imported, named, parsed, python_in

#: Of the standard library, what would let a clock, chance or the world into the rules.
IMPURE = {
    "asyncio", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets",
    "shutil", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib", "uuid",
}  # fmt: skip
CLOCKS = {"now", "utcnow", "today", "urandom"}
#: Nothing waits, renders or speaks inside a transaction; an act runs inside one from end to end.
OUTSIDE_A_TRANSACTION = {"emit", "render_template", "send", "sleep", "urlopen"}
NOT_FOR_ACTS = {"flask", "flask_babel", "jinja2", "random", "socket", "subprocess", "time"}


def roots(tree: ast.Module) -> set[str]:
    return {name.split(".")[0] for name in imported(tree)}


def calls(tree: ast.AST, names: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if called(node) in names:
            yield f"line {getattr(node, 'lineno', 0)}: {called(node)}()"


def test_the_rules_use_only_the_standard_library_and_numpy() -> None:
    allowed = {*sys.stdlib_module_names, "numpy", "workshop"} - IMPURE
    used = {named(path): roots(tree) - allowed for path, tree in python_in("workshop/rules/")}
    assert {name: extra for name, extra in used.items() if extra} == {}


def test_the_rules_ask_no_clock() -> None:
    found = {named(path): [*calls(tree, CLOCKS)] for path, tree in python_in("workshop/rules/")}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_acts_know_no_page_no_clock_and_no_chance() -> None:
    used = {named(path): roots(tree) & NOT_FOR_ACTS for path, tree in python_in("workshop/acts/")}
    assert {name: extra for name, extra in used.items() if extra} == {}


def test_nothing_waits_renders_or_speaks_inside_a_transaction() -> None:
    found = {}
    for path, tree in python_in("workshop/acts/"):
        found[named(path)] = [*calls(tree, OUTSIDE_A_TRANSACTION)]
    for path, tree in python_in("workshop/"):
        for node in ast.walk(tree):
            if isinstance(node, ast.With) and any(
                called(item.context_expr) == "write" for item in node.items
            ):
                found.setdefault(named(path), []).extend(calls(node, OUTSIDE_A_TRANSACTION))
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_act_hands_over_in_the_middle() -> None:
    waiting = ast.Yield | ast.YieldFrom | ast.Await
    found = [
        f"{named(path)}:{node.lineno}"
        for path, tree in python_in("workshop/acts/")
        for node in ast.walk(tree)
        if isinstance(node, waiting)
    ]
    assert found == []


@pytest.mark.parametrize("engine", ["eventlet", "gevent", "greenlet"])
def test_only_the_start_file_names_an_engine(engine: str) -> None:
    naming = [
        named(path)
        for path, tree in python_in("app.py", "workshop/", "hatch_build.py")
        if engine in roots(tree)
    ]
    assert set(naming) <= {"app.py"}


def test_the_start_file_imports_nothing_of_ours_before_the_engine_has_patched() -> None:
    path = next(path for path, _ in python_in("app.py"))
    at_the_top = ast.Module(
        [node for node in parsed(path).body if isinstance(node, ast.Import | ast.ImportFrom)], []
    )
    harmless = {"__future__", "collections", "os", "sys", "typing", "warnings"}
    assert roots(at_the_top) <= harmless
