"""How each engine serves: long queues at the door, plain frames at once, and no request log.

Request logs are off because addresses hold tokens. Five hundred phones join within a minute, and
a queue of a few dozen at the door would turn some of them away.
"""

from __future__ import annotations

import logging
import socket
import warnings
from collections.abc import Callable, Iterable
from typing import Any, Final

from werkzeug.serving import make_server

from workshop.cli import posting, steady, sweeping
from workshop.factory import Longtable

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

QUEUE: Final = 2_048
"""Connections that may wait to be taken in."""

CONNECTIONS: Final = 20_000
"""Connections that may be open at once; each phone keeps one."""


BUFFER: Final = 2_048
"""Bytes kept for reading and for writing on each connection. The green engine keeps 8 and 16
kilobytes for as long as a phone is there, and a live line uses neither once it is open."""


class Door:
    """Receives the green server once it listens, and widens its door."""

    def send(self, server: Any) -> None:  # noqa: ANN401 - the server of an engine we may not name
        """Called with the server just before it takes its first connection."""
        _widen(server.socket)
        sizes = {"rbufsize": BUFFER, "wbufsize": BUFFER}
        server.protocol = type("Protocol", (server.protocol,), sizes)
        # A traceback may quote what somebody wrote, so no client is ever sent one.
        server.debug = False


def _widen(listening: socket.socket) -> None:
    listening.listen(QUEUE)
    # Sockets taken in from here on inherit this: a vote is one small packet and should not wait.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def uncompressed(serve: Wsgi) -> Wsgi:
    """`serve`, deaf to offers of compression.

    Every browser offers to deflate each WebSocket frame and both engines take that up, whatever
    they are told: a hundred kilobytes for each phone, to make a vote of 90 bytes no smaller.
    """

    def plain(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return serve(environ, start_response)

    return plain


def run(engine: str, house: Longtable) -> None:
    """Serve for ever, with the engine of this name."""
    app: Any = house.app  # Flask's manual wraps it just so; its type says that nobody may
    app.wsgi_app = uncompressed(app.wsgi_app)
    steady.keep(house)
    sweeping.keep(house)
    posting.keep(house)
    SERVERS[engine](house)


def _green(house: Longtable) -> None:
    warnings.filterwarnings("ignore", message=r".*server_event kwarg is deprecated")
    settings = house.settings
    house.socketio.run(
        house.app,
        host=settings.host,
        port=settings.port,
        log_output=False,
        max_size=CONNECTIONS,
        server_event=Door(),
    )


def _gevent(house: Longtable) -> None:
    settings = house.settings
    house.socketio.run(
        house.app, host=settings.host, port=settings.port, log_output=False, backlog=QUEUE
    )


def _threads(house: Longtable) -> None:
    # Werkzeug logs every request, with its path, unless it is told to speak of errors only.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = house.settings
    server = make_server(settings.host, settings.port, house.app, threaded=True)
    _widen(server.socket)
    server.serve_forever()


SERVERS: Final[dict[str, Callable[[Longtable], None]]] = {
    "eventlet": _green,
    "gevent": _gevent,
    "threading": _threads,
}
