"""The table of settings: each has a type, a default, a reader and a sentence that explains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from typing import Any, Final

from workshop.settings.readers import (
    at_least,
    flag,
    folder,
    mailbox,
    one_of,
    origin,
    origins,
    starting,
    whole,
)

PREFIX: Final = "LONGTABLE_"
SHORTEST_KEY: Final = 32
SHORTEST_TOKEN: Final = 16


def _setting(
    default: object,
    read: Callable[[str], object],
    says: str,
    *,
    unset: str = "",
    hide: bool = False,
) -> Any:  # noqa: ANN401 - the field that uses it declares the type
    """One row: `unset` says in words what holds where the default alone cannot tell."""
    row = {"read": read, "says": says, "unset": unset or str(default)}
    return field(default=default, repr=not hide, metadata=row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What was asked for, checked and typed. Secrets do not show in its `repr`."""

    database_url: str = _setting(
        "sqlite:///var/longtable.sqlite3",
        starting("sqlite:///", "postgresql://", "postgresql+psycopg://"),
        "Where everything is kept: one SQLite file, or a PostgreSQL database. "
        "A file name counts from the folder that the command is started in.",
        hide=True,
    )
    host: str = _setting("127.0.0.1", str, "The address to listen on. `0.0.0.0` lets phones in.")
    port: int = _setting(5000, whole(1, 65535), "The port to listen on.")
    engine: str = _setting(
        "eventlet",
        one_of("eventlet", "threading", "gevent"),
        "What carries the open connections: `eventlet`, `threading` or `gevent`.",
    )
    redis_url: str | None = _setting(
        None,
        starting("redis://", "rediss://", "unix://"),
        "A Redis through which several processes share their rooms.",
        unset="one process without Redis",
        hide=True,
    )
    secret_key: str = _setting(
        "",
        str,
        f"Signs cookies and tokens. Give {SHORTEST_KEY} characters or more, made by chance.",
        unset="made once and kept beside the database",
        hide=True,
    )
    public_url: str = _setting(
        "",
        origin,
        "The address that people type. Links and QR codes carry it.",
        unset="the host and port above",
    )
    allowed_origins: tuple[str, ...] = _setting(
        (),
        origins,
        "Addresses whose pages may open a live connection, with commas between them.",
        unset="the public address and the server’s own",
    )
    production: bool = _setting(
        default=False,
        read=flag,
        says="Refuse to start with anything that is only fit for trying out.",
        unset="no",
    )
    debug: bool = _setting(
        default=False,
        read=flag,
        says="Show errors in full, with what people wrote. Refused in production.",
        unset="no",
    )
    log_level: str = _setting(
        "info",
        one_of("debug", "info", "warning", "error"),
        "How much to log: `debug`, `info`, `warning` or `error`.",
    )
    token: str | None = _setting(
        None,
        str,
        "A one-time token that lets `longtable replay` or `rehearse` set up a workshop on a "
        "running server.",
        unset="made through the database",
        hide=True,
    )
    metrics_token: str | None = _setting(
        None,
        at_least(SHORTEST_TOKEN),
        "Who sends it as a bearer token may read `/metrics`. "
        f"Give {SHORTEST_TOKEN} characters or more, made by chance.",
        unset="only this machine itself, and not through a proxy",
        hide=True,
    )
    smtp_host: str = _setting(
        "",
        str,
        "The mail server that sends letters to people who want to hear back.",
        unset="each letter is a file in the folder `outbox` beside the database",
    )
    smtp_port: int = _setting(587, whole(1, 65535), "The port of the mail server.")
    smtp_tls: str = _setting(
        "starttls",
        one_of("starttls", "tls", "none"),
        "How the line to the mail server is sealed: `starttls`, `tls` from its first byte, or "
        "`none`.",
    )
    smtp_user: str = _setting("", str, "Who signs in at the mail server.", unset="nobody")
    smtp_password: str = _setting(
        "", str, "The password for the mail server.", unset="none", hide=True
    )
    mail_from: str = _setting(
        "",
        mailbox,
        "The address that letters come from.",
        unset="`longtable@` and the host of the public address",
    )
    trusted_proxies: int = _setting(
        0,
        whole(0, 9),
        "How many proxies stand in front and pass on a visitor’s true address.",
    )
    template_cache: str = _setting(
        "",
        folder,
        "A folder of yours for page templates that are compiled, so that a start is quicker.",
        unset="compiled anew at each start",
    )


def variable(row: Field[Any]) -> str:
    """The name in the environment of one row of the table."""
    return PREFIX + ("ASYNC" if row.name == "engine" else row.name.upper())


ROWS: Final[dict[str, Field[Any]]] = {variable(row): row for row in fields(Settings)}
