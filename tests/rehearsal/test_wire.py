"""The wire by hand: questions find their answers, pings theirs, and a broken line is noticed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from workshop.rehearsal.browser import Browser, Lost
from workshop.rehearsal.phone import Phone, TurnedDown
from workshop.rehearsal.wire import Wire

Talk = Callable[[web.WebSocketResponse], Awaitable[None]]


@asynccontextmanager
async def room(talk: Talk) -> AsyncIterator[Browser]:
    """A server whose live connection says what `talk` says, and a browser at its door."""

    async def socket(request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_str('0{"sid":"x","pingInterval":10000,"pingTimeout":10000}')
        assert await line.receive_str() == '40{"token": "t"}'
        await talk(line)
        return line

    app = web.Application()
    app.router.add_get("/socket.io/", socket)
    connector = aiohttp.TCPConnector()
    async with TestServer(app) as server:
        browser = Browser(str(server.make_url("/")).rstrip("/"), connector)
        try:
            yield browser
        finally:
            await browser.close()
            await connector.close()


async def asked(line: web.WebSocketResponse) -> tuple[str, str, dict[str, object]]:
    """The number, event and data of the next question."""
    text = await line.receive_str()
    assert text.startswith("42")
    start = text.index("[")
    event, data = json.loads(text[start:])
    return text[2:start], event, data


def test_answers_find_their_questions_though_they_come_in_another_order() -> None:
    async def talk(line: web.WebSocketResponse) -> None:
        await line.send_str('40{"sid":"y"}')
        first, second = (await asked(line))[0], (await asked(line))[0]
        await line.send_str(f'43{second}[{{"to":"second"}}]')
        await line.send_str(f'43{first}[{{"to":"first"}}]')

    async def both() -> list[dict[str, object]]:
        async with room(talk) as browser:
            wire = await Wire.open(browser, "t", 0)
            told = await asyncio.gather(
                wire.ask("command", {"n": 1}), wire.ask("command", {"n": 2})
            )
            await wire.close()
            return list(told)

    assert asyncio.run(both()) == [{"to": "first"}, {"to": "second"}]


def test_a_ping_is_answered_and_news_only_moves_the_sequence() -> None:
    heard: list[str] = []

    async def talk(line: web.WebSocketResponse) -> None:
        await line.send_str('40{"sid":"y"}')
        await line.send_str(
            '42["room",{"from":4,"cards":[{"html":"<p data-x=\\"to\\":99>"}],"to":6}]'
        )
        await line.send_str('42["room",{"from":6,"to":5}]')
        await line.send_str("2")
        heard.extend([await line.receive_str(), await line.receive_str()])
        await line.send_str("430[{}]")

    async def listen() -> tuple[int, int]:
        async with room(talk) as browser:
            wire = await Wire.open(browser, "t", 4)
            await wire.ask("mine", {})
            await wire.close()
            return wire.seq, wire.news

    assert asyncio.run(listen()) == (6, 2)
    assert sorted(heard) == ["3", '420["mine", {}]']


def test_a_token_that_is_turned_away_is_told() -> None:
    async def talk(line: web.WebSocketResponse) -> None:
        await line.send_str('44{"message":"Connection rejected by server"}')

    async def knock() -> None:
        async with room(talk) as browser:
            await Wire.open(browser, "t", 0)

    with pytest.raises(Lost, match="turned the live connection away"):
        asyncio.run(knock())


def phone_at(browser: Browser, line: Wire) -> Phone:
    return Phone(browser, wire=line)


def test_a_phone_sends_the_very_same_command_again_when_it_is_asked_to_wait() -> None:
    sent: list[dict[str, object]] = []

    async def talk(line: web.WebSocketResponse) -> None:
        await line.send_str('40{"sid":"y"}')
        for answer in (
            '{"ok":false,"code":"server_busy","message":"","again":0}',
            '{"ok":true,"seq":3,"answer":{"left":2}}',
        ):
            number, _, data = await asked(line)
            sent.append(data)
            await line.send_str(f"43{number}[{answer}]")

    async def vote() -> tuple[dict[str, object], int]:
        async with room(talk) as browser:
            phone = phone_at(browser, await Wire.open(browser, "t", 0))
            told = await phone.command("mark.set", {"idea_id": 1, "value": 1})
            assert phone.wire is not None
            await phone.wire.close()
            return told, phone.waited

    assert asyncio.run(vote()) == ({"left": 2}, 1)
    assert sent[0] == sent[1]
    assert sent[0]["n"] == 1


def test_a_final_no_is_raised_in_the_rooms_own_words() -> None:
    async def talk(line: web.WebSocketResponse) -> None:
        await line.send_str('40{"sid":"y"}')
        number = (await asked(line))[0]
        no = '{"ok":false,"code":"round_closed","message":"Voting is closed.","again":null}'
        await line.send_str(f"43{number}[{no}]")

    async def vote() -> None:
        async with room(talk) as browser:
            wire = await Wire.open(browser, "t", 0)
            try:
                await phone_at(browser, wire).command("mark.set", {"idea_id": 1, "value": 1})
            finally:
                await wire.close()

    with pytest.raises(TurnedDown, match="Voting is closed"):
        asyncio.run(vote())


def test_a_line_that_breaks_fails_whoever_waits_for_an_answer() -> None:
    async def talk(line: web.WebSocketResponse) -> None:
        await line.send_str('40{"sid":"y"}')
        await asked(line)
        await line.close()

    async def ask() -> None:
        async with room(talk) as browser:
            wire = await Wire.open(browser, "t", 0)
            try:
                await wire.ask("command", {})
            finally:
                await wire.close()

    with pytest.raises(Lost, match="broke"):
        asyncio.run(ask())
