"""The pages of those who score, and of what ideas are measured by."""

from __future__ import annotations

from collections.abc import Iterator

from tests.journeys.rooms import ASSESSOR, Rooms


def score_visits(told: Rooms) -> Iterator[tuple[str, str, str, int]]:
    """Who, where, what is sent, and the answer: an idea nobody scored and one in its talk."""
    yield "assessor", f"/assess/{ASSESSOR}", "", 200
    yield "assessor", "/assess/items", "", 200
    form = f"/assess/items/{told.items[-1]}"
    for who in ("assessor", "leader"):
        yield who, form, "", 200
        yield who, form, form, 422
        yield who, f"/assess/items/{told.items[0]}/talk", "", 200
    yield "leader", "/assess/items", "", 200
    yield "leader", f"/workshops/{told.rooms['finished'].slug}/assessors", "", 200
    yield "leader", "/yardstick", "", 200
    yield "leader", "/yardstick", "/yardstick", 422
    yield "facilitator", f"/programmes/{told.programme}/yardstick", "", 200
