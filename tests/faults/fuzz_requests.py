"""Hostile HTTP requests, drawn by chance: every route of the product, every way to ask wrongly."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, quote_from_bytes, urlencode, urlsplit

from workshop.factory import create_app
from workshop.settings import Settings

METHODS: Final = ("GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "X", "get")
FIELDS: Final = (
    "text", "value", "idea_id", "post_id", "command_id", "position", "minutes", "action", "to",
    "round_id", "seat_id", "group", "name", "language", "code", "title", "token", "done", "method",
    "email", "password", "template", "reason", "theme_id", "better_for", "next", "at", "goal",
)  # fmt: skip
HURTFUL: Final = re.compile(r"finish|leave|sign|static|socket")
"""Routes that would end the room, or the fuzzer's own stay in it, and files."""

ANSWERS_WITHIN: Final = 10.0
_ARGUMENT: Final = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")


class Guest(NamedTuple):
    """Somebody's cookie, the token of their forms, and the room they may see."""

    cookie: str
    csrf: str
    slug: str


class Told(NamedTuple):
    """A request's first line, and what came back."""

    asked: str
    status: int
    body: str


def routes(folder: Path) -> Sequence[str]:
    """Every route of the product that may be fuzzed, as its rule says."""
    database = f"sqlite:///{folder}/routes.sqlite3"
    app = create_app(Settings(database_url=database, secret_key="k" * 40, engine="threading"))
    return sorted({r.rule for r in app.url_map.iter_rules() if not HURTFUL.search(r.rule)})


def _words(chance: random.Random) -> str:
    odd = ["", "0", "-1", "1", "1e9", "9" * 30, "NaN", "٣", "true", "x" * 5000, "\x00", "\u202e"]
    return chance.choice([*odd, "🙂" * 50, "<script>", "../../etc", "%00", "[]", "é", "\r\nA: b"])


def _path(rule: str, guest: Guest, chance: random.Random) -> str:
    def fill(found: re.Match[str]) -> str:
        kind, name = found[1], found[2]
        if name == "slug" and chance.random() < 0.8:
            return guest.slug
        if kind == "int" and chance.random() < 0.8:
            return str(chance.choice([0, 1, 2, 7, 2**31, 2**63, 10**30]))
        return quote(_words(chance), safe="")

    path = _ARGUMENT.sub(fill, rule)
    drawn = chance.random()
    if drawn < 0.1:
        path += "?" + urlencode({name: _words(chance) for name in chance.sample(FIELDS, 3)})
    elif drawn < 0.15:
        path += quote_from_bytes(bytes(chance.randrange(256) for _ in range(20)))
    elif drawn < 0.18:
        path += "/" + "a" * chance.choice([300, 9000, 70_000])
    elif drawn < 0.21:
        path += chance.choice(["%", "%zz", "//", "/..", "\xff\xfe", "%ff%fe", "?", "?a=%ff", "#x"])
    return path


def _body(guest: Guest, chance: random.Random) -> tuple[str, bytes]:
    drawn = chance.random()
    if drawn < 0.75:
        names = chance.sample(FIELDS, chance.randint(0, 8))
        fields = {"csrf_token": guest.csrf} | {name: _words(chance) for name in names}
        return "application/x-www-form-urlencoded", urlencode(fields).encode()
    if drawn < 0.8:
        return "application/json", chance.choice([b"{", b"[" * 9000, b"null", b"\xff"])
    if drawn < 0.9:
        broken = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + b"\xff" * 50
        return "multipart/form-data; boundary=b", broken
    return chance.choice(["", "text/plain", "\xff", "multipart/form-data"]), bytes(
        chance.randrange(256) for _ in range(300)
    )


def request(rule: str, guest: Guest, host: str, chance: random.Random) -> bytes:
    """The bytes of one request."""
    method = chance.choice(METHODS) if chance.random() < 0.4 else chance.choice(["GET", "POST"])
    kind, body = _body(guest, chance) if method in {"POST", "PUT", "PATCH"} else ("", b"")
    heads = {
        "Host": host,
        "Connection": "close",
        "Cookie": guest.cookie,
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        "Accept": chance.choice(["text/html", "*/*", "application/json", "\xff", ""]),
        "Accept-Language": chance.choice(["en", "xx-invalid", "*;q=9", ";;;", "a" * 2000]),
    }
    drawn = chance.random()
    if drawn < 0.05:
        heads["Host"] = chance.choice(["evil.example", "", "a b", "[::1", "x:99999", "\xff"])
    elif drawn < 0.1:
        heads["Content-Length"] = chance.choice(["-1", "x", "9" * 25, "1", "999999"])
    elif drawn < 0.15:
        heads["Cookie"] = chance.choice(
            ["longtable=" + "a" * 4000, "=;=;", "\xff", "longtable=.e.e"]
        )
    elif drawn < 0.18:
        heads |= {f"X-{n}": "y" * 50 for n in range(chance.choice([150, 2000]))}
    elif drawn < 0.21:
        heads |= {"Transfer-Encoding": "chunked"}
    elif drawn < 0.24:
        heads |= {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "0"}
    version = chance.choice(["HTTP/1.1"] * 20 + ["HTTP/9.9", "HTTP/1.0", "", "HTTP"])
    lines = [f"{method} {_path(rule, guest, chance)} {version}"]
    lines += [f"{name}: {words}" for name, words in heads.items()]
    if chance.random() < 0.03:
        lines.append(
            chance.choice(["no colon", ": nothing", " folded", "\x00: \x00", "A" * 70_000])
        )
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body


async def ask(site: str, rule: str, guest: Guest, chance: random.Random) -> Told:
    """Send one hostile request and read what comes back; status 0 where nothing did."""
    parts = urlsplit(site)
    sent = request(rule, guest, parts.netloc, chance)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    heard = b""
    with suppress(OSError, TimeoutError):
        writer.write(sent)
        writer.write_eof()
        heard = await asyncio.wait_for(reader.read(), ANSWERS_WITHIN)
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    words = heard.decode("utf-8", "replace")
    found = re.match(r"HTTP/1\.[01] (\d{3})", words)
    first = sent.split(b"\r\n", 1)[0].decode("latin-1")[:200]
    return Told(first, int(found[1]) if found else 0, words)
