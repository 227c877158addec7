"""The bytes of a WebSocket frame, for who writes them straight to sockets."""

from __future__ import annotations

import struct
from typing import Final

_SHORT: Final = 126
_MEDIUM: Final = 1 << 16


def text_frame(text: str) -> bytes:
    """One final, unmasked WebSocket text frame (RFC 6455, section 5.2)."""
    payload = text.encode()
    size = len(payload)
    if size < _SHORT:
        head = struct.pack("!BB", 0x81, size)
    elif size < _MEDIUM:
        head = struct.pack("!BBH", 0x81, 126, size)
    else:
        head = struct.pack("!BBQ", 0x81, 127, size)
    return head + payload
