"""Every check of the house as a readable list: `make check`.

One line for each check with its name, its verdict and its seconds; what a check has to say is
shown only where it failed. The exit code is 1 where any did.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.house.test_sizes import lengths
from tests.house.tree import ROOT
from workshop.assets import tools

PYTHON = sys.executable
BESIDE = Path(PYTHON).parent
LONG = 150


class Check(NamedTuple):
    """A name that people read, and the commands that must all succeed."""

    name: str
    commands: Sequence[Sequence[str]]


def biome() -> list[str]:
    """Biome's own command, run by the Node that also builds the front end."""
    return [tools()[0], "node_modules/@biomejs/biome/bin/biome", "check"]


CHECKS = (
    Check("Style of the Python (ruff)", [[f"{BESIDE}/ruff", "check", "-q", "."]]),
    Check("Layout of the Python (ruff format)", [[f"{BESIDE}/ruff", "format", "--check", "."]]),
    Check("Types (mypy, strict)", [[f"{BESIDE}/mypy"]]),
    Check("Floors (import-linter)", [[f"{BESIDE}/lint-imports", "--no-logo"]]),
    Check("Templates (djlint)", [[f"{BESIDE}/djlint", "--lint", "--quiet", "templates"]]),
    Check("Scripts and styles (Biome)", [biome()]),
    Check(
        "Words are in the catalogue",
        [[PYTHON, "-m", "pytest", "-q", "tests/house/test_words.py"]],
    ),
    Check(
        "Migrations match the models",
        [[f"{BESIDE}/alembic", "-q", *words.split()] for words in ("upgrade head", "check")],
    ),
    Check("Rules of the house", [[PYTHON, "-m", "pytest", "-q", "tests/house"]]),
)


def outcome(check: Check, env: Mapping[str, str]) -> str | None:
    """What a failed check has to say, or None where all went well."""
    for command in check.commands:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            return done.stdout.strip() or f"{command[0]} ended with {done.returncode}"
    return None


def long_files() -> list[str]:
    """The files between what is normal and what is allowed: not wrong, worth a thought."""
    return [f"{name} ({lines})" for name, lines in lengths().items() if lines > LONG]


def main() -> int:
    """Run every check, to the end, and tell."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "LONGTABLE_DATABASE_URL": f"sqlite:///{folder}/check.sqlite3"}
        for check in CHECKS:
            started = time.monotonic()
            said = outcome(check, env)
            took = time.monotonic() - started
            failed += said is not None
            print(f"{check.name:<38}{'ok' if said is None else 'FAILED':<8}{took:5.1f} s")
            if said is not None:
                print("    " + said.replace("\n", "\n    "))
    long = long_files()
    print(f"\n{len(long)} files are longer than {LONG} lines: {', '.join(long) or 'none'}.")
    print("Every check passed." if not failed else f"{failed} of {len(CHECKS)} checks failed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
