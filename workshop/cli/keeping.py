"""Keeping processes alive: started again when they fall, stopped together, none left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import Final

from workshop.logs import event

LOOK_SECONDS: Final = 0.1
FIRST_WAIT: Final = 0.2
LONGEST_WAIT: Final = 10.0
"""Seconds before a process that fell is started again: doubled each time, up to this."""

STEADY_SECONDS: Final = 30.0
"""A process that stood so long may fall again without being made to wait."""

STOP_SECONDS: Final = 5.0
PARENT_DEATH: Final = 1
"""`PR_SET_PDEATHSIG` of Linux."""


@dataclass
class Kept:
    """One process that is kept alive.

    Attributes:
        number: which one it is, for the log; 0 is nginx.
    """

    number: int
    command: Sequence[str]
    environ: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    _since: float = 0.0
    _wait: float = FIRST_WAIT
    _due: float | None = None

    def start(self) -> None:
        """Start it. It has a session of its own, so Ctrl+C at our terminal reaches only us."""
        self._since, self._due = time.monotonic(), None
        self.process = subprocess.Popen(  # noqa: S603 - our own command, or nginx with our own file
            self.command,
            env=dict(self.environ),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process runs no threads
        )

    def look(self, now: float) -> None:
        """Start it again where it fell, a little later each time it falls soon."""
        if self.process is None or self.process.poll() is None:
            return
        if self._due is None:
            event("process", outcome="fell", process=self.number, status=self.process.returncode)
            self._sweep()
            steady = now - self._since >= STEADY_SECONDS
            self._wait = FIRST_WAIT if steady else min(LONGEST_WAIT, 2 * self._wait)
            self._due = now + self._wait
        elif now >= self._due:
            self.start()

    def _sweep(self) -> None:
        """End what it may have left: nginx that was killed leaves workers who hold its port."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self, deadline: float) -> None:
        """Wait until it has ended after it was told to; end it by force after `deadline`."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            event("process", outcome="killed", process=self.number)
        self._sweep()
        self.process.wait()

    def tell_to_stop(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


@dataclass
class Keeper:
    """Keeps all of them until it is told to stop.

    Attributes:
        stopping: set it to stop.
    """

    kept: list[Kept] = field(default_factory=list)
    stopping: Event = field(default_factory=Event)

    def start(self, one: Kept) -> None:
        """Start a process and keep it from now on."""
        self.kept.append(one)
        one.start()

    def fallen(self) -> Kept | None:
        """A process that has ended and not been started again."""
        return next(
            (one for one in self.kept if one.process and one.process.poll() is not None), None
        )

    def keep(self) -> None:
        """Look after them until `stopping` is set."""
        while not self.stopping.wait(LOOK_SECONDS):
            for one in self.kept:
                one.look(time.monotonic())

    def stop(self) -> None:
        """End all of them, the last one that was started first."""
        deadline = time.monotonic() + STOP_SECONDS
        for one in reversed(self.kept):
            one.tell_to_stop()
        for one in reversed(self.kept):
            one.stop(deadline)


def _end_with_parent() -> None:
    """Called in a new process before its program begins: end it when we end, even by force."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGTERM)
