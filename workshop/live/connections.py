"""Who is connected here now: every open page, its room, its audience and its person."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from workshop import metrics
from workshop.live.limits import Buckets, Person, Shelf
from workshop.rules.roles import Who

NOBODY: Final = Who()


@dataclass(slots=True)
class Connection:
    """One open page.

    `rehearses` says that its room is a rehearsal’s, which counts among no real pages.
    `cookie` is what its browser carries; it is checked again on every event. `who` is who it stood
    for when it connected: only an act that proves that itself may be done on its word.
    """

    sid: str
    workshop_id: int
    slug: str
    audience: str
    locale: str
    cookie: Mapping[str, Any]
    seat_id: int | None
    account_id: int | None
    group: str | None
    who: Who = NOBODY
    rehearses: bool = False
    buckets: Buckets = field(default_factory=Buckets)

    @property
    def person(self) -> Person | None:
        """Whose page this is; a projector is nobody's."""
        if self.seat_id is not None:
            return self.workshop_id, "seat", self.seat_id
        if self.account_id is not None:
            return self.workshop_id, "account", self.account_id
        return None

    @property
    def counted_as(self) -> str:
        """What the numbers of this process call it."""
        return "rehearsal" if self.rehearses else self.audience

    @property
    def channel(self) -> str:
        """The Socket.IO room of everybody who is sent the very same messages."""
        return channel(self.workshop_id, self.audience, self.locale)


def channel(workshop_id: int, audience: str, locale: str) -> str:
    """The name of one audience of one workshop in one language."""
    return f"{workshop_id}:{audience}:{locale}"


class Connections:
    """Every connection of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_sid: dict[str, Connection] = {}
        self._buckets = Shelf()
        self._by_workshop: dict[int, dict[str, Connection]] = defaultdict(dict)
        self._audiences: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)

    def add(self, connection: Connection) -> None:
        """Note an open page."""
        with self._lock:
            if person := connection.person:
                connection.buckets = self._buckets.of(person, time.monotonic())
            self._by_sid[connection.sid] = connection
            self._by_workshop[connection.workshop_id][connection.sid] = connection
            self._audiences[connection.workshop_id][connection.audience, connection.locale] += 1
        metrics.connected(connection.counted_as, 1)

    def remove(self, sid: str) -> Connection | None:
        """Forget a page that was closed."""
        with self._lock:
            connection = self._by_sid.pop(sid, None)
            if connection:
                here = self._by_workshop[connection.workshop_id]
                here.pop(sid, None)
                self._audiences[connection.workshop_id][connection.audience, connection.locale] -= 1
                if not here:
                    del self._by_workshop[connection.workshop_id]
                    del self._audiences[connection.workshop_id]
        if connection:
            metrics.connected(connection.counted_as, -1)
        return connection

    def get(self, sid: str) -> Connection | None:
        """The open page with this number."""
        return self._by_sid.get(sid)

    def audiences(self, workshop_id: int) -> set[tuple[str, str]]:
        """The (audience, language) pairs that have a page of this workshop open."""
        with self._lock:
            return {one for one, pages in self._audiences.get(workshop_id, {}).items() if pages}

    def size(self, workshop_id: int, audience: str = "") -> int:
        """How many pages of this workshop are open, of all audiences or of one."""
        with self._lock:
            open_here = self._audiences.get(workshop_id, {}).items()
            return sum(pages for (one, _), pages in open_here if audience in {"", one})

    def pages(self, workshop_id: int) -> list[str]:
        """Every page of a workshop."""
        with self._lock:
            return list(self._by_workshop.get(workshop_id, {}))

    def seats(self, workshop_id: int) -> dict[int, str]:
        """The seats connected here, each with its group; two devices are one person."""
        with self._lock:
            return {
                c.seat_id: c.group
                for c in self._by_workshop.get(workshop_id, {}).values()
                if c.seat_id is not None and c.group is not None
            }

    def workshops(self) -> list[int]:
        """Every workshop that has a page open here."""
        with self._lock:
            return list(self._by_workshop)

    def people(self) -> tuple[set[int], dict[int, int]]:
        """The seats that have a page open here, and each account with the epoch it signed in at."""
        with self._lock:
            pages = list(self._by_sid.values())
        seats = {page.seat_id for page in pages if page.seat_id is not None}
        signed_in = {
            page.account_id: int(page.cookie.get("epoch", 0))
            for page in pages
            if page.account_id is not None
        }
        return seats, signed_in

    def hosting(self) -> set[tuple[int, int]]:
        """Every (workshop, account) that has a control room open here."""
        with self._lock:
            return {
                (page.workshop_id, page.account_id)
                for page in self._by_sid.values()
                if page.account_id is not None and page.audience == "control"
            }

    def of(
        self,
        *,
        seat_id: int | None = None,
        account_id: int | None = None,
        workshop_id: int | None = None,
    ) -> list[str]:
        """The pages of one person, of every workshop or of one."""
        with self._lock:
            return [
                c.sid
                for c in self._by_sid.values()
                if (
                    (seat_id is not None and c.seat_id == seat_id)
                    or (account_id is not None and c.account_id == account_id)
                )
                and workshop_id in {None, c.workshop_id}
            ]


def lighten(environ: dict[str, Any]) -> None:
    """Let go of what a browser said of itself: the library keeps it while a page is open."""
    for name in [one for one in environ if one.startswith(("HTTP_", "headers_raw"))]:
        del environ[name]
