"""Hears a WebSocket sooner: one read for a frame where the engine's own class takes four.

The engine reads the head of a frame, its length, its mask and its words one by one, each with a
timer of its own, and takes the mask off letter by letter. A hall sends hundreds of frames a second.
"""

from __future__ import annotations

import socket
from typing import Any, Final

READ: Final = 4_096
"""Bytes taken from a socket at once; a vote has some 250."""


class Ear:
    """A socket that reads ahead. Everything but reading is the socket's own."""

    __slots__ = ("_rest", "_socket")

    def __init__(self, line: Any) -> None:  # noqa: ANN401 - the engine's own socket
        self._socket = line
        self._rest = b""

    def recv(self, size: int) -> bytes:
        """Up to `size` bytes; none where the line has ended."""
        rest = self._rest or self._socket.recv(READ)
        self._rest = rest[size:]
        found: bytes = rest[:size]
        return found

    @property
    def holds(self) -> bool:
        """Whether something was read ahead that nobody has taken yet."""
        return bool(self._rest)

    def settimeout(self, _seconds: float | None) -> None:
        """Wait for ever: `live.pulse` ends a silent line, and a timer for each read costs more."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - see the class
        return getattr(self._socket, name)


def unheard(line: Any) -> bool:  # noqa: ANN401 - the engine's own socket, read ahead or not
    """Whether bytes have come in on a line that nobody has taken yet. Takes none."""
    if isinstance(line, Ear) and line.holds:
        return True
    try:
        return bool(line.fd.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    except OSError:
        return False  # Nothing there, or nobody.


def unmasked(
    data: bytes, mask: tuple[int, ...], length: int | None = None, offset: int = 0
) -> bytes:
    """`data` without its mask (RFC 6455, section 5.3), all bytes at once.

    Args:
        mask: four bytes, as numbers.
        length: of what to take from `data`; all of it where None.
        offset: how many bytes of the frame came before.
    """
    size = len(data) if length is None else length
    start = offset % 4
    turned = bytes(mask[start:] + mask[:start])
    pad = (turned * (size // 4 + 1))[:size]
    plain = int.from_bytes(data[:size]) ^ int.from_bytes(pad)
    return plain.to_bytes(size)


def hasten(line: Any) -> None:  # noqa: ANN401 - the engine's own WebSocket
    """Have the green engine's WebSocket read this way; any other is left as it is."""
    if hasattr(line, "_recv_frame") and hasattr(line, "_apply_mask"):
        line.socket = Ear(line.socket)
        line._apply_mask = unmasked  # noqa: SLF001 - there is no other way in; see above
