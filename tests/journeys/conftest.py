"""Journeys need a real browser: without one they skip with a reason, but never in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.served import AXE, CHROMIUM, FLAGS

PATIENCE = 15_000
"""Milliseconds that a page may take to show something; a busy machine is no fault of the page."""
expect.set_options(timeout=PATIENCE)

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium.

    One for each file, not for the whole run: while the driver lives it keeps an event loop going in
    this thread, and tests that come after the journeys want one of their own.
    """
    if not CHROMIUM or not AXE.exists():
        if os.environ.get("LONGTABLE_REQUIRE_SERVICES"):
            pytest.fail("LONGTABLE_REQUIRE_SERVICES is set, but there is no Chromium")
        pytest.skip("no Chromium here: journeys need one")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()
