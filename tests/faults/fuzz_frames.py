"""Hostile bytes on a live connection, drawn by chance: every floor of the wire gets its share."""

from __future__ import annotations

import asyncio
import json
import random
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

from tests.faults.wire import CLOSE, PING, PONG, TEXT, frame, upgrade
from workshop.factory import FRAME_BYTES

WORDS: Final = ("", "command", "catch_up", "mine", "room", "bye", "connect", "disconnect", "*", "é")
KINDS: Final = (
    "mark.set",
    "idea.post",
    "post.edit",
    "ballot.done",
    "step.move",
    "seat.remove",
    "x",
)
SPLIT, BINARY = 0, 2
LISTENS: Final = 0.05
ANSWERS_WITHIN: Final = 5.0


def value(chance: random.Random, depth: int = 0) -> Any:  # noqa: ANN401 - anything at all
    """Something that JSON can say, sensible or not."""
    plain: list[Callable[[], Any]] = [
        lambda: None,
        lambda: chance.choice([True, False]),
        lambda: chance.choice([0, -1, 2**31, 2**53, 2**63, -(2**63), 10**40]),
        lambda: chance.choice([0.5, 1e308, float("nan"), float("inf"), float("-inf"), -0.0]),
        lambda: chance.choice([*WORDS, "\x00", "\u202e", "a" * 3000, "{{7*7}}", "'; --", "\ud800"]),
        lambda: {"_placeholder": True, "num": chance.randint(-1, 9)},
    ]
    if depth > 3 or chance.random() < 0.6:
        return chance.choice(plain)()
    if chance.random() < 0.5:
        return [value(chance, depth + 1) for _ in range(chance.randint(0, 4))]
    return {str(value(chance, 9)): value(chance, depth + 1) for _ in range(chance.randint(0, 4))}


def envelope(chance: random.Random) -> Any:  # noqa: ANN401 - anything at all
    """A command that is right in most of its parts."""
    sent: dict[str, Any] = {
        "id": f"{chance.randrange(16**12):012x}",
        "n": chance.randint(0, 9),
        "device": "fuzz",
        "kind": chance.choice(KINDS),
        "body": {
            chance.choice(["idea_id", "value", "text", "post_id", "done", "position"]): value(
                chance
            )
            for _ in range(chance.randint(0, 3))
        },
    }
    if chance.random() < 0.5:
        sent[chance.choice([*sent, "who", "__proto__"])] = value(chance)
    return sent


def _said(chance: random.Random) -> bytes:
    """A Socket.IO packet, whole or damaged."""
    name = chance.choice(WORDS)
    data = envelope(chance) if chance.random() < 0.6 else value(chance)
    text = f"42{chance.choice(['', '0', '7', '9' * 30])}{json.dumps([name or 'command', data])}"
    drawn = chance.random()
    if drawn < 0.2:
        text = text[: chance.randint(0, len(text))]
    elif drawn < 0.35:
        kind = chance.choice(
            ["0", "1", "3", "5", "6", "40", "41", "43", "44", "451-", "463-", "49"]
        )
        text = kind + text[2:]
    elif drawn < 0.45:
        text = chance.choice(["42/admin,", "40/admin,", "42/,", "42/\x00,", "40?x,"]) + text[2:]
    elif drawn < 0.5:
        text = '42["command",' + "[" * 6000 + "]" * chance.choice([0, 6000]) + "]"
    return text.encode("utf-8", "surrogatepass")


def _odd(chance: random.Random) -> bytes:
    """A WebSocket frame that breaks the rules of RFC 6455, or bends them."""
    body = _said(chance)[:100]
    return chance.choice(
        [
            frame(b"x" * (FRAME_BYTES + 1)),
            frame(b"x" * 100_000),
            bytes([0x81, len(body)]) + body,  # not masked
            bytes([0x01, 0x80 | len(body)]) + bytes(4) + body,  # the first part of more
            frame(body, SPLIT),
            frame(body, BINARY),
            frame(body, PING),
            frame(body, PONG),
            frame(chance.choice([b"", b"\x03", struct.pack("!H", 1000), b"\xff\xff"]), CLOSE),
            frame(b"\xff\xfe\xc0\x80", TEXT),
            bytes([0xF1, 0x80 | len(body)]) + bytes(4) + body,  # reserved bits
            bytes([0x8F, 0x80]) + bytes(4),  # a kind that is none
            struct.pack("!BBQ", 0x81, 0xFF, 2**63) + bytes(4),  # a length beyond all measure
            struct.pack("!BBH", 0x81, 0xFE, 5000) + bytes(4) + b"short",  # a promise not kept
            b"".join(frame(b"2") for _ in range(500)),
            b"".join(frame(b"") for _ in range(500)),
            bytes(chance.randrange(256) for _ in range(200)),
        ]
    )


def hostile(chance: random.Random) -> bytes:
    """The next thing to send."""
    return frame(_said(chance)) if chance.random() < 0.7 else _odd(chance)


async def visit(site: str, cookie: str, token: str, chance: random.Random) -> int:
    """Open a connection, say hostile things until tired or thrown out; how many were said."""
    parts, said = urlsplit(site), 0
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    with suppress(OSError):
        writer.write(upgrade(site, chance.choice([cookie, cookie, "longtable=x", ""])))
        await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), ANSWERS_WITHIN)
        if chance.random() < 0.8:
            hello = token if chance.random() < 0.9 else value(chance)
            writer.write(frame(b"40" + json.dumps({"token": hello}).encode()))
        for _ in range(chance.randint(1, 8)):
            writer.write(hostile(chance))
            said += 1
            with suppress(TimeoutError):
                if not await asyncio.wait_for(reader.read(65536), LISTENS):
                    break
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return said
