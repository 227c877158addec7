"""Keeps one rehearsal going: a child process that plays the people, and a beat that it lives.

The child is a client like any phone. It gets neither our settings nor our database, only a link to
one throwaway room, and it ends when we do: its standard input is a pipe that only we hold open.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from workshop.acts import rehearsals
from workshop.acts.stage import Stage
from workshop.acts.wiping import wipe_ended
from workshop.logs import event
from workshop.rules.refusals import Refused
from workshop.rules.rehearsals import p95

ROOT: Final = Path(__file__).resolve().parents[2]
COMMAND: Final = (sys.executable, str(ROOT / "app.py"), "rehearse", "--ordered")
BEAT_SECONDS: Final = 1.0
REST_SECONDS: Final = 0.05
"""Between two slices of what is wiped: whoever is in another room goes first."""

LAST_TRIES: Final = 5
"""How often the end is tried where the database is away; after that a sweep wipes what is left."""


@dataclass
class StandIns:
    """One rehearsal.

    Attributes:
        workshop_id: what is rehearsed; room: the throwaway room's name in addresses.
        order: what the child is to do, as `rehearsal.order` reads it.
    """

    stage: Stage
    workshop_id: int
    room: str
    order: Mapping[str, Any]
    figures: dict[str, Any] = field(default_factory=dict)
    _writes: list[float] = field(default_factory=list)

    def begin(self) -> None:
        """Start the child and keep it company, beside everything else that this process does."""
        threading.Thread(target=self.hold, daemon=True).start()

    def hold(self) -> None:
        """Hold the whole rehearsal, and wipe its room whatever happens."""
        outcome = "broke"
        try:
            with tempfile.TemporaryFile() as out:
                outcome = self._watched(out)
        except Exception as error:  # noqa: BLE001 - whatever it is, the room must go
            event("rehearsal", outcome="failed", error=type(error).__name__)
        finally:
            self._end(outcome)

    def _watched(self, out: BinaryIO) -> str:
        child = subprocess.Popen(  # noqa: S603 - our own program
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env=_environ(),
            start_new_session=True,
        )
        try:
            return self._played(child, out)
        finally:
            _end_by_force(child)

    def _played(self, child: subprocess.Popen[bytes], out: BinaryIO) -> str:
        """Send the order, and note each second what the child has told."""
        pipe = child.stdin
        if pipe is None:
            return "broke"
        pipe.write(json.dumps(self.order).encode() + b"\n")
        pipe.flush()
        while True:
            ended = child.poll() is not None
            self.figures |= last_line(out)
            if self._is_over():
                return "late"
            if ended:
                return str(self.figures.get("outcome") or "broke")
            time.sleep(BEAT_SECONDS)

    def _is_over(self) -> bool:
        """Note what was measured; whether the rehearsal was stopped or has taken too long."""
        started = time.perf_counter()
        here: dict[str, Any] = {"workshop_id": self.workshop_id, "room": self.room}
        told = {name: value for name, value in self.figures.items() if name != "outcome"}
        try:
            answer = self.stage.perform(rehearsals.beat, **here, figures=told).answer
        except Refused:
            # A database that is away comes back, or the beat stands still and somebody wipes it.
            return False
        self._writes.append((time.perf_counter() - started) * 1000)
        self.figures["write"] = p95(self._writes)
        return bool(answer["over"])

    def _end(self, outcome: str) -> None:
        here: dict[str, Any] = {"workshop_id": self.workshop_id, "room": self.room}
        for _ in range(LAST_TRIES):
            with suppress(Refused):
                self.stage.perform(rehearsals.end, **here, outcome=outcome)
                event("rehearsal", outcome=outcome)
                wipe_ended(self.stage, lambda: time.sleep(REST_SECONDS))
                return
            time.sleep(BEAT_SECONDS)


def _environ() -> Mapping[str, str]:
    """Our environment without our settings: no secret goes along."""
    return {name: text for name, text in os.environ.items() if not name.startswith("LONGTABLE_")}


def _end_by_force(child: subprocess.Popen[bytes]) -> None:
    """Leave no child behind: the pipe goes, and whatever still runs is killed."""
    with suppress(OSError):
        if child.stdin is not None:
            child.stdin.close()
    if child.poll() is None:
        with suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def last_line(out: BinaryIO) -> dict[str, Any]:
    """The last whole line that a child has written to a file, as the figures that it tells."""
    out.seek(0)
    lines = out.read().split(b"\n")
    if len(lines) < 2:
        return {}
    try:
        told = json.loads(lines[-2])
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
