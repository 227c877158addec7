"""Looks into the database now and then: between processes a hint may be lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from socketio import Server

from workshop.live.connections import Connections
from workshop.live.hints import Hints
from workshop.logs import event
from workshop.reads import changes, identity
from workshop.storage.store import Store

LOOK_SECONDS: Final = 2.0


class Listener(Protocol):
    """Who acts on what a look has found."""

    def behind(self, sequences: Mapping[int, int]) -> None:
        """Tell the rooms that are further on than their pages know."""

    def part(self, seats: set[int], accounts: set[int], hosts: set[tuple[int, int]]) -> None:
        """Close the pages of people who have left, and of those who no longer run a room."""


class Lookout:
    """Finds what was done in other processes, whether or not anybody said so."""

    def __init__(
        self,
        server: Server,
        store: Store,
        connections: Connections,
        hints: Hints,
        listener: Listener,
    ) -> None:
        self._server = server
        self._store = store
        self._connections = connections
        self._hints = hints
        self._listener = listener

    def run(self) -> None:
        """Look for as long as the process lives, and say who is here."""
        while True:
            self._server.sleep(LOOK_SECONDS)
            for workshop_id in self._connections.workshops():
                self._hints.here(workshop_id, self._connections.seats(workshop_id))
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - a database that is away comes back
                event("ticker", outcome="failed", error=type(error).__name__)

    def look(self) -> None:
        """Compare what is open here with what the database says."""
        here, (seats, signed_in) = self._connections.workshops(), self._connections.people()
        with self._store.read() as db:
            found = changes.sequences(db, here)
            removed, signed_out = identity.gone(db, here, signed_in)
            strangers = identity.no_longer_host(db, self._connections.hosting())
        self._listener.behind(found)
        self._listener.part(removed & seats, signed_out, strangers)
