"""What may come in over a live connection, before any handler hears of it.

The library hands on whatever a page names an event, also "connect" and "disconnect", its own two
words for what happens to a connection. A page that says "disconnect" would be forgotten and go on
listening, out of reach of whoever removes its person. Here these are no events, and what is damaged
or of another kind is answered like any event that is not on our wire, instead of failing inside.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from socketio.packet import CONNECT, DISCONNECT, EVENT, Packet

NOT_OURS: Final = "?"
"""The name of an event that nobody handles."""

RESERVED: Final = frozenset({"connect", "disconnect"})


class StrictPacket(Packet):  # type: ignore[misc]  # the library has no types
    """A packet that is never anything but an event, a hello or a goodbye."""

    def __init__(
        self, *given: object, encoded_packet: str | bytes | None = None, **named: object
    ) -> None:
        # The library does not even decode an empty packet, and then fails on it.
        read = encoded_packet if encoded_packet is None or encoded_packet else NOT_OURS
        super().__init__(*given, encoded_packet=read, **named)

    def decode(self, encoded_packet: str) -> int:
        """Read a packet; whatever is wrong with it, what comes out is well formed."""
        try:
            waits_for = super().decode(encoded_packet)
        except (ValueError, TypeError, AttributeError, RecursionError):
            waits_for = None
        if waits_for != 0 or not self._ours():
            self.packet_type, self.namespace, self.data = EVENT, None, [NOT_OURS]
        return 0

    def _ours(self) -> bool:
        if self.packet_type != EVENT:
            return self.packet_type in {CONNECT, DISCONNECT}
        said: Any = self.data
        named = isinstance(said, list) and bool(said) and isinstance(said[0], str)
        return named and said[0] not in RESERVED


def library_logger(name: str) -> logging.Logger:
    """A logger for a library that would otherwise print what went wrong in full, words included.

    Only errors: below that the library tells of every packet.
    """
    logger = logging.getLogger(name)
    logger.setLevel(logging.ERROR)
    return logger
