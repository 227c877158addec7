"""Everything lies where the house says it lies, and nothing else lies there."""

from __future__ import annotations

import ast
import re

from tests.house.tree import files, named, python_in

FOLDERS = {"workshop", "templates", "static", "tests", "seed_data", "docs", "deploy", ".ci"}
PAPERS = {
    ".gitignore", ".npmrc", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md",
    "SECURITY.md", "alembic.ini", "app.py", "babel.cfg", "biome.json", "hatch_build.py",
    "package-lock.json", "package.json", "pyproject.toml", "requirements-dev.lock",
    "requirements.lock",
}  # fmt: skip
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc"}
MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(?:work|root|farm|home|Users)/")
REGISTRIES = re.compile(
    r"registry\.npmjs\.org|files\.pythonhosted\.org|pypi\.(?:org|io)/|--(?:extra-)?index-url"
)
THIRD_PARTY = re.compile(r"\.min\.(?:js|css)$|\.(?:woff2?|ttf|otf|whl|egg)$|node_modules/|vendor/")


def test_the_top_level_holds_only_what_the_house_names() -> None:
    tops = {named(path).split("/")[0] for path in files()}
    assert tops <= FOLDERS | PAPERS, sorted(tops - FOLDERS - PAPERS)


def test_no_module_hides_behind_an_empty_word() -> None:
    parts = {part.split(".")[0] for path in files() for part in named(path).split("/")}
    assert not parts & EMPTY_WORDS


def test_nothing_made_by_others_is_committed() -> None:
    assert [named(path) for path in files() if THIRD_PARTY.search(named(path))] == []


def test_no_file_names_a_place_on_a_machine_or_a_package_registry() -> None:
    found = []
    for path in files():
        if path.suffix in {".png", ".ico", ".mo"}:
            continue
        text = path.read_text(encoding="utf-8")
        hits = [*MACHINE_PATHS.finditer(text), *REGISTRIES.finditer(text)]
        found += [f"{named(path)}: {hit.group()}" for hit in hits]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        named(path)
        for path, tree in python_in("app.py", "hatch_build.py", "workshop/", "tests/")
        if ast.get_docstring(tree) is None
    ]
    assert silent == []
