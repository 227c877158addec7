"""Reading from thousands of connections at a fraction of what asyncio takes for each.

A hall is sent the same few hundred bytes on every connection, several times a second. asyncio makes
and runs a callback for each of them, which costs more than to read them. Here one callback reads a
batch of connections, and goes back to the loop between two batches so that taps stay on time.
Connections are opened, written to and closed by asyncio as ever.
"""

from __future__ import annotations

import asyncio
import os
import select
from collections.abc import Callable
from typing import Final
from weakref import WeakKeyDictionary

BATCH: Final = 256
"""Connections that are read before anything else has its turn: some two milliseconds."""

MOST_BYTES: Final = 1 << 16
"""Taken from one connection at a time; the rest waits for the next batch."""


class Ears:
    """The connections of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._poll = select.epoll()
        self._lines: dict[int, tuple[asyncio.Transport, Callable[[bytes], None]]] = {}
        loop.add_reader(self._poll.fileno(), self._read)

    def add(self, transport: asyncio.Transport, take: Callable[[bytes], None]) -> int:
        """Read this connection from now on, and return the number to forget it by."""
        file: int = transport.get_extra_info("socket").fileno()
        transport.pause_reading()
        self._lines[file] = (transport, take)
        self._poll.register(file, select.EPOLLIN)
        return file

    def forget(self, file: int) -> bool:
        """Read this connection no more; True where it was the last."""
        if self._lines.pop(file, None):
            self._poll.unregister(file)
        if self._lines:
            return False
        self._loop.remove_reader(self._poll.fileno())
        self._poll.close()
        return True

    def _read(self) -> None:
        for file, _ in self._poll.poll(0, BATCH):
            # What one connection brings may close another.
            line = self._lines.get(file)
            if line is None or line[0].is_closing():
                continue
            try:
                data = os.read(file, MOST_BYTES)
            except BlockingIOError:
                continue
            except OSError:
                data = b""
            if data:
                line[1](data)
            else:
                line[0].abort()
            if self._poll.closed:
                return


_ears: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, Ears]] = WeakKeyDictionary()


def listen(transport: asyncio.Transport, take: Callable[[bytes], None]) -> Callable[[], None]:
    """Hand everything that comes on this connection to `take`, and return how to stop that.

    An encrypted connection, and one on a system without epoll(7), asyncio goes on reading itself.
    """
    if transport.get_extra_info("ssl_object") or not hasattr(select, "epoll"):
        return lambda: None
    loop = asyncio.get_running_loop()
    if loop not in _ears:
        _ears[loop] = Ears(loop)
    ears = _ears[loop]
    file = ears.add(transport, take)

    def stop() -> None:
        if ears.forget(file):
            _ears.pop(loop, None)

    return stop
