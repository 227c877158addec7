"""What the tests of faults share."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent

LEFT_OPEN = "ignore::pytest.PytestUnraisableExceptionWarning"
"""A fault cuts its own clients off in the middle of anything. What such a client leaves to the
garbage collector may come to light in any later test here, and says nothing of the product."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let no test of this folder fail for a socket that an earlier fault left open."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings(LEFT_OPEN))
