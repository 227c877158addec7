"""The last word to a page whose person has left, and the end of its connection."""

from __future__ import annotations

from flask_babel import gettext
from socketio import Server

from workshop.fragments import Fragments
from workshop.live.connections import Connections
from workshop.live.hints import Hint
from workshop.rules.refusals import Refused


class Farewell:
    """Closes connections so that no news of the room comes after the last word."""

    def __init__(self, server: Server, connections: Connections, fragments: Fragments) -> None:
        self._server = server
        self._connections = connections
        self._fragments = fragments

    def seat(self, seat_id: int) -> None:
        """Close every page of a person who was asked to leave, or who gave up their seat."""
        self._close(self._connections.of(seat_id=seat_id), "removed")

    def account(self, account_id: int) -> None:
        """Close every page of somebody who signed out."""
        self._close(self._connections.of(account_id=account_id), "sign_in")

    def host(self, workshop_id: int, account_id: int) -> None:
        """Close the pages of one workshop that somebody no longer runs; others stay."""
        here = self._connections.of(account_id=account_id, workshop_id=workshop_id)
        self._close(here, "not_host_now")

    def room(self, workshop_id: int) -> None:
        """Close every page of a room that is not there any more: only a rehearsal's goes so."""
        self._close(self._connections.pages(workshop_id), "rehearsal_over")

    def heard(self, hint: Hint) -> None:
        """Another process has said that somebody has left, or that a room is gone."""
        if "seat" in hint:
            self.seat(hint["seat"])
        if "host" in hint:
            self.host(hint["of"], hint["host"])
        if "account" in hint:
            self.account(hint["account"])
        if "room" in hint:
            self.room(hint["room"])

    def part(self, seats: set[int], accounts: set[int], hosts: set[tuple[int, int]]) -> None:
        """Close the pages of many at once."""
        for seat_id in seats:
            self.seat(seat_id)
        for account_id in accounts:
            self.account(account_id)
        for workshop_id, account_id in hosts:
            self.host(workshop_id, account_id)

    def _close(self, sids: list[str], refusal: str) -> None:
        for sid in sids:
            page = self._connections.get(sid)
            with self._fragments.speaking(page.locale if page else "en"):
                message = Refused(refusal).words(gettext)
            if page:
                self._server.leave_room(sid, page.channel)
            self._server.emit("bye", {"message": message}, to=sid)
            number = self._server.manager.eio_sid_from_sid(sid, "/")
            self._server.disconnect(sid)
            if end := self._server.eio.sockets.get(number):
                # What is queued still goes out; then the line itself is closed.
                end.close(wait=False)
