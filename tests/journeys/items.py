"""The pages of one backlog item as visits: who comes, where, what is sent, the answer."""

from __future__ import annotations

from collections.abc import Iterator

from tests.journeys.piloted import GUEST
from tests.journeys.rooms import Rooms
from tests.served import SECRET_KEY
from workshop.rules.hearing import stop_token

FORMS = ("edit", "answer", "news", "stage", "test", "pilot", "evidence", "talk")


def item_visits(told: Rooms) -> Iterator[tuple[str, str, str, int]]:
    """Every form of an item, empty and sent empty, and an item that is being piloted."""
    for path in ("/backlog?q=nobody", "/backlog/views", "/backlog/views?stage=candidate"):
        yield "leader", path, "", 200
    yield "leader", "/backlog/views?q=x", "/backlog/views?q=x", 422
    yield "leader", "/backlog", "/backlog/several", 422
    item = f"/backlog/{told.items[0]}"
    for ending in FORMS:
        yield "leader", f"{item}/{ending}", "", 200
        yield "leader", f"{item}/{ending}", f"{item}/{ending}", 422
    piloted = f"/backlog/{told.piloted}"
    yield "leader", piloted, "", 200
    for path in ("/offers", f"{piloted}/needs"):
        yield "leader", path, "", 200
    yield "leader", f"{piloted}/needs", f"{piloted}/needs", 422
    slug = told.rooms["over"].slug
    yield "participant", f"/w/{slug}/mine", f"/w/{slug}/mine/email", 422
    letters = f"/letters/{stop_token(SECRET_KEY, 1, 'gone')}"
    yield "anybody", letters, "", 200
    yield "anybody", letters, letters, 200
    for who, path in (
        ("participant", f"/w/{slug}/offers"),
        ("anybody", f"/changes/{slug}/offer"),
        ("facilitator", f"/workshops/{told.rooms['finished'].slug}/guests"),
    ):
        yield who, path, "", 200
        yield who, path, path, 422
    for path in ("/just-do-it", f"/just-do-it/{told.programme}"):
        yield "leader", path, "", 200
    lines = f"/just-do-it/{told.programme}"
    yield "leader", lines, lines, 422
    yield "participant", f"/w/{slug}/just-do-it", "", 200
    yield from _by_link(told)
    result = f"{piloted}/trials/{told.trial}"
    yield "leader", result, "", 200
    yield "leader", result, result, 422


def _by_link(told: Rooms) -> Iterator[tuple[str, str, str, int]]:
    """What a team, a partner, and a partner who leads an item find behind their own links."""
    yield "team", "/guest/just-do-it", "", 200
    yield "team", "/guest/just-do-it", "/guest/just-do-it", 422
    yield "guest", f"/guest/{GUEST}", "", 200
    yield "guest", "/guest", "/guest/offers", 422
    led = f"/guest/lead/{told.led}"
    yield "leading partner", led, "", 200
    for ending in ("pilot", "begin", "result", "news"):
        yield "leading partner", led, f"{led}/{ending}", 422
