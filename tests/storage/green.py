"""Notices a green thread that lets others run while it is inside a write transaction.

Under eventlet that is how a server freezes: the one who holds the file's write lock waits, and
whoever runs meanwhile waits for the lock. Every switch between green threads is looked at. On
PostgreSQL waiting for the database itself is another matter: the server does the work, nobody's
lock of ours is held by it, and the others may run; anything else is noticed there too.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Final

import greenlet  # type: ignore[import-untyped]  # it has no types of its own
from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool

IDLE: Final = 0
"""libpq's PQTRANS_IDLE: a connection outside every transaction."""

HUB: Final = ("/eventlet/", "/selectors.py", "/select.py", "/greenlet/", "/threading.py")
"""Where a switch passes through before the one who asked for it is found."""

WAITING_FOR_POSTGRES: Final = "/psycopg/"


WATCHING: Final = "watching"
"""Told at the first write transaction, so that silence afterwards means something."""


class Watch:
    """Tells `noticed` where a switch was asked for inside a write transaction."""

    def __init__(self, noticed: Callable[[str], None]) -> None:
        self._noticed = noticed
        self._told = False
        self._inside: dict[Any, Any] = {}
        event.listen(Engine, "begin", self._begun)
        event.listen(Pool, "checkin", self._handed_back)
        greenlet.settrace(self._switched)

    def _begun(self, connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            if not self._told:
                self._told = True
                self._noticed(WATCHING)
            self._inside[greenlet.getcurrent()] = connection.connection.dbapi_connection

    def _handed_back(self, raw: object, _record: object) -> None:
        for whose, held in list(self._inside.items()):
            if held is raw:
                del self._inside[whose]

    def _switched(self, _kind: str, ends: tuple[Any, Any]) -> None:
        leaving = ends[0]
        raw = self._inside.get(leaving)
        if raw is None or not _in_transaction(raw):
            return
        asked_by = _asked_by(leaving.gr_frame)
        if asked_by is None or (
            WAITING_FOR_POSTGRES in asked_by.f_code.co_filename and not _is_sqlite(raw)
        ):
            return
        stack = traceback.extract_stack(asked_by)
        self._noticed(" < ".join(f"{Path(at.filename).name}:{at.name}" for at in stack[:-8:-1]))


def _is_sqlite(raw: object) -> bool:
    return hasattr(raw, "in_transaction")


def _in_transaction(raw: Any) -> bool:  # noqa: ANN401 - the driver's own connection
    """What the database's own driver says."""
    return bool(raw.in_transaction if _is_sqlite(raw) else raw.pgconn.transaction_status != IDLE)


def _asked_by(frame: FrameType | None) -> FrameType | None:
    """The frame that asked for the switch, below the hub's own."""
    while frame is not None and any(part in frame.f_code.co_filename for part in HUB):
        frame = frame.f_back
    return frame
