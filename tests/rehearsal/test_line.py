"""What thousands of screens are sent is read once, and still heard by each of them in full."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from workshop.rehearsal import ears, line
from workshop.rehearsal.frames import HEADERS_END, News
from workshop.rehearsal.line import Line
from workshop.rehearsal.visit import Street, Visit

UPGRADED = b"HTTP/1.1 101 Switching Protocols" + HEADERS_END
Check = Callable[[list[Line], list[int]], Awaitable[None]]
"""What to look at: the lines, and how many messages came and lines were lost."""

Server = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def served(text: str) -> bytes:
    """A short frame as a server sends it."""
    return bytes([0x81, len(text)]) + text.encode()


def news(start: int, end: int) -> bytes:
    return served(f'42["room",{{"from":{start},"to":{end},"cards":[],"page":false}}]')


class Screen:
    """A live line, and everything it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []
        self.lost = 0
        self.line = Line("t", self._hear, self._lose)
        self.line.data_received(UPGRADED)

    def _hear(self, one: News) -> None:
        self.told.append(one[:2])

    def _lose(self) -> None:
        self.lost += 1


def test_every_screen_hears_what_was_read_for_the_first_of_them() -> None:
    async def listen() -> None:
        screens = [Screen(), Screen(), Screen()]
        for data in (news(1, 2), news(2, 3) + news(3, 4)):
            for screen in screens:
                screen.line.data_received(data)
        for screen in screens:
            assert screen.told == [(1, 2), (2, 3), (3, 4)]
            assert screen.line.messages == 3
            assert screen.line.size == len(news(1, 2)) * 3 - 6

    asyncio.run(listen())


def test_an_answer_that_comes_in_one_piece_with_news_reaches_each_line_that_asked() -> None:
    async def listen() -> None:
        screens = [Screen(), Screen()]
        data = news(1, 2) + served('430[{"ok":true}]')
        for screen in screens:
            answer: asyncio.Future[dict[str, object]] = asyncio.get_running_loop().create_future()
            screen.line._asked[0] = answer
            screen.line.data_received(data)
            assert (answer.result(), screen.told) == ({"ok": True}, [(1, 2)])

    asyncio.run(listen())


def test_bytes_that_are_known_are_not_taken_for_the_end_of_a_message_cut_in_two() -> None:
    async def listen() -> None:
        whole, screen = news(1, 2), Screen()
        Screen().line.data_received(whole)
        # A frame that says nothing and happens to hold another, cut just before that.
        screen.line.data_received(bytes([0x81, len(whole) + 1]) + b"9")
        screen.line.data_received(whole)
        assert screen.told == []
        screen.line.data_received(whole)
        assert screen.told == [(1, 2)]

    asyncio.run(listen())


def test_what_is_remembered_stays_small() -> None:
    async def listen() -> None:
        screen = Screen()
        for seq in range(3 * line._MOST_KNOWN):
            screen.line.data_received(news(seq, seq + 1))
        assert len(screen.told) == 3 * line._MOST_KNOWN
        assert len(line._known) <= line._MOST_KNOWN

    asyncio.run(listen())


async def _hall(size: int, talk: Server, check: Check) -> None:
    """Open so many lines to a server that does the handshake and then what `talk` says."""
    inside: list[asyncio.Task[None] | None] = []

    async def door(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inside.append(asyncio.current_task())
        await reader.readuntil(HEADERS_END)
        writer.write(UPGRADED + served('40{"sid":"y"}'))
        await talk(reader, writer)
        with suppress(ConnectionError):
            await reader.read()
        writer.close()

    server = await asyncio.start_server(door, "127.0.0.1", 0, backlog=1024)
    visit = Visit(Street(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"))
    heard, lines = [0, 0], []

    def hear(_: News) -> None:
        heard[0] += 1

    def lose() -> None:
        heard[1] += 1

    try:
        for _ in range(size):
            lines.append(await Line.open(visit, "t", hear, lose))  # noqa: PERF401 - all are closed
        await check(lines, heard)
    finally:
        for one in lines:
            one.close()
        await asyncio.gather(*filter(None, inside))
        server.close()


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - what it waits for has no event of its own
            await asyncio.sleep(0.005)


def test_a_hall_larger_than_one_batch_is_heard_whole_and_its_end_is_noticed() -> None:
    size, go = ears.BATCH + 20, asyncio.Event()

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await go.wait()
        writer.write(news(1, 2))
        await writer.drain()
        writer.close()

    async def check(_: list[Line], heard: list[int]) -> None:
        go.set()
        await _until(lambda: heard == [size, size])
        assert not ears._ears

    asyncio.run(_hall(size, talk, check))


def test_a_line_that_is_closed_is_forgotten_and_the_others_are_still_heard() -> None:
    go = asyncio.Event()

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await go.wait()
        writer.write(news(1, 2))

    async def check(lines: list[Line], heard: list[int]) -> None:
        lines[0].close()
        await _until(lambda: heard[1] == 1)
        go.set()
        await _until(lambda: heard[0] == 2)

    asyncio.run(_hall(3, talk, check))
