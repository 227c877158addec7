"""WebSocket frames and room messages, read with as little work as a crowd of thousands needs."""

from __future__ import annotations

import base64
import json
import os
import struct
from typing import Final, NamedTuple

TEXT: Final = 1
CLOSE: Final = 8
PING: Final = 9
PONG: Final = 10
HEADERS_END: Final = b"\r\n\r\n"

_HEAD: Final = b'42["room",{"from":'
_TO: Final = b',"to":'
_PAGE: Final = b'"page":'


def upgrade(host: str, path: str, cookie: str, origin: str = "") -> bytes:
    """The request that turns a connection into a WebSocket (RFC 6455, section 4.1).

    `origin` is the site whose page asks; plain `host` where none is named.
    """
    asks = origin or f"http://{host}"
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {asks}\r\nCookie: {cookie}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {key}\r\n\r\n"
    ).encode()


def frame(payload: bytes, kind: int = TEXT) -> bytes:
    """One whole frame from a client (RFC 6455, section 5.2).

    The mask is four zeros, which leaves the payload as it is: masks guard proxies against pages,
    and between two programs on one machine there is neither.
    """
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x80 | kind, 0x80 | size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", 0x80 | kind, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", 0x80 | kind, 0x80 | 127, size)
    return head + bytes(4) + payload


Part = tuple[int, bytes]
"""The kind of a frame, and its payload."""


def frames(data: bytes) -> tuple[list[Part], bytes]:
    """Every whole frame at the beginning of `data`, and the rest.

    A server never masks its frames, and ours never splits a message.
    """
    parts: list[Part] = []
    start, size = 0, len(data)
    while size - start >= 2:
        length, body = data[start + 1], start + 2
        if length >= 126:
            wide = 2 if length == 126 else 8
            length, body = int.from_bytes(data[body : body + wide], "big"), body + wide
        end = body + length
        if end > size or body > size:
            break
        parts.append((data[start] & 15, data[body:end]))
        start = end
    return parts, data[start:]


class News(NamedTuple):
    """What a screen needs of a room message; `jitter` is milliseconds before a page is fetched."""

    start: int
    end: int
    page: bool
    jitter: int


def read_news(payload: bytes) -> News:
    """Read a room message: by cutting where it looks as it always does, as JSON where it does not.

    No text inside a message can be mistaken for its fields, because JSON escapes its quotes.
    """
    comma = payload.find(b",", len(_HEAD))
    stop = payload.find(b",", comma + len(_TO))
    usual = payload.startswith(_HEAD) and payload.startswith(_TO, comma) and stop > 0
    tail = payload.rfind(_PAGE)
    if not usual or not payload.startswith(b"false", tail + len(_PAGE)):
        message = json.loads(payload[payload.index(b"[") :])[1]
        return News(message["from"], message["to"], message["page"], message["jitter"])
    return News(int(payload[len(_HEAD) : comma]), int(payload[comma + len(_TO) : stop]), False, 0)
