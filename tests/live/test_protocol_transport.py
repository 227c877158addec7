"""What a line is made of, on every engine: WebSocket alone, small plain frames, a pulse of ten."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing

import aiohttp
import pytest

from tests.served import Served, served
from workshop.cli import servers
from workshop.rehearsal.wire import PATH

CROWD = 300


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    with served(
        tmp_path_factory.mktemp(f"transport-{request.param}"), engine=request.param
    ) as here:
        yield here


async def _opened(
    session: aiohttp.ClientSession, server: Served
) -> aiohttp.ClientWebSocketResponse:
    address = server.url.replace("http", "ws", 1) + PATH
    return await session.ws_connect(address, headers={"Origin": server.url}, compress=15)


def test_a_line_says_its_pulse_and_its_size_and_compresses_nothing(server: Served) -> None:
    async def come() -> None:
        async with aiohttp.ClientSession() as session:
            line = await _opened(session, server)
            hello = json.loads((await line.receive(timeout=10)).data[1:])
            assert (hello["pingInterval"], hello["pingTimeout"]) == (10_000, 10_000)
            assert hello["maxPayload"] == 16 * 1024
            assert hello["upgrades"] == []
            # Every browser offers to; zlib would hold a hundred kilobytes for each of them.
            assert line.compress == 0
            await line.close()

    asyncio.run(come())


def test_a_frame_over_sixteen_kilobytes_ends_the_line(server: Served) -> None:
    async def come() -> None:
        async with aiohttp.ClientSession() as session:
            line = await _opened(session, server)
            await line.receive(timeout=10)
            await line.send_str("4" * (16 * 1024 + 1))
            ended = {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
            async with asyncio.timeout(10):
                while (await line.receive()).type not in ended:
                    pass

    asyncio.run(come())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_there_is_no_polling_on_any_engine(server: Served, method: str) -> None:
    async def come() -> None:
        address = f"{server.url}/socket.io/?EIO=4&transport=polling"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, address) as answer,
        ):
            assert answer.status == 400

    asyncio.run(come())


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_no_page_of_others_opens_a_line_on_any_engine(server: Served, origin: str) -> None:
    async def come() -> None:
        address = server.url.replace("http", "ws", 1) + PATH
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(address, headers={"Origin": origin})
            assert refused.value.status == 400

    asyncio.run(come())


def test_a_crowd_may_wait_at_the_door_and_small_packets_do_not(tmp_path: object) -> None:
    """Three hundred knock at once and nobody answers yet; who is let in inherits no delay."""
    with socket.create_server(("127.0.0.1", 0), backlog=1) as door, ExitStack() as crowd:
        servers._widen(door)
        for _ in range(CROWD):
            crowd.enter_context(socket.create_connection(door.getsockname(), timeout=2))
        let_in, _ = door.accept()
        with closing(let_in):
            assert let_in.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    assert servers.QUEUE >= 1_000
