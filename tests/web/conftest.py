"""What the tests of pages share: every test begins with nobody having guessed anything."""

from __future__ import annotations

import pytest

from workshop.web import door, rubbing_out, signing


@pytest.fixture(autouse=True)
def _nobody_has_guessed() -> None:
    """Forget wrong codes of other tests: clocks stand still here, so they never grow old."""
    for guesses in (door.WRONG_CODES, rubbing_out.WRONG_CODES, signing.WRONG_PASSWORDS):
        guesses._wrong.clear()
