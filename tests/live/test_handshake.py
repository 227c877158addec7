"""Who may open a live connection: our own pages, with a token made for this very browser."""

from __future__ import annotations

from collections.abc import Iterator

import aiohttp
import pytest

from tests.live.line import carry
from tests.live.line import token as made_for
from tests.live.room import Room, Visit, serving, visit
from workshop.rehearsal.browser import Browser, Lost
from workshop.rehearsal.wire import PATH


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with serving(tmp_path_factory.mktemp("handshake"), people=3, step="problems") as served:
        yield served


async def _shaken(here: Visit, browser: Browser, **headers: str) -> int:
    """The status of a WebSocket handshake."""
    address = here.room.site.replace("http", "ws", 1) + PATH
    try:
        socket = await browser.session.ws_connect(address, headers=headers)
    except aiohttp.WSServerHandshakeError as refused:
        return refused.status
    await socket.close()
    return 101


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 101),
        ("https://evil.example", 400),
        ("http://127.0.0.1.evil.example", 400),
        ("http://127.0.0.1:1", 400),
        ("null", 400),
    ],
)
def test_only_pages_of_ours_may_open_a_connection(
    room: Room, origin: str | None, status: int
) -> None:
    async def come(here: Visit) -> None:
        given = room.site if origin is None else origin
        assert await _shaken(here, here.browser(room.cookie(0)), Origin=given) == status

    visit(room, come)


def test_a_handshake_needs_a_token_made_for_this_browser_room_and_role(room: Room) -> None:
    async def come(here: Visit) -> None:
        browser, token, _ = await here.page(0)
        other, foreign, _ = await here.page(1)
        slug, app = room.told.room().slug, room.product.app
        cookie = room.cookie(0) | {"sid": "one"}
        mine = here.browser(cookie)
        kept = carry(app, cookie)
        tokens = [
            (browser, foreign),
            (other, token),
            (here.browser(), token),
            (browser, token[:-2]),
            (browser, token + "x"),
            (browser, ""),
            (mine, made_for(room.product, kept, slug, "control")),
            (mine, made_for(room.product, kept, slug, "screen")),
            (mine, made_for(room.product, kept, slug, "kitchen")),
            (mine, made_for(room.product, kept, "no-such-room", "phone")),
        ]
        for bearer, given in tokens:
            with pytest.raises(Lost):
                await here.open(bearer, given)
        for bearer, given in (
            (browser, token),
            (mine, made_for(room.product, kept, slug, "phone")),
        ):
            line = await here.open(bearer, given)
            assert (await line.ask("mine", {}))["ok"]

    visit(room, come)


@pytest.mark.parametrize("auth", ["", "{}", "[]", '"token"', '{"token":null}', '{"token":["x"]}'])
def test_a_handshake_of_another_shape_is_turned_away(room: Room, auth: str) -> None:
    async def come(here: Visit) -> None:
        browser, _, _ = await here.page(0)
        socket = await browser.session.ws_connect(room.site.replace("http", "ws", 1) + PATH)
        assert (await socket.receive(timeout=10)).data.startswith("0")
        await socket.send_str(f"40{auth}")
        assert (await socket.receive(timeout=10)).data.startswith("44")
        await socket.close()

    visit(room, come)


def test_there_is_no_polling(room: Room) -> None:
    async def come(here: Visit) -> None:
        browser = here.browser(room.cookie(0))
        for method in ("GET", "POST"):
            address = f"{room.site}/socket.io/?EIO=4&transport=polling"
            async with browser.session.request(method, address, data=None) as answer:
                assert answer.status == 400

    visit(room, come)
