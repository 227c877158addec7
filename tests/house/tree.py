"""The project as the house rules see it: its files, its Python trees, its words."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files(*ends: str) -> tuple[Path, ...]:
    """Every file that is in git or would be added to it, with one of these endings or any."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return tuple(path for path in paths if path.name.endswith(ends or ("",)) and path.is_file())


def named(path: Path) -> str:
    """The path as people write it: from the project's folder, with slashes."""
    return path.relative_to(ROOT).as_posix()


def python_in(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file below these folders of the project, parsed."""
    for path in files(".py"):
        if named(path).startswith(folders):
            yield path, parsed(path)


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def called(node: ast.AST) -> str:
    """The last name of what a call calls: `emit` for `socketio.emit(...)`; else nothing."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def text_of(node: ast.AST | None) -> str | None:
    """The text of a plain string in the code, or None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def imported(tree: ast.Module) -> set[str]:
    """The full dotted names that a file imports, wherever in the file it does."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names
