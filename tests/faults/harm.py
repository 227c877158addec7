"""Ways to lose a connection that no well-behaved client has."""

from __future__ import annotations

from tests.faults.device import Device


def cut(device: Device) -> None:
    """Break its connection as a dying network does: at once, and without a goodbye."""
    if device.line:
        device.line.cut()


def hang_up(device: Device) -> None:
    """Close its connection in good order, as a page that is left does."""
    if device.line:
        device.line.close()


def forsake(device: Device) -> None:
    """Leave its connection half open: never read, never closed, and the server none the wiser."""
    line, device.line = device.line, None
    if line:
        line.stop_reading()
        device.forsaken.append(line)
    device.up.clear()
