"""The table of faults is whole: every row does harm, and every harm has a row and a test."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.faults.table import FAULTS

HERE = Path(__file__).parent


def _harmful() -> set[str]:
    """The modules in this folder that have a function named `run`."""
    return {
        path.stem
        for path in HERE.glob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name == "run"
    }


def test_every_row_is_a_module_that_does_harm_and_the_other_way_round() -> None:
    assert FAULTS.keys() == _harmful()


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_has_a_short_form_among_the_tests(name: str) -> None:
    assert (HERE / f"test_{name}.py").exists()
    assert 0 < FAULTS[name].short <= FAULTS[name].whole
