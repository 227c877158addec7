"""Puts the house together: settings, store, stage, pages and the live floor."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from flask import Flask, Request
from flask.templating import Environment
from flask_babel import Babel
from flask_socketio import SocketIO
from flask_wtf import CSRFProtect
from itsdangerous import BadSignature, URLSafeTimedSerializer
from jinja2 import FileSystemBytecodeCache
from socketio import Server
from werkzeug.middleware.proxy_fix import ProxyFix

from workshop import assets
from workshop.acts.stage import Stage, at_once
from workshop.fragments import Fragments
from workshop.live import gateway
from workshop.live.hints import Alone, Hints
from workshop.live.packets import StrictPacket, library_logger
from workshop.live.ticker import Ticker
from workshop.reads.alike import Alike
from workshop.settings import Settings
from workshop.storage.store import Store
from workshop.web import languages, pages, sizes
from workshop.web.house import House
from workshop.web.reckoner import Reckoner
from workshop.web.signatures import SteadySessions, SteadySigner

HANDSHAKE_SALT: Final = "live-handshake"
HANDSHAKE_HOURS: Final = 24
COOKIE_DAYS: Final = 180
MOST_UPLOADED: Final = 256 * 1024
FRAME_BYTES: Final = 16 * 1024
PING_SECONDS: Final = 10


def server_clock() -> int:
    """The time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class OneSetOfGlobals(Environment):
    """Templates that share the one plain dictionary of globals.

    The library chains a dictionary of its own before it for each template. None of ours has any,
    and walking the chain at every import of a template was a twentieth of a phone's coming in.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template; `d` are those that it alone would have."""
        return {**self.globals, **d} if d else self.globals


@dataclass(frozen=True, slots=True)
class Longtable:
    """A whole running product: the Flask application, its live floor and its parts."""

    app: Flask
    socketio: SocketIO
    store: Store
    stage: Stage
    settings: Settings


def create_app(
    settings: Settings,
    *,
    clock: Callable[[], int] = server_clock,
    offload: Callable[..., Any] = at_once,
) -> Flask:
    """The Flask application alone, as tests and tools want it."""
    return build(settings, clock=clock, offload=offload).app


def build(
    settings: Settings,
    *,
    clock: Callable[[], int] = server_clock,
    offload: Callable[..., Any] = at_once,
) -> Longtable:
    """Put everything together. The database must have its tables already.

    Args:
        settings: checked settings with a secret key.
        clock: the server's time in milliseconds.
        offload: `offload(function, *values)` runs slow work where it holds up nobody.

    Raises:
        UnsafeDatabase: where the database could not keep its promises.
    """
    app = _flask(settings)
    store = Store(settings.database_url)
    fragments = Fragments(app)
    socketio = _socketio(app, settings)
    server: Server = socketio.server  # type: ignore[attr-defined]  # left out of the type stubs
    ticker = Ticker(server, store, fragments, clock, hints=_hints(settings))
    stage = Stage(store, clock, ticker, offload)
    alike = Alike(store, offload)
    reckoner = Reckoner(stage, _background(socketio, offload))
    app.extensions["longtable"] = House(
        settings, store, stage, fragments, offload, ticker.online, alike, reckoner
    )
    pages.register(app, _handshake_maker(settings))
    gateway.register(
        server,
        stage=stage,
        fragments=fragments,
        ticker=ticker,
        finder=alike,
        secret_key=settings.secret_key,
        read_cookie=_cookie_reader(app),
        read_handshake=_handshake_reader(settings),
    )
    return Longtable(app, socketio, store, stage, settings)


def _background(socketio: SocketIO, offload: Callable[..., Any]) -> Callable[..., Any]:
    """Where work goes that nobody waits for: tools and tests, with no place for it, do it now."""
    return at_once if offload is at_once else socketio.start_background_task


def _hints(settings: Settings) -> Hints:
    """How this process hears of others; imported only where there are others."""
    if not settings.redis_url:
        return Alone()
    from workshop.live.redis_hints import RedisHints  # noqa: PLC0415 - needs an extra package

    return RedisHints(settings.redis_url, settings.secret_key)


def _socketio(app: Flask, settings: Settings) -> SocketIO:
    """The live server: WebSocket only, small frames; `cli.servers` sees that none is deflated."""
    # The library hands these on to its two lower floors, which its type stubs do not know.
    options: dict[str, Any] = {
        "async_mode": settings.engine,
        "serializer": StrictPacket,
        "logger": library_logger("socketio.server"),
        "engineio_logger": library_logger("engineio.server"),
        "transports": ["websocket"],
        "http_compression": False,
        "max_http_buffer_size": FRAME_BYTES,
        "ping_interval": PING_SECONDS,
        "ping_timeout": PING_SECONDS,
        # `live.pulse` does that, for all lines at once.
        "monitor_clients": False,
    }
    return SocketIO(
        app,
        manage_session=False,
        cors_allowed_origins=list(settings.allowed_origins),
        **options,
    )


def _flask(settings: Settings) -> Flask:
    app = Flask(
        "workshop",
        static_folder=str(assets.static_dir() / "dist"),
        static_url_path="/static/dist",
        template_folder=str(assets.templates_dir()),
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MOST_UPLOADED,
        PERMANENT_SESSION_LIFETIME=timedelta(days=COOKIE_DAYS),
        SESSION_COOKIE_NAME="longtable",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        WTF_CSRF_TIME_LIMIT=None,
        # Our forms have sentences of our own; the library would read its catalogues at every form.
        WTF_I18N_ENABLED=False,
        BABEL_DEFAULT_LOCALE="en",
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's manual does just this
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    app.session_interface = SteadySessions()
    app.jinja_environment = OneSetOfGlobals
    if settings.template_cache:
        kept = FileSystemBytecodeCache(settings.template_cache)
        app.jinja_options = {**app.jinja_options, "bytecode_cache": kept}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app, locale_selector=languages.locale)
    sizes.measure(app)
    CSRFProtect(app)
    return app


def _serializer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret_key, salt=HANDSHAKE_SALT, signer=SteadySigner)


def _handshake_maker(settings: Settings) -> Callable[..., str]:
    """Tokens that let one browser, and no other, open a live connection to one room.

    A token with a seat is for that seat alone, whoever the browser's device goes over to.
    """
    serializer = _serializer(settings)

    def make(slug: str, audience: str, browser: str, seat: str = "") -> str:
        page = {"slug": slug, "audience": audience, "sid": browser}
        return str(serializer.dumps({**page, "seat": seat} if seat else page))

    return make


def _handshake_reader(settings: Settings) -> Callable[[str], dict[str, str] | None]:
    serializer = _serializer(settings)

    def read(token: str) -> dict[str, str] | None:
        try:
            found = serializer.loads(token, max_age=HANDSHAKE_HOURS * 3600)
        except BadSignature:
            return None
        return found if isinstance(found, dict) else None

    return read


def _cookie_reader(app: Flask) -> Callable[[dict[str, Any]], Mapping[str, Any]]:
    """The signed cookie of a live connection, read from its handshake request."""

    def read(environ: dict[str, Any]) -> Mapping[str, Any]:
        opened = app.session_interface.open_session(app, Request(environ, populate_request=False))
        return dict(opened) if opened else {}

    return read
