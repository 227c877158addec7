"""Tells open pages what changed: at once in a quiet room, then as often as the room can bear.

An act says only "something changed here". The ticker reads what did since it last looked and
sends each audience one message, so a hundred votes in one moment cost one message, not a hundred.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from functools import partial
from typing import Any, Final

from socketio import Server

from workshop import metrics
from workshop.fragments import Fragments
from workshop.live import messages
from workshop.live.connections import Connections, channel
from workshop.live.fanout import Fanout
from workshop.live.farewell import Farewell
from workshop.live.hints import Alone, Hint, Hints
from workshop.live.lookout import Lookout
from workshop.live.missed import Missed
from workshop.logs import event
from workshop.reads.rooms import RoomCard
from workshop.rules.moments import ONLINE
from workshop.rules.roles import GROUPS
from workshop.storage.store import Store

SHORTEST_SECONDS: Final = 0.02
LONGEST_SECONDS: Final = 2.0
SHARE: Final = 6.0
"""After telling a room, rest this many times what telling it cost: a seventh of one core."""


class Ticker:
    """The herald of a serving process, and the keeper of its connections."""

    def __init__(
        self,
        server: Server,
        store: Store,
        fragments: Fragments,
        clock: Callable[[], int],
        *,
        fanout: Fanout | None = None,
        hints: Hints | None = None,
    ) -> None:
        self.connections = Connections()
        self._fanout = fanout or Fanout(server)
        self._hints = hints or Alone()
        self._server = server
        self._store = store
        self._fragments = fragments
        self._clock = clock
        self._lock = threading.Lock()
        self._dirty: dict[int, set[str]] = {}
        self._rest_until: dict[int, float] = {}
        self._told: dict[int, int] = {}
        self._rooms: dict[int, RoomCard] = {}
        self._farewell = Farewell(server, self.connections, fragments)
        self._lookout = Lookout(server, store, self.connections, self._hints, self)
        self.missed = Missed(store, fragments, self._asked, clock)
        self._wake = threading.Event()
        self._running = False

    # ------------------------------------------------------------------ what acts say

    def changed(self, workshop_id: int) -> None:
        """Something in this workshop changed."""
        self._mark(workshop_id, frozenset())
        self._hints.tell({"workshop": workshop_id})

    def came_or_went(self, workshop_id: int) -> None:
        """Somebody connected or lost their connection; nothing stored has changed."""
        if self.connections.size(workshop_id):
            self._mark(workshop_id, ONLINE)
        else:
            self._forget(workshop_id)

    def _forget(self, workshop_id: int) -> None:
        """The last page of a room has gone."""
        with self._lock:
            for kept in (self._told, self._rooms, self._rest_until, self._dirty):
                kept.pop(workshop_id, None)
        self.missed.forget(workshop_id)

    def seat_gone(self, seat_id: int) -> None:
        """Close every connection of a person who has left."""
        self._farewell.seat(seat_id)
        self._hints.tell({"seat": seat_id})

    def account_gone(self, account_id: int) -> None:
        """Close every connection of somebody who signed out."""
        self._farewell.account(account_id)
        self._hints.tell({"account": account_id})

    def host_gone(self, workshop_id: int, account_id: int) -> None:
        """Close the pages of one workshop that somebody no longer runs."""
        self._farewell.host(workshop_id, account_id)
        self._hints.tell({"host": account_id, "of": workshop_id})

    def room_gone(self, workshop_id: int) -> None:
        """Close every page of a room that was wiped, and forget it: its number may come again."""
        self._farewell.room(workshop_id)
        self._forget(workshop_id)
        self._hints.tell({"room": workshop_id})

    def heard(self, hint: Hint) -> None:
        """Another process has told us that something changed, or that somebody has left."""
        if "workshop" in hint:
            self._mark(hint["workshop"], ONLINE)
        self._farewell.heard(hint)

    def online(self, workshop_id: int) -> dict[str, int]:
        """How many people of each group are connected anywhere, and how many screens here."""
        seats = {**self._hints.elsewhere(workshop_id), **self.connections.seats(workshop_id)}
        counted = Counter(seats.values())
        screens = self.connections.size(workshop_id, "screen")
        return {**{group: counted[group] for group in GROUPS}, "screens": screens}

    def _mark(self, workshop_id: int, parts: frozenset[str]) -> None:
        if not self.connections.size(workshop_id):
            return
        with self._lock:
            self._dirty.setdefault(workshop_id, set()).update(parts)
        self._wake.set()

    # ------------------------------------------------------------------ the loop

    def welcome(self, workshop_id: int, seq: int) -> None:
        """A page of this workshop has connected: from here on its room is told of changes."""
        with self._lock:
            self._told.setdefault(workshop_id, seq)
            start = not self._running
            self._running = True
        if start:
            self._server.start_background_task(self._run)
            self._server.start_background_task(self._fanout.keep_alive)
            self._server.start_background_task(lambda: metrics.watch_loop(self._server.sleep))
            if not isinstance(self._hints, Alone):
                self._server.start_background_task(self._hints.listen, self.heard)
                self._server.start_background_task(self._lookout.run)

    def _run(self) -> None:
        while True:
            self._wake.wait(timeout=self._patience())
            self._wake.clear()
            for workshop_id, parts in self._due():
                self._tell_safely(workshop_id, parts)

    def _tell_safely(self, workshop_id: int, parts: set[str]) -> None:
        """Tell a room; where that fails, such as with its database away, try again later."""
        try:
            self.tell(workshop_id, parts)
        except Exception as error:  # noqa: BLE001 - one room's fault must not silence the others
            event("ticker", outcome="failed", error=type(error).__name__)
            self._rest_until[workshop_id] = time.monotonic() + LONGEST_SECONDS
            self._mark(workshop_id, frozenset(parts))

    def part(self, seats: set[int], accounts: set[int], hosts: set[tuple[int, int]]) -> None:
        """Close the pages of people who have left without our hearing of it."""
        self._farewell.part(seats, accounts, hosts)

    def behind(self, sequences: Mapping[int, int]) -> None:
        """Tell the rooms whose history has gone on without anybody saying so."""
        for workshop_id, seq in sequences.items():
            if seq > self._told.get(workshop_id, seq):
                metrics.hint("missed")
                self._mark(workshop_id, ONLINE)

    def _patience(self) -> float | None:
        """How long to wait for news: until the next waiting room has rested, else for ever."""
        with self._lock:
            if not self._dirty:
                return None
            now = time.monotonic()
            return max(0.0, min(self._rest_until.get(w, 0.0) for w in self._dirty) - now)

    def _due(self) -> list[tuple[int, set[str]]]:
        now = time.monotonic()
        with self._lock:
            due = [w for w in self._dirty if self._rest_until.get(w, 0.0) <= now]
            return [(workshop_id, self._dirty.pop(workshop_id)) for workshop_id in due]

    def tell(self, workshop_id: int, parts: set[str]) -> None:
        """Send every audience of a room what changed since they were last told."""
        # Of this thread's own processor: a machine that is busy elsewhere is no reason to wait.
        started = time.thread_time()
        audiences = self.connections.audiences(workshop_id)
        if not audiences:
            self._forget(workshop_id)
            return
        for (audience, locale), message in self._compose(workshop_id, parts, audiences).items():
            if messages.says_something(message):
                name = channel(workshop_id, audience, locale)
                self._fanout.send(name, "room", message)
        cost = time.thread_time() - started
        metrics.told(cost, len(self._dirty))
        rest = min(LONGEST_SECONDS, max(SHORTEST_SECONDS, SHARE * cost))
        self._rest_until[workshop_id] = time.monotonic() + rest

    def _compose(
        self, workshop_id: int, parts: set[str], audiences: set[tuple[str, str]]
    ) -> dict[tuple[str, str], dict[str, Any]]:
        asked = self._asked(
            workshop_id,
            self._told.get(workshop_id, 0),
            {audience for audience, _ in audiences},
            frozenset(parts),
            self._rooms.get(workshop_id),
        )
        news = messages.gather(self._store, asked)
        if news is None:
            self._farewell.room(workshop_id)
            return {}
        self._told[workshop_id], self._rooms[workshop_id] = news.changes.end, news.room
        return dict(self._written(news, audiences))

    def _written(
        self, news: messages.News, audiences: set[tuple[str, str]]
    ) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
        """The message for each audience; where something is painted, a language is entered once."""
        now = self._clock()
        for locale in {locale for _, locale in audiences}:
            with self._fragments.speaking(locale) if news.paints else nullcontext():
                for audience, spoken in audiences:
                    if spoken == locale:
                        message = messages.build(news, audience, locale, self._fragments, now)
                        yield (audience, locale), message

    def _asked(
        self,
        workshop_id: int,
        seq: int,
        audiences: set[str],
        parts: frozenset[str] = frozenset(),
        known: RoomCard | None = None,
    ) -> messages.Asked:
        pages = self.connections.size(workshop_id)
        online = partial(self.online, workshop_id)
        return messages.Asked(workshop_id, seq, audiences, online, pages, parts, known)
