"""The refusals that somebody can meet on a page, found by following the names in its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.tree import ROOT, called, parsed, text_of

Place = tuple[str, str]
"""A module and the name of a function, a class or a value in it."""


def refusals_of(*modules: str) -> frozenset[str]:
    """The codes of every refusal that these modules give, and whatever of ours they use."""
    waiting = [(module, name) for module in modules for name in _defined(module)]
    seen: set[Place] = set()
    codes: set[str] = set()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        node = _defined(place[0]).get(place[1])
        if node is not None:
            codes |= set(_codes(node))
            waiting += _used(place[0], node)
    return frozenset(codes)


def _codes(node: ast.AST) -> Iterator[str]:
    """What stands in `Refused("code")` and in `REFUSALS["code"]`."""
    for one in ast.walk(node):
        code = None
        if isinstance(one, ast.Call) and called(one) == "Refused" and one.args:
            code = text_of(one.args[0])
        elif isinstance(one, ast.Subscript) and ast.unparse(one.value) == "REFUSALS":
            code = text_of(one.slice)
        if code:
            yield code


def _used(module: str, node: ast.AST) -> Iterator[Place]:
    """What a piece of code names, in its own module or in another one of ours."""
    imports = _imports(module)
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            yield imports.get(one.id, (module, one.id))
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            held = ".".join(imports.get(one.value.id, ("", "")))
            if _file(held):
                yield held, one.attr


@cache
def _defined(module: str) -> dict[str, ast.stmt]:
    """The functions, the classes and the values of a module by name."""
    path = _file(module)
    found: dict[str, ast.stmt] = {}
    for node in parsed(path).body if path else ():
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id: node for one in targets if isinstance(one, ast.Name)}
    return found


@cache
def _imports(module: str) -> dict[str, Place]:
    """What a module calls the things of ours that it imports."""
    path = _file(module)
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in (ast.walk(parsed(path)) if path else ())
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("workshop")
        for alias in node.names
        if node.module
    }


def _file(module: str) -> Path | None:
    path = ROOT / f"{module.replace('.', '/')}.py"
    return path if module.startswith("workshop.") and path.exists() else None
