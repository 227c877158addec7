"""Numbers are worked out behind the scenes: whoever asks goes on, and one run serves all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workshop.acts.appraisals import work_out
from workshop.acts.stage import Stage, at_once


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `done` of `all` items; `running` is whether there is one."""

    running: bool
    done: int = 0
    all: int = 0


class Reckoner:
    """Starts runs over the portfolio, one at a time; who asks during a run gets one more after it.

    `background(function)` runs `function` without waiting for it. A run that fails is told to the
    log by whoever runs it, and the next to ask starts another.
    """

    def __init__(self, stage: Stage, background: Callable[..., Any] = at_once) -> None:
        self._stage = stage
        self._background = background
        self._door = threading.Lock()
        self._wanted = False
        self._progress = Progress(running=False)

    @property
    def progress(self) -> Progress:
        """How far the run of this process is."""
        return self._progress

    def ask(self) -> None:
        """Have the numbers brought up to date. Returns at once where there is a background."""
        with self._door:
            self._wanted = True
            if self._progress.running:
                return
            self._progress = Progress(running=True)
        self._background(self._run)

    def _run(self) -> None:
        try:
            while self._goes_on():
                work_out(self._stage, self._stage.offload, self._note, _breathe)
        except BaseException:
            with self._door:
                self._progress = Progress(running=False)
            raise

    def _goes_on(self) -> bool:
        """Whether somebody has asked since; where nobody has, the run is over for the next one."""
        with self._door:
            wanted, self._wanted = self._wanted, False
            if not wanted:
                self._progress = Progress(running=False)
            return wanted

    def _note(self, done: int, items: int) -> None:
        self._progress = Progress(running=True, done=done, all=items)


def _breathe() -> None:
    """Let others have a turn; every engine makes this a switch."""
    time.sleep(0)
