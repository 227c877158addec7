"""What is too much to take is turned away with a sentence, on every kind of page."""

from __future__ import annotations

import pytest

from tests.web.desk import Desk, desk
from workshop.factory import MOST_UPLOADED

__all__ = ["desk"]


@pytest.mark.parametrize(
    "address", ["/workshops/{slug}/seats/remove", "/w/{slug}/problems", "/join"]
)
def test_a_form_that_is_far_too_large_is_told_so(desk: Desk, address: str) -> None:
    told = desk.story(people=1)
    host = desk.visitor(told.facilitator)
    # As browsers are met, where a form is checked for forgery before anything else.
    host.application.config["WTF_CSRF_ENABLED"] = True
    sent = {"text": "x" * (MOST_UPLOADED + 1)}
    answer = host.post(address.format(slug=told.room().slug), data=sent)
    assert answer.status_code == 413
    assert "make it shorter" in answer.text
