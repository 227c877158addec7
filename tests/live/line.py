"""Live connections without a network: the real gateway on a server that keeps what it sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from workshop import factory
from workshop.factory import Longtable
from workshop.live import gateway
from workshop.live.ticker import Ticker
from workshop.web.house import House


@dataclass
class Server:
    """Stands where the Socket.IO server does."""

    handlers: dict[str, Callable[..., Any]] = field(default_factory=dict)
    sent: list[tuple[str, str, object]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def on(self, name: str, handler: Callable[..., Any]) -> None:
        self.handlers[name] = handler

    def enter_room(self, sid: str, room: str) -> None:
        """Rooms are the library's own business."""

    def emit(self, name: str, data: object, room: str = "", to: str = "") -> None:
        self.sent.append((name, room or to, data))

    def send(self, room: str, name: str, message: dict[str, Any]) -> int:
        self.emit(name, message, room)
        return 0

    def disconnect(self, sid: str) -> None:
        self.closed.append(sid)

    def keep_alive(self) -> None:
        """Nobody here has to be pinged."""

    def start_background_task(self, _task: object) -> None:
        """Tests tell the room themselves."""


@dataclass
class Exchange:
    """The live floor of a product, to which pages connect by `open`."""

    product: Longtable
    server: Server
    ticker: Ticker

    def open(self, sid: str, client: FlaskClient, token: object) -> bool:
        """Whether a page with this browser's cookie and this token is let in."""
        environ = {"HTTP_COOKIE": cookie_of(client), "REQUEST_METHOD": "GET"}
        return bool(self.server.handlers["connect"](sid, environ, {"token": token}))

    def ask(self, sid: str, event: str, data: object) -> dict[str, Any]:
        """What the page with this sid is answered."""
        answer: dict[str, Any] = self.server.handlers[event](sid, data)
        return answer


def exchange(product: Longtable, clock: Callable[[], int]) -> Exchange:
    """A live floor of `product`, beside its own, that its acts report to."""
    server = Server()
    house: House = product.app.extensions["longtable"]
    ticker = Ticker(
        server,
        product.store,
        house.fragments,
        clock,
        fanout=server,  # type: ignore[arg-type]  # stands in
    )
    product.stage.herald = ticker
    gateway.register(
        server,
        stage=product.stage,
        fragments=house.fragments,
        ticker=ticker,
        finder=house.alike,
        secret_key=product.settings.secret_key,
        read_cookie=factory._cookie_reader(product.app),
        read_handshake=factory._handshake_reader(product.settings),
    )
    return Exchange(product, server, ticker)


def cookie_of(client: FlaskClient) -> str:
    """The session cookie of a browser as its header has it."""
    found = client.get_cookie("longtable")
    return f"longtable={found.value}" if found else ""


def token(product: Longtable, client: FlaskClient, slug: str, audience: str) -> str:
    """A handshake token as a page of this audience would carry it in this very browser."""
    with client.session_transaction() as cookie:
        browser = str(cookie.setdefault("sid", "a browser"))
    return factory._handshake_maker(product.settings)(slug, audience, browser)


def carry(app: Flask, cookie: Mapping[str, Any]) -> FlaskClient:
    """A browser that carries `cookie`."""
    client = app.test_client()
    with client.session_transaction() as kept:
        kept.update(cookie)
    return client
