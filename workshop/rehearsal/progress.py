"""A progress bar on a terminal, a line now and then anywhere else."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import Final, TextIO

WIDTH: Final = 28
NAME: Final = 12
STEPS: Final = 4
"""Lines written for one bar where there is no terminal to draw it on."""


@dataclass
class Progress:
    """How far one part of the work is."""

    name: str
    total: int
    out: TextIO = field(default_factory=lambda: sys.stderr)
    done: int = 0
    _started: float = field(default_factory=time.monotonic)
    _shown: int = -1

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        live = self.out.isatty()
        parts = 100 if live else STEPS
        part = parts * self.done // max(1, self.total)
        if part != self._shown:
            self._shown = part
            self._show(live=live)

    def _show(self, *, live: bool) -> None:
        share = self.done / max(1, self.total)
        bar = "█" * round(WIDTH * share)
        rate = self.done / max(0.001, time.monotonic() - self._started)
        line = f"{self.name:<{NAME}} {self.done:>6} of {self.total:<6} {rate:>7.0f} a second"
        if live:
            end = "\n" if self.done >= self.total else ""
            self.out.write(f"\r{self.name:<{NAME}} {bar:<{WIDTH}} {line[NAME:]}{end}")
        else:
            self.out.write(f"{line}\n")
        self.out.flush()
