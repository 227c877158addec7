"""A ticker without a network: what stands where the server and the templates do."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from flask import Flask
from flask_babel import Babel

from tests.story import Story
from workshop.live.connections import Connection
from workshop.live.ticker import Ticker
from workshop.reads.people import Headcount
from workshop.reads.posts import PostCard


class Wire:
    """Stands where the Socket.IO server does and keeps what it is told to send."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, dict[str, Any]]] = []
        self.closed: list[str] = []

    def emit(self, name: str, data: dict[str, Any], room: str = "", to: str = "") -> None:
        self.sent.append((name, room or to, data))

    @property
    def manager(self) -> Wire:
        return self

    @property
    def eio(self) -> Wire:
        return self

    @property
    def sockets(self) -> dict[str, object]:
        return {}

    def eio_sid_from_sid(self, sid: str, _namespace: str) -> str:
        return sid

    def leave_room(self, _sid: str, _room: str) -> None:
        """Nobody is in a room here."""

    def disconnect(self, sid: str) -> None:
        self.closed.append(sid)

    def send(self, room: str, name: str, message: dict[str, Any]) -> int:
        self.emit(name, message, room)
        return 0

    def keep_alive(self) -> None:
        """Nobody here has to be pinged."""

    def start_background_task(self, _task: object) -> None:
        """The tests tell the room themselves."""


class Cards:
    """Stands where the fragments do: a card is its words."""

    def live_card(
        self, post: PostCard, _slug: str, audience: str, _locale: str, **_how: bool
    ) -> dict[str, Any]:
        return {"id": post.id, "html": post.text, "for": audience}

    def speaking(self, _locale: str) -> AbstractContextManager[object]:
        app = Flask("test")
        Babel(app)
        return app.test_request_context()

    def slot(self, name: str, _locale: str, **values: Any) -> str:
        if name != "meter":
            return name
        heads: Headcount = values["heads"]
        return f"{heads.taken_part} of {heads.people}"


def connected(told: Story, *audiences: str) -> tuple[Ticker, Wire]:
    wire = Wire()
    ticker = Ticker(wire, told.stage.store, Cards(), told.clock, fanout=wire)  # type: ignore[arg-type]  # stand-ins
    told.stage.herald = ticker
    for number, audience in enumerate(audiences):
        seat = told.people[number].seat if audience == "phone" else None
        page = Connection(
            f"sid-{number}", told.workshop, "slug", audience, "en", {}, seat, None, "citizen"
        )
        ticker.connections.add(page)
        ticker.welcome(told.workshop, told.room().seq)
    return ticker, wire
