"""The pages of one backlog item as visits: who comes, where, what is sent, the answer."""

from __future__ import annotations

from collections.abc import Iterator

from tests.journeys.rooms import Rooms

FORMS = ("edit", "answer", "news", "stage", "test", "pilot", "evidence", "talk")


def item_visits(told: Rooms) -> Iterator[tuple[str, str, str, int]]:
    """Every form of an item, empty and sent empty, and an item that is being piloted."""
    item = f"/backlog/{told.items[0]}"
    for ending in FORMS:
        yield "leader", f"{item}/{ending}", "", 200
        yield "leader", f"{item}/{ending}", f"{item}/{ending}", 422
    piloted = f"/backlog/{told.piloted}"
    yield "leader", piloted, "", 200
    result = f"{piloted}/trials/{told.trial}"
    yield "leader", result, "", 200
    yield "leader", result, result, 422
