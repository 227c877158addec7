"""A simulated screen does what the page's own script does when the network is not kind."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from workshop.rehearsal import listener
from workshop.rehearsal.browser import Lost
from workshop.rehearsal.figures import Taps
from workshop.rehearsal.person import Person
from workshop.rehearsal.phone import TurnedDown
from workshop.rehearsal.visit import Street, Visit, street_of
from workshop.rules.voting import RoundRule

PAGE = '<body class="phone" data-room="r" data-token="t" data-seq="4"><main></main>'
DOTS = RoundRule("dots", budget=5, cap=3)
Talk = Callable[["Host", web.WebSocketResponse, str, object], Awaitable[str | None]]


class Host:
    """A room that notes what it was asked, and answers as `talk` says."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.asked: list[tuple[str, object]] = []
        self.pages = 0
        self.lines = 0
        self.turns_away = 0

    async def page(self, _request: web.Request) -> web.Response:
        self.pages += 1
        return web.Response(text=PAGE.replace("4", str(4 + 5 * (self.pages - 1))))

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        self.lines += 1
        await line.send_str('0{"sid":"x"}')
        assert await line.receive_str() == '40{"token": "t"}'
        if self.turns_away:
            self.turns_away -= 1
            await line.send_str('44{"message":"Connection rejected by server"}')
            return line
        await line.send_str('40{"sid":"y"}')
        async for message in line:
            if message.type is aiohttp.WSMsgType.TEXT and message.data.startswith("42"):
                await self._answer(line, message.data)
        return line

    async def _answer(self, line: web.WebSocketResponse, text: str) -> None:
        start = text.index("[")
        event, data = json.loads(text[start:])
        self.asked.append((event, data))
        answer = await self.talk(self, line, event, data)
        if answer is not None:
            await line.send_str(f"43{text[2:start]}[{answer}]")


@asynccontextmanager
async def person_in(talk: Talk) -> AsyncIterator[tuple[Host, Person]]:
    """A person with an open page in a room that says what `talk` says."""
    host, app = Host(talk), web.Application()
    app.router.add_get("/w/r", host.page)
    app.router.add_get("/socket.io/", host.socket)
    async with TestServer(app) as server:
        person = Person(Visit(Street(str(server.make_url("/")).rstrip("/"))), "test")
        person.path = "/w/r"
        await person.open()
        try:
            yield host, person
        finally:
            await person.close()


def caught_up(seq: int) -> str:
    return json.dumps({"ok": True, "message": {"to": seq, "page": False, "jitter": 0}})


def news(start: int, end: int, page: str = "false") -> str:
    return f'42["room",{{"from":{start},"to":{end},"cards":[],"page":{page},"jitter":0}}]'


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - what it waits for has no event of its own
            await asyncio.sleep(0)


def test_a_gap_is_asked_for_and_not_guessed() -> None:
    async def talk(host: Host, line: web.WebSocketResponse, event: str, data: object) -> str:
        if len(host.asked) == 1:
            await line.send_str(news(4, 5))
            await line.send_str(news(6, 7))
            return caught_up(4)
        return caught_up(7)

    async def follow() -> None:
        async with person_in(talk) as (host, person):
            await until(lambda: person.seq == 7)
            assert [data for _, data in host.asked] == [{"seq": 4}, {"seq": 5}]
            assert list(person.heard.seqs) == [4, 5, 7]

    asyncio.run(follow())


def test_a_message_that_asks_for_the_page_has_it_fetched_and_followed_from_there() -> None:
    async def talk(host: Host, line: web.WebSocketResponse, event: str, data: object) -> str:
        if len(host.asked) == 1:
            await line.send_str(news(4, 5, page="true"))
        return caught_up(4)

    async def follow() -> None:
        async with person_in(talk) as (host, person):
            await until(lambda: len(host.asked) == 2)
            assert (host.pages, person.fetched, host.asked[1][1]) == (2, 1, {"seq": 9})

    asyncio.run(follow())


def test_a_vote_whose_line_breaks_is_sent_again_as_the_very_same_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listener, "BREATH", 0.0)

    async def talk(host: Host, line: web.WebSocketResponse, event: str, data: object) -> str | None:
        if event == "catch_up":
            return caught_up(4)
        if host.lines == 1:
            await line.close()
            return None
        return '{"ok":true,"seq":5,"answer":{}}'

    async def vote() -> None:
        async with person_in(talk) as (host, person):
            taps = Taps()
            await person.vote(DOTS, [17], taps)
            first, second = (data for event, data in host.asked if event == "command")
            assert first == second
            assert isinstance(first, dict)
            assert person.marks == {17: first["body"]["value"]}
            assert (list(taps.seqs), person.unsure, person.reopened) == ([5], {}, 1)

    asyncio.run(vote())


def test_waits_double_like_those_of_the_browser_and_are_never_longer_than_its_longest() -> None:
    for tries, (shortest, longest) in {1: (0.25, 0.75), 3: (1.0, 2.0), 9: (2.0, 2.0)}.items():
        waits = [listener.breath(tries) for _ in range(200)]
        assert shortest <= min(waits) <= max(waits) <= longest
        # Half of the third waits would be longer than the longest, and are just that.
        assert len(set(waits)) > 50 or shortest == longest


def test_a_screen_whose_token_is_not_taken_any_more_comes_back_with_a_new_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listener, "BREATH", 0.0)

    async def talk(host: Host, line: web.WebSocketResponse, event: str, data: object) -> str:
        return caught_up(4)

    async def come_back() -> None:
        async with person_in(talk) as (host, person):
            host.turns_away = 1
            person.drop()
            await until(lambda: len(host.asked) == 2)
            assert (host.pages, host.lines, person.reopened) == (2, 3, 2)
            assert person.up.is_set()

    asyncio.run(come_back())


def test_a_final_no_leaves_no_mark_and_is_counted() -> None:
    async def talk(host: Host, line: web.WebSocketResponse, event: str, data: object) -> str:
        if event == "catch_up":
            return caught_up(4)
        return '{"ok":false,"code":"round_closed","message":"Voting is closed.","again":null}'

    async def vote() -> None:
        async with person_in(talk) as (_, person):
            with pytest.raises(TurnedDown, match="closed"):
                await person.vote(DOTS, [17], Taps())
            assert (person.marks, person.unsure, person.refused["round_closed"]) == ({}, {}, 1)

    asyncio.run(vote())


def test_a_page_without_a_live_token_is_told_with_its_address() -> None:
    async def nothing(_request: web.Request) -> web.Response:
        return web.Response(status=404, text="<body>Nothing here.")

    async def look() -> None:
        app = web.Application()
        app.router.add_get("/w/r", nothing)
        async with TestServer(app) as server:
            person = Person(Visit(Street(str(server.make_url("/")).rstrip("/"))), "test")
            person.path = "/w/r"
            try:
                await person.open()
            finally:
                await person.close()

    with pytest.raises(Lost, match=r"no live page at /w/r \(status 404\)"):
        asyncio.run(look())


@pytest.mark.parametrize(
    ("site", "number", "source"),
    [
        ("http://127.0.0.1:5000", 7_999, None),
        ("http://127.0.0.1:5000", 8_000, "127.0.0.3"),
        ("http://localhost:5000", 9_000, None),
    ],
)
def test_the_largest_halls_come_from_several_addresses(
    site: str, number: int, source: str | None
) -> None:
    assert street_of(site, number).source == source
