"""Ways to lose a connection that no well-behaved client has."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Final

from tests.faults.device import Device

RESET: Final = struct.pack("ii", 1, 0)


def cut(device: Device) -> None:
    """Break its connection as a dying network does: at once, and without a goodbye."""
    if device.line and device.line._transport:
        raw = device.line._transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        device.line._transport.abort()


def hang_up(device: Device) -> None:
    """Close its connection in good order, as a page that is left does."""
    if device.line and device.line._transport:
        device.line._transport.close()


def forsake(device: Device) -> None:
    """Leave its connection half open: never read, never closed, and the server none the wiser."""
    line, device.line = device.line, None
    if line and isinstance(line._transport, asyncio.Transport):
        if not line._transport.is_closing():
            line._transport.pause_reading()
        device.forsaken.append(line)
    device.up.clear()
